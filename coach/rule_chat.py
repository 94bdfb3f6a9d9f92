"""A conversation by rules alone: every kind of question gets an answer from the facts, at once and offline.

What is said of the playing are the words of the facts themselves or those of the rules coach, so that all of
it follows from what was measured. The same question, history and seed give the same answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from coach.advice import Advice
from coach.chat_events import Drawing
from coach.fact import Fact, Facts
from coach.facts.spoken import TITLES
from coach.intents import Intent, Kind, Period
from coach.past import Past, Take
from coach.reply import Reply, advice_of, merged, only, told
from coach.rules import RulesCoach
from coach.sayings import explain, say
from dsp.summary import METRICS
from workbench.insight.trends import MIN_SESSIONS, MIN_WEEKS

WELL = 0.70
"""From this score on a metric counts as gone well: the band "good" of the charts."""

MOST_FACTS = 4
"""Facts of one metric that are told at once: who hears of more remembers none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that its answer may need.

    Attributes
    ----------
    intent : what is asked
    past : what the player has played
    seed : chooses among wordings and exercises
    before : the facts that the answer before rested on
    """

    intent: Intent
    past: Past
    seed: int
    before: Sequence[Fact] = ()


def reply(asked: Asked) -> Reply:
    """The answer to a question."""
    kind = asked.intent.kind
    if kind in {"confirm", "decline"}:
        return Reply(advice_of(say("nothing_to_confirm", asked.seed)))
    if kind in _FIXED:
        return Reply(advice_of(say(kind, asked.seed)))
    if kind == "explain":
        return _explained(asked)
    if kind == "why":
        return _why(asked)
    if asked.past.sessions.is_empty():
        return Reply(advice_of(say("empty", asked.seed)))
    return _ABOUT_PLAYING[kind](asked)


def _explained(asked: Asked) -> Reply:
    """What a word means, and where the player stands in it."""
    facts = asked.past.history
    score = facts.get(f"{asked.intent.term}.score")
    own = [score] if score is not None else []
    text = f"{explain(asked.intent.term)} {told(own)}".strip()
    return Reply(advice_of(text, own), facts)


def _why(asked: Asked) -> Reply:
    if not asked.before:
        return Reply(advice_of(say("help", asked.seed)))
    facts = Facts("history", "the answer before", {fact.name: fact for fact in asked.before})
    return Reply(advice_of(f"This is what was measured. {told(facts)}", facts), facts)


def _next(asked: Asked) -> Reply:
    """The exercise that helps most, and a plan around it."""
    facts = _of_metric(asked) if asked.intent.metric else asked.past.to_work_on
    advice, plan = RulesCoach().recommend(facts, asked.seed), RulesCoach().plan(facts, asked.seed)
    return Reply(advice, facts, plan=plan)


def _plan(asked: Asked) -> Reply:
    facts = _of_metric(asked) if asked.intent.metric else asked.past.to_work_on
    plan = RulesCoach().plan(facts, asked.seed, minutes=asked.intent.minutes)
    behind = [fact for name in plan.evidence if (fact := facts.get(name)) is not None]
    advice = advice_of(f"{plan.reasoning} {say('offer', asked.seed)}", behind, plan.focus_area)
    return Reply(advice, facts, plan=plan)


def _session(asked: Asked) -> Reply:
    take = asked.past.latest
    assert take is not None
    when = f"Your last session was on {take.began:%A %-d %B}: {take.scale}, {_length(take)}."
    advice = RulesCoach().session(take.facts, asked.seed)
    drawing = Drawing("session", (take.session_id,))
    also = (when,)
    return Reply(
        advice.model_copy(update={"text": f"{when} {advice.text}"}), take.facts, (drawing,), also=also
    )


def _week(asked: Asked) -> Reply:
    """How much was practised in some time, where the scores stood, and what to work on."""
    period = asked.intent.period
    facts = asked.past.of(period)
    if not facts:
        off = _named(asked.past.history, "practice.days_off")
        text = f"You have not finished a session {_IN_WORDS[period]}. {told(off)}"
        return Reply(advice_of(text, off), asked.past.history)
    much = [facts.facts[name] for name in _MUCH[period] if name in facts.facts]
    scores = _scores(facts)
    advice = RulesCoach().work_on(facts, asked.seed)
    text = f"{told(much)} {told(scores)} {advice.text}"
    return Reply(_with(advice, text, [*much, *scores]), facts, (Drawing("progress"),))


def _improving(asked: Asked) -> Reply:
    """Which scores move, and which are steady; nothing is said of those that can't be told."""
    facts, metric = asked.past.history, asked.intent.metric
    trends = [fact for fact in _named(facts, "trend.") if not metric or fact.metric == metric]
    if not trends:
        text = f"That can't be told yet: it takes {MIN_SESSIONS} scored sessions in {MIN_WEEKS} weeks."
        changes = _named(facts, "change.")
        return Reply(advice_of(f"{text} {told(changes)}".strip(), changes), facts, also=(text,))
    # The overall, which answers the question, before its parts; what moves before what stays.
    order = sorted(trends, key=lambda fact: (fact.direction == "no difference", fact.metric is not None))
    return Reply(advice_of(told(order), order), facts, (Drawing("progress"),))


