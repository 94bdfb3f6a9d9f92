"""A plan counts as played when enough was played, whether or not a page is still there."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine

from coach.plan import PracticePlan
from dashboards.parts import aftermath
from dashboards.parts.chosen_plan import ChosenPlan
from dashboards.parts.plan_played import PlanPlayed
from dashboards.parts.setup import Setup
from workbench.audio.recording import Take
from workbench.practice.session import Practice
from workbench.store.plans import Plans
from workbench.store.repository import Repository
from workbench.user import User

ADA = User("ada")

PLAN = PracticePlan(
    scale_chosen="C Major",
    scale_type="natural",
    focus_area="timing_stability",
    exercise="Up and down.",
    tempo_ladder=(60, 66, 72),
    minutes=10,
    reasoning="Your notes come early.",
)


@pytest.fixture
def chosen(sqlite_engine: Engine) -> ChosenPlan:
    return ChosenPlan(Plans(sqlite_engine).save(ADA, PLAN.as_json()), PLAN)


def played(
    engine: Engine, folder: Path, chosen: ChosenPlan | None, *, seconds: float | None = None
) -> Practice:
    """The demo take as the playing of a plan, as fast as it is taken."""
    setup = Setup()
    source = Take(setup.take.path, name=setup.take.title, realtime=False)
    practice = Practice(ADA, setup.goal(), source, Repository(engine), folder, seconds=seconds)
    practice.start()
    if chosen is not None:
        aftermath.follow(practice, chosen, engine)
    assert practice.wait(60.0)
    aftermath.finish(10.0)
    return practice


def executed(engine: Engine, chosen: ChosenPlan) -> UUID | None:
    stored = Plans(engine).get(ADA, chosen.practice_id)
    assert stored is not None
    return stored.executed_session_id


def words(practice: Practice) -> tuple[str, str]:
    """What the summary says of the plan, and on the button for the next step."""
    view = PlanPlayed(lambda _: None)
    view.present(practice)
    return str(view._words.object), view._up.label if view._up.visible else ""


def test_the_session_executes_its_plan(sqlite_engine: Engine, tmp_path: Path, chosen: ChosenPlan) -> None:
    practice = played(sqlite_engine, tmp_path, chosen)
    assert executed(sqlite_engine, chosen) == practice.session_id
    assert aftermath.followed_plan(practice) == chosen
    said, up = words(practice)
    assert "You played your plan, <b>Timing: C major, 10 minutes</b>" in said
    assert up == "Up a step: 66 bpm"


def test_too_few_notes_leave_it_open(sqlite_engine: Engine, tmp_path: Path, chosen: ChosenPlan) -> None:
    practice = played(sqlite_engine, tmp_path, chosen, seconds=1.0)
    assert executed(sqlite_engine, chosen) is None
    assert "stays open: it takes 8 notes" in words(practice)[0]


def test_the_top_of_the_ladder_has_no_next_step(
    sqlite_engine: Engine, tmp_path: Path, chosen: ChosenPlan
) -> None:
    assert words(played(sqlite_engine, tmp_path, chosen.at(2)))[1] == ""


def test_practice_of_ones_own_says_nothing_of_plans(sqlite_engine: Engine, tmp_path: Path) -> None:
    practice = played(sqlite_engine, tmp_path, None)
    view = PlanPlayed(lambda _: None)
    view.present(practice)
    assert not view._box.visible


def test_a_plan_that_is_gone_harms_nobody(
    sqlite_engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    practice = played(sqlite_engine, tmp_path, ChosenPlan(UUID(int=7), PLAN))
    assert practice.saved
    assert "could not be marked as played" in caplog.text
