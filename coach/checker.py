"""Is everything that a text claims true of the playing?

Figures are fixed before anybody speaks (`coach.facts`). A text is read sentence by sentence; every number,
note, scale, place, direction, change, judgement and superlative in what is said to be so must follow from a
fact, with units converted and figures rounded as speakers do. What is told to be played is free in tempo,
minutes and repeats and in nothing else. Whatever the checker is not sure of, it refuses: a true sentence that
is lost costs a second try, a false one costs the player's trust.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from coach.advice import Advice, Exercise
from coach.claims.english import is_english
from coach.claims.faults import fault_claims
from coach.claims.figures import figure_claims, read_figures
from coach.claims.levels import level_claims
from coach.claims.movement import movement_claims
from coach.claims.named import named_claims
from coach.claims.quantities import quantities
from coach.claims.quantity import Quantity
from coach.claims.ranks import rank_claims
from coach.claims.reading import Sentence, read, tidy
from coach.claims.scales import scale_claims
from coach.claims.sides import side_claims
from coach.claims.sweeping import sweeping_claims
from coach.claims.unheard import BPM, unheard_claims
from coach.fact import Facts
from coach.plan import PracticePlan
from dsp.errors import ScaleError
from dsp.scales import scale_from


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was claimed and follows from no fact.

    Attributes
    ----------
    claim : the words, with the sentence that they stand in
    reason : why they are refused
    """

    claim: str
    reason: str

    def __str__(self) -> str:
        return f"{self.claim}: {self.reason}"


def check(text: str, facts: Facts, *, also: Collection[str] = ()) -> list[Refusal]:
    """What a text claims without a fact; empty when it is grounded.

    Parameters
    ----------
    text : English; what can't be read is refused
    also : numbers with their units and names that may be said because they stand in the player's question, in
        the exercise or in the plan: "70 bpm", "A minor", "degree 6"
    """
    return list(_refused(text, facts, also, exercise=False))


def check_advice(advice: Advice, facts: Facts) -> list[Refusal]:
    """What an advice claims without a fact, in its text, its focus, its evidence and its exercise."""
    refused = [Refusal(name, "no fact has that name") for name in advice.evidence if facts.get(name) is None]
    refused += _focus(advice.focus, facts)
    also: tuple[str, ...] = ()
    if advice.exercise is not None:
        also = _words_of(advice.exercise)
        refused += _exercise(advice.exercise, facts, also)
    return refused + check(advice.text, facts, also=also)


def check_plan(plan: PracticePlan, facts: Facts) -> list[Refusal]:
    """What a plan claims without a fact, in its reasoning, its exercise, its focus and its evidence."""
    refused = [Refusal(name, "no fact has that name") for name in plan.evidence if facts.get(name) is None]
    refused += _focus(plan.focus_area, facts)
    also = (
        scale_from(plan.scale_chosen, plan.scale_type).name,
        f"{plan.minutes:g} minutes",
        *(f"{bpm:g} bpm" for bpm in plan.tempo_ladder),
    )
    refused += _refused(plan.exercise, facts, also, exercise=True)
    return refused + check(plan.reasoning, facts, also=also)


def _focus(focus: str, facts: Facts) -> list[Refusal]:
    if focus != "none" and not any(fact.metric == focus for fact in facts):
        return [
            Refusal(focus, f"no fact is about the focus: {facts.missing.get(focus, 'it was not measured')}")
        ]
    return []


def _exercise(exercise: Exercise, facts: Facts, also: Collection[str]) -> Iterator[Refusal]:
    try:
        scale_from(exercise.scale_chosen, exercise.scale_type)
    except ScaleError as error:
        yield Refusal(f"{exercise.scale_chosen} {exercise.scale_type}", str(error))
    if exercise.bpm is not None and not BPM[0] <= exercise.bpm <= BPM[1]:
        yield Refusal(f"{exercise.bpm:g} bpm", "a click goes from 20 to 400 bpm")
    for text in (exercise.title, exercise.how):
        yield from _refused(text, facts, also, exercise=True)


def _words_of(exercise: Exercise) -> tuple[str, ...]:
    """What may be said of an exercise because it is part of it."""
    words = [f"{exercise.minutes:g} minutes", f"{exercise.notes_per_beat} notes per beat"]
    if exercise.bpm is not None:
        words.append(f"{exercise.bpm:g} bpm")
    try:
        words.append(scale_from(exercise.scale_chosen, exercise.scale_type).name)
    except ScaleError:
        words.append(exercise.scale_chosen)
    return tuple(words)


def _refused(text: str, facts: Facts, also: Collection[str], *, exercise: bool) -> Iterator[Refusal]:
    allowed = [each for said in also for each in quantities(tidy(said).lower())]
    for sentence in read(text, exercise=exercise):
        if not is_english(sentence.text):
            yield Refusal(sentence.raw, "only English can be checked")
            continue
        for claim, reason in _claims(sentence, facts, also, allowed):
            yield Refusal(f'"{claim.strip()}" in "{sentence.raw}"', reason)


def _claims(
    sentence: Sentence, facts: Facts, also: Collection[str], allowed: Collection[Quantity]
) -> Iterator[tuple[str, str]]:
    said, left = read_figures(sentence, facts, allowed)
    yield from figure_claims(left, sentence, facts)
    yield from side_claims(sentence, facts, said)
    yield from fault_claims(sentence, facts, said)
    yield from movement_claims(sentence, facts, said)
    yield from level_claims(sentence, facts)
    yield from rank_claims(sentence, facts)
    yield from scale_claims(sentence, facts, also)
    yield from named_claims(sentence, facts, also)
    yield from unheard_claims(sentence)
    yield from sweeping_claims(sentence, facts)
