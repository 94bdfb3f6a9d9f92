"""What a language model may look up about one player: typed, read-only, and bound to that player.

The player is bound when the tools are made and is no argument of any of them, so that no words of a model,
nor of whoever writes to it, reach anybody else's rows. Answers are short, however long the history is. What
the tools told is what the answer may then speak of (`Tools.facts`).
"""

from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import Field

from coach.chat_events import Drawing
from coach.fact import Fact, Facts
from coach.intents import Period, Span
from coach.listing import listed
from coach.past import Past, Take
from coach.plan import PracticePlan
from coach.prompt import quoted
from coach.reply import merged, only
from coach.rules import RulesCoach
from dsp.summary import MetricName

MOST_TOLD = 5000
"""Characters of an answer: some forty facts, more than any sentence needs."""

Count = Annotated[int, Field(ge=1, le=10, description="how many sessions, newest first")]
Number = Annotated[int, Field(ge=1, le=10, description="which session, 1 = the newest")]
Metric = Annotated[MetricName | None, Field(description="only what tells of this metric; null = everything")]
Minutes = Annotated[
    float | None, Field(ge=1.0, le=120.0, description="as long as the player has; null = not said")
]
Time = Literal["last session", "one session", "this week", "last week", "last four weeks", "newest sessions"]
Against = Literal["the session before", "the seven days before", "the four weeks before"]

_PERIODS: dict[Time, Period] = {
    "this week": "week",
    "last week": "last week",
    "last four weeks": "month",
    "newest sessions": "lately",
}
_SPANS: dict[Against, Span] = {
    "the session before": "takes",
    "the seven days before": "week",
    "the four weeks before": "month",
}

LOOKING: dict[str, str] = {
    "get_recent_sessions": "your newest sessions",
    "analyze_performance": "how you played",
    "compare": "what has changed",
    "weak_spots": "your weak spots",
    "generate_recommendation": "what would help most",
}
"""Name of a tool to what the player reads while it runs."""

NOTHING = "No session is finished yet, so nothing was measured. Say so, and suggest playing for two minutes."


class Tools:
    """The tools of one answer, and what they have found for it.

    LangGraph runs several at once, each in a thread: what is found is only ever appended.

    Parameters
    ----------
    past : of the player
    seed : chooses among the exercises of the rules
    known : facts that may be spoken of before any tool was called
    """

    def __init__(self, past: Past, seed: int, known: Facts) -> None:
        self._past, self._seed = past, seed
        self._found = [known]
        self._drawings: list[Drawing] = []
        self._plans: list[PracticePlan] = []
        self._also: list[str] = []

    @property
    def all(self) -> list[Callable[..., str]]:
        """The tools, for `langchain.agents.create_agent`: names, docstrings and types tell what they do."""
        return [
            self.get_recent_sessions,
            self.analyze_performance,
            self.compare,
            self.weak_spots,
            self.generate_recommendation,
        ]

    @property
    def facts(self) -> Facts:
        """All that was told so far, the newest first."""
        return merged(*reversed(self._found), keep_both=True)

    @property
    def also(self) -> tuple[str, ...]:
        """Dates, and the exercise of a plan: words that may be said and are no facts about the playing."""
        return tuple(self._also)

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """Charts of what was looked up, each once."""
        return tuple(dict.fromkeys(self._drawings))

    @property
    def plan(self) -> PracticePlan | None:
        """The newest proposal."""
        return self._plans[-1] if self._plans else None

    def get_recent_sessions(self, count: Count = 5) -> str:
        """The newest practice sessions of this player: when, which scale, how long, scores, own comment."""
        takes = self._past.newest(count)
        if not takes:
            return NOTHING
        told = [self._told_take(number, take) for number, take in enumerate(takes, start=1)]
        return _short("\n".join(told))

    def analyze_performance(
        self, time: Time = "last session", session: Number = 1, metric: Metric = None
    ) -> str:
        """What was measured in a session or in some time; `session` counts for "one session" only."""
        if self._past.latest is None:
            return NOTHING
        if time in {"last session", "one session"}:
            takes = self._past.newest(1 if time == "last session" else session)
            take = takes[-1]
            self._drawings.append(Drawing("session", (take.session_id,)))
            return self._told(take.facts, metric, self._date(take))
        self._drawings.append(Drawing("progress"))
        return self._told(self._past.of(_PERIODS[time]), metric, f"Time: {time}.")

    def compare(self, against: Against = "the four weeks before") -> str:
        """What changed for sure: the newest session, seven days or four weeks against those before."""
        if self._past.latest is None:
            return NOTHING
        span = _SPANS[against]
        earlier, later = (tuple(half["session_id"]) for half in self._past.halves(span))
        self._drawings.append(Drawing("compare", later, earlier))
        return self._told(self._past.compared(span), None, f"Against {against}.")

    def weak_spots(self) -> str:
        """The places (degrees, leaps, pitches, tempi) where this player errs more than they usually do."""
        facts = self._past.history
        spots = only(facts, {fact.name for fact in facts if fact.name.startswith("spot.")})
        if not spots:
            return "No place stands out, or too few notes were played to tell. Say exactly that."
        self._drawings.append(Drawing("heat"))
        return self._told(spots, None, "")

    def generate_recommendation(self, minutes: Minutes = None, metric: Metric = None) -> str:
        """Propose a practice plan; it is shown to the player, who alone can save it."""
        facts = self._past.to_work_on
        about = _of(metric, facts)
        plan = RulesCoach().plan(about, self._seed, minutes=minutes)
        self._plans.append(plan)
        self._also += [
            plan.exercise,
            f"{plan.minutes:g} minutes",
            *(f"{bpm:g} bpm" for bpm in plan.tempo_ladder),
        ]
        lines = [f"{name}: {value}" for name, value in plan.as_json().items()]
        behind = only(about, set(plan.evidence))
        return self._told(behind, None, "\n".join(["Shown to the player, not saved.", *lines]))

    def _told(self, facts: Facts, metric: MetricName | None, lead: str) -> str:
        """The facts as the model reads them; from now on the answer may speak of them."""
        kept = _of(metric, facts)
        self._found.append(kept)
        return _short(f"{lead}\n{listed(kept)}".strip())

    def _told_take(self, number: int, take: Take) -> str:
        facts = {fact.name: fact for fact in _summary(number, take)}
        self._found.append(Facts("session", f"session {number}", facts, (take.scale,)))
        words = f" The player wrote {quoted(take.comment)}." if take.comment else ""
        return (
            f"Session {number}: {self._date(take)} {'; '.join(fact.words for fact in facts.values())}.{words}"
        )

    def _date(self, take: Take) -> str:
        date = f"{take.began:%A %-d %B %Y}"
        self._also.append(date)
        return f"{date}, {take.scale}."


def _summary(number: int, take: Take) -> list[Fact]:
    """The length and the scores of one of several sessions, under names of their own."""
    whole = round(take.minutes)
    length = Fact(
        f"session.{number}.minutes", whole, "minutes", 1, f"it took {whole} minutes", counted="sessions"
    )
    scores = [
        Fact(f"session.{number}.{fact.name}", fact.value, fact.unit, fact.n, fact.words, metric=fact.metric)
        for fact in take.facts
        if fact.name.endswith(".score")
    ]
    return [length, *scores]


def _of(metric: MetricName | None, facts: Facts) -> Facts:
    """The facts that tell of a metric; all where none is named."""
    return facts if metric is None else only(facts, {fact.name for fact in facts.of(metric)})


def _short(text: str) -> str:
    return text if len(text) <= MOST_TOLD else f"{text[:MOST_TOLD]}\n(the rest is left out)"