def _compare(asked: Asked) -> Reply:
    """What changed for sure, what did not, and why the rest can't be told."""
    facts, metric = asked.past.compared(asked.intent.span), asked.intent.metric
    changes = [fact for fact in facts if not metric or fact.metric == metric]
    if not changes:
        why = next(iter(facts.missing.values()), "there is nothing yet to hold it against")
        text = f"That is not enough to compare: {why}."
        if asked.intent.span == "month":
            return Reply(advice_of(text), facts, also=(text,))
        longer = _compare(replace(asked, intent=replace(asked.intent, span="month")))
        return replace(longer, advice=_with(longer.advice, f"{text} {longer.advice.text}"), also=(text,))
    order = sorted(changes, key=lambda fact: fact.direction == "no difference")
    earlier, later = (tuple(half["session_id"]) for half in asked.past.halves(asked.intent.span))
    return Reply(advice_of(told(order), order), facts, (Drawing("compare", later, earlier),))


def _amount(asked: Asked) -> Reply:
    return _listed(asked, "practice.")


def _scales(asked: Asked) -> Reply:
    return _listed(asked, "repertoire.")


def _spots(asked: Asked) -> Reply:
    """The weak spots, the worst first, and what to do about the first."""
    facts = asked.past.history
    spots = [fact for fact in _named(facts, "spot.") if fact.name.endswith(".rate")]
    advice = RulesCoach().work_on(facts, asked.seed)
    if not spots:
        text = f"No place in your playing stands out from the rest. {advice.text}"
        return Reply(_with(advice, text), facts)
    others = [fact for fact in spots if fact.name not in advice.evidence]
    return Reply(_with(advice, f"{told(others)} {advice.text}", spots), facts, (Drawing("heat"),))


def _strengths(asked: Asked) -> Reply:
    """The scores that are good, the highest first."""
    facts = asked.past.history
    good = sorted((fact for fact in _scores(facts) if fact.value >= WELL), key=lambda fact: -fact.value)
    if not good:
        return _week(asked)
    return Reply(advice_of(told(good), good), facts, (Drawing("progress"),))


def _metric(asked: Asked) -> Reply:
    """What is known of one metric, and what to do about it."""
    metric = asked.intent.metric
    if metric is None:
        return _spots(asked)
    facts = _of_metric(asked)
    if not facts:
        why = asked.past.history.missing.get(metric, "it has not been measured in enough sessions")
        return Reply(advice_of(f"I can't say anything about your {TITLES[metric]} yet: {why}."), facts)
    advice = RulesCoach().work_on(facts, asked.seed)
    score, others = f"{metric}.score", advice.evidence
    telling = [fact for fact in facts if fact.name == score or fact.name not in others][:MOST_FACTS]
    return Reply(_with(advice, f"{told(telling)} {advice.text}", telling), facts)


def _of_metric(asked: Asked) -> Facts:
    """Facts of the metric that is asked about: of the newest sessions, and what only the last one tells."""
    latest = asked.past.latest
    every = merged(asked.past.history, latest.facts) if latest else asked.past.history
    return only(every, {fact.name for fact in every if fact.metric == asked.intent.metric})


def _listed(asked: Asked, prefix: str) -> Reply:
    facts = _named(asked.past.history, prefix)
    return Reply(advice_of(told(facts), facts), asked.past.history)


def _scores(facts: Facts) -> list[Fact]:
    return [fact for name in METRICS if (fact := facts.get(f"{name}.score")) is not None]


def _named(facts: Facts, prefix: str) -> list[Fact]:
    return [fact for fact in facts if fact.name.startswith(prefix)]


def _with(advice: Advice, text: str, facts: Sequence[Fact] = ()) -> Advice:
    """The advice with another text, which rests on these facts too."""
    evidence = dict.fromkeys([*(fact.name for fact in facts), *advice.evidence])
    return advice.model_copy(update={"text": text.strip(), "evidence": tuple(evidence)})


def _length(take: Take) -> str:
    minutes = round(take.minutes)
    return "less than a minute" if minutes < 1 else "1 minute" if minutes == 1 else f"{minutes} minutes"


_IN_WORDS: Mapping[Period, str] = MappingProxyType(
    {
        "week": "this week",
        "last week": "last week",
        "month": "in the last four weeks",
        "lately": "lately",
    }
)

_MUCH: Mapping[Period, tuple[str, ...]] = MappingProxyType(
    {
        "week": ("practice.minutes_week", "practice.sessions_week"),
        "last week": ("practice.minutes_last_week",),
        "month": (),
        "lately": ("practice.sessions", "practice.streak_days"),
    }
)
"""Facts of how much was practised, by the time that is told of."""

_FIXED: frozenset[Kind] = frozenset({"greeting", "thanks", "help", "others", "rules", "foreign", "unknown"})
"""Kinds whose answer needs no fact."""

_ABOUT_PLAYING: Mapping[Kind, Callable[[Asked], Reply]] = MappingProxyType(
    {
        "next": _next,
        "plan": _plan,
        "session": _session,
        "week": _week,
        "improving": _improving,
        "compare": _compare,
        "amount": _amount,
        "scales": _scales,
        "spots": _spots,
        "strengths": _strengths,
        "metric": _metric,
    }
)


def looks_at(intent: Intent) -> str:
    """What is looked up for an answer, in words; "" where nothing is."""
    if intent.kind not in _ABOUT_PLAYING:
        return ""
    return "your last session" if intent.kind == "session" else "your newest sessions"
