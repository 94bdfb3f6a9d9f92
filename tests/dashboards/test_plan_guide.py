"""A plan sets the controls up, its ladder is climbed, and it can be dropped."""

from uuid import UUID

import pytest

from coach.plan import PracticePlan
from dashboards.parts.chosen_plan import ChosenPlan
from dashboards.parts.plan_guide import PlanGuide
from dashboards.parts.setup import Setup

PLAN = PracticePlan(
    scale_chosen="F# Minor",
    scale_type="pentatonic",
    focus_area="timing_stability",
    exercise="Up and down.",
    tempo_ladder=(60, 66, 72),
    notes_per_beat=5,
    minutes=10,
    strictness=0.7,
    sensitivity=0.4,
    reasoning="Your notes come early.",
)
CHOSEN = ChosenPlan(UUID(int=7), PLAN, rung=1)


@pytest.fixture
def setup() -> Setup:
    return Setup()


@pytest.fixture
def guide(setup: Setup) -> PlanGuide:
    return PlanGuide(lambda bpm: setup.param.update(bpm=bpm))


def test_the_controls_are_what_the_plan_asks_for(setup: Setup) -> None:
    setup.follow(CHOSEN)
    goal = setup.goal()
    assert (goal.scale.name, goal.bpm, goal.notes_per_beat) == ("F# minor pentatonic", 66, 5)
    assert (goal.strictness, goal.sensitivity, setup.source) == (0.7, 0.4, "browser")


def test_a_step_changes_the_tempo(setup: Setup, guide: PlanGuide) -> None:
    setup.follow(CHOSEN)
    guide.follow(CHOSEN)
    assert guide.chosen == CHOSEN
    guide.rung = 2
    assert guide.chosen == CHOSEN.at(2)
    assert setup.goal().bpm == 72


def test_another_plan_takes_its_place(setup: Setup, guide: PlanGuide) -> None:
    guide.follow(CHOSEN.at(2))
    other = ChosenPlan(UUID(int=8), PLAN.model_copy(update={"tempo_ladder": (90.0,)}))
    guide.follow(other)
    assert guide.chosen == other
    free = ChosenPlan(UUID(int=9), PLAN.model_copy(update={"tempo_ladder": ()}))
    guide.follow(free)
    assert guide.chosen == free
    assert not guide._rungs.visible


def test_a_plan_can_be_dropped(guide: PlanGuide) -> None:
    assert not guide._box.visible
    guide.follow(CHOSEN)
    assert guide._box.visible
    assert "<h3>Timing: F# minor pentatonic, 10 minutes</h3>" in guide._words.object
    guide.drop()
    assert guide.chosen is None
    assert not guide._box.visible
