"""What to practise next: one plan out of the newest sessions, by a model or by rules.

A model chooses and words; what it may claim was measured before it was asked, and is checked afterwards.
Where there is no model, it fails, or claims more than was measured twice, the rules make the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from uuid import UUID

from coach.advice import Advice, Exercise
from coach.asking import Answer, Asking
from coach.checked import checked
from coach.checker import Refusal, check_plan
from coach.errors import ModelError
from coach.fact import Facts
from coach.listing import corrections, listed
from coach.past import Past
from coach.plan import PracticePlan
from coach.prompt import prompt, quoted
from coach.rules import RulesCoach
from workbench.archive import Archive
from workbench.store.plans import Plans

TAGS = ("ai-mode", "recommendation", "practice-plan")

RULES = "rules"
"""`source` of what no model has worded."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to practise next, not saved yet.

    Attributes
    ----------
    advice : the plan's reason as the coach says it
    source : "rules", or the model that made the plan
    refused : how many plans of a model claimed what was not measured
    notice : one sentence when the configured model could not answer, else ""
    """

    plan: PracticePlan
    advice: Advice
    source: str
    refused: int = 0
    notice: str = ""

    def save(self, archive: Archive) -> UUID:
        """Keep the plan; its id, for `/practice?plan=ID`."""
        return Plans(archive.engine).save(archive.user, self.plan.as_json())


def recommend(
    archive: Archive,
    asking: Asking | None,
    *,
    seed: int,
    today: date,
    zone: tzinfo | None,
    besides: Sequence[str] = (),
) -> Recommendation:
    """Plan the next practice of a player.

    Parameters
    ----------
    archive : of the player
    asking : None = by rules, at once
    seed : another one varies the words and the exercise of the rules
    today, zone : the player's date and time zone; None = that of this machine
    besides : exercises that a model has to think of something else than
    """
    facts = Past(archive, today=today, zone=zone).to_work_on
    return recommend_from(facts, asking, seed=seed, today=today, besides=besides)


def recommend_from(
    facts: Facts, asking: Asking | None, *, seed: int, today: date, besides: Sequence[str] = ()
) -> Recommendation:
    """As `recommend`, from facts of a history; without any facts a model is not asked."""
    if asking is None or not facts or not asking.name:
        return _by_rules(facts, seed)
    if asking.unavailable:
        return _by_rules(facts, seed, notice=asking.unavailable)
    return _Question(facts, asking, today, besides).ask(seed)


def plan_advice(plan: PracticePlan) -> Advice:
    """A plan as an advice: its reason, and its exercise at the first tempo of the ladder."""
    exercise = Exercise(
        title=f"{plan.minutes:g} minutes in {plan.scale_chosen} {plan.scale_type}",
        how=plan.exercise,
        scale_chosen=plan.scale_chosen,
        scale_type=plan.scale_type,
        bpm=plan.tempo_ladder[0] if plan.tempo_ladder else None,
        notes_per_beat=plan.notes_per_beat,
        minutes=plan.minutes,
    )
    return Advice(text=plan.reasoning, focus=plan.focus_area, evidence=plan.evidence, exercise=exercise)


def _by_rules(facts: Facts, seed: int, refused: int = 0, notice: str = "") -> Recommendation:
    coach = RulesCoach()
    return Recommendation(coach.plan(facts, seed), coach.recommend(facts, seed), RULES, refused, notice)


class _Question:
    """One plan asked of a model: at most twice, the second time with what was wrong with the first."""

    def __init__(self, facts: Facts, asking: Asking, today: date, besides: Sequence[str]) -> None:
        self._facts, self._asking = facts, asking
        self._messages = [
            ("system", prompt("recommend", today=today.isoformat())),
            ("human", listed(facts)),
        ]
        if besides:
            known = "\n".join(map(quoted, besides))
            self._messages.append(
                ("human", f"These were proposed already; propose another exercise.\n{known}")
            )
        self._notice = ""

    def ask(self, seed: int) -> Recommendation:
        done = checked(self._produce, self._check, lambda: None, on_refused=self._refuse)
        answer = done.value
        if answer is None:
            return _by_rules(self._facts, seed, done.refused, self._notice)
        self._asking.accept(answer)
        return Recommendation(answer.value, plan_advice(answer.value), answer.model, done.refused)

    def _produce(self, refusals: Sequence[Refusal]) -> Answer[PracticePlan] | None:
        try:
            return self._asking.structured(
                "recommendation", [*self._messages, *corrections(refusals)], PracticePlan, tags=TAGS
            )
        except ModelError as error:
            self._notice = str(error)
            raise

    def _check(self, answer: Answer[PracticePlan] | None) -> list[Refusal]:
        return [] if answer is None else check_plan(answer.value, self._facts)

    def _refuse(self, answer: Answer[PracticePlan] | None, refusals: list[Refusal]) -> None:
        if answer is not None:
            self._asking.refuse(answer, refusals)
