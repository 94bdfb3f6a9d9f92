"""How good one recommendation is for one player."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from coach.checker import check_advice, check_plan
from coach.evals.player import Kind
from coach.evals.said import untrue
from coach.evals.truth.whole import Truth
from coach.fact import Facts
from coach.plan import PracticePlan
from coach.recommend import Recommendation
from dsp.scales import scale_from

MINUTES = (3.0, 60.0)
"""What a plan may ask of an evening."""

FASTER, SLOWER = 1.35, 0.2
"""The notes a minute that a plan may ask for, against the fastest and the slowest that the player plays."""

FREE_STEPS = 200.0
"""Notes a minute of whoever plays without a click (`workbench.demo.playing.FREE_STEP_S`)."""


@dataclass(frozen=True, slots=True)
class Score:
    """What became of one player's recommendation.

    Attributes
    ----------
    player, kind : their name, and what kind of player they are (`SyntheticPlayer.kind`)
    wanted, got : focus that is right at the first place, and the one that was chosen
    named : the very fault is named, not only its metric; None where there is no fault to name
    refused : claims that `coach.checker` does not find in the facts
    untrue : claims that are not so, held against the notes
    unplayable : what keeps the plan from being played
    source : "rules" or the model
    rejected : answers of a model that were thrown away before this one
    text, exercise : what was said, and what is to be played
    """

    player: str
    kind: Kind
    wanted: tuple[str, ...]
    got: str
    named: bool | None
    refused: tuple[str, ...]
    untrue: tuple[str, ...]
    unplayable: tuple[str, ...]
    source: str
    rejected: int
    text: str
    exercise: str

    @property
    def on_target(self) -> bool:
        """The planted weakness comes first; for whoever has none, nothing does."""
        return self.got in self.wanted

    @property
    def grounded(self) -> bool:
        """By both opinions."""
        return not self.refused and not self.untrue

    @property
    def playable(self) -> bool:
        """The plan can be started as it is."""
        return not self.unplayable


def score(recommended: Recommendation, facts: Facts, truth: Truth) -> Score:
    """Hold a recommendation against the facts and against the truth."""
    plan, advice = recommended.plan, recommended.advice
    text = f"{advice.text} {plan.reasoning}"
    exercise = advice.exercise
    numbers = {plan.minutes, *plan.tempo_ladder, float(plan.notes_per_beat)}
    numbers |= {exercise.minutes, exercise.bpm or 0.0} if exercise else set()
    refusals = [*check_advice(advice, facts), *check_plan(plan, facts)]
    faults = [fault.named for fault in truth.player.planted] if not truth.player.quiet else []
    return Score(
        player=truth.player.name,
        kind=truth.player.kind,
        wanted=tuple(sorted(truth.player.targets)),
        got=plan.focus_area if plan.focus_area == advice.focus else f"{plan.focus_area}, {advice.focus}",
        named=_named(faults, f"{text} {plan.exercise}"),
        refused=tuple(f"{refusal.claim}: {refusal.reason}" for refusal in refusals),
        untrue=tuple(untrue(text, truth, numbers)),
        unplayable=tuple(_unplayable(plan, truth)),
        source=recommended.source,
        rejected=recommended.refused,
        text=text,
        exercise=plan.exercise,
    )


def _named(patterns: Collection[str], text: str) -> bool | None:
    if not patterns:
        return None
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def _unplayable(plan: PracticePlan, truth: Truth) -> Iterator[str]:
    own = {frozenset(played.goal.scale.pitch_classes) for played in truth.sessions}
    if own and frozenset(scale_from(plan.scale_chosen, plan.scale_type).pitch_classes) not in own:
        yield f"{plan.scale_chosen} {plan.scale_type} was never played"
    if not MINUTES[0] <= plan.minutes <= MINUTES[1]:
        yield f"{plan.minutes:g} minutes"
    steps = [
        FREE_STEPS if played.goal.bpm is None else played.goal.bpm * played.goal.notes_per_beat
        for played in truth.sessions
    ]
    for bpm in plan.tempo_ladder if steps else ():
        if not SLOWER * min(steps) <= bpm * plan.notes_per_beat <= FASTER * max(steps):
            yield f"{bpm:g} bpm with {plan.notes_per_beat} to a beat"
