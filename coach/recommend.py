"""What to practise next: one plan out of the newest sessions, by a model or by rules.

A model chooses and words; what it may claim was measured before it was asked, and is checked afterwards.
Where there is no model, it fails, or claims more than was measured twice, the rules make the plan.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from uuid import UUID

from coach.advice import Advice, Exercise
from coach.asking import Asking
from coach.checked_answer import checked_answer
from coach.checker import check_plan
from coach.fact import Facts
from coach.listing import listed
from coach.past import Past
from coach.plan import PracticePlan
from coach.prompt import prompt, quoted
from coach.rules import RulesCoach
from workbench.archive import Archive
from workbench.store.columns import new_id
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
    practice_id : of the plan once it is saved; its trace has it already
    refused : how many plans of a model claimed what was not measured
    notice : one sentence when the configured model could not answer, else ""
    """

    plan: PracticePlan
    advice: Advice
    source: str
    practice_id: UUID = field(compare=False)
    refused: int = 0
    notice: str = ""

    def save(self, archive: Archive) -> UUID:
        """Keep the plan; its id, for `/practice?plan=ID`."""
        return Plans(archive.engine).save(archive.user, self.plan.as_json(), self.practice_id)


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
    practice_id = new_id()
    if asking is None or not facts or not asking.name:
        return _by_rules(facts, seed, practice_id)
    done = checked_answer(
        asking,
        "recommendation",
        _messages(facts, today, besides),
        PracticePlan,
        check=functools.partial(check_plan, facts=facts),
        tags=TAGS,
        metadata={"practice_id": str(practice_id)},
    )
    if done.value is None:
        return _by_rules(facts, seed, practice_id, done.refused, done.notice)
    return Recommendation(done.value, plan_advice(done.value), done.model, practice_id, done.refused)


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


def _by_rules(
    facts: Facts, seed: int, practice_id: UUID, refused: int = 0, notice: str = ""
) -> Recommendation:
    plan, advice = RulesCoach().plan(facts, seed), RulesCoach().recommend(facts, seed)
    return Recommendation(plan, advice, RULES, practice_id, refused, notice)


def _messages(facts: Facts, today: date, besides: Sequence[str]) -> list[tuple[str, str]]:
    messages = [("system", prompt("recommend", today=today.isoformat())), ("human", listed(facts))]
    if besides:
        known = "\n".join(map(quoted, besides))
        told = f"These were proposed already; propose another exercise.\n{known}"
        messages.append(("human", told))
    return messages
