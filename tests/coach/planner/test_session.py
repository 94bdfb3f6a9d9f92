"""A session of so many minutes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from coach.planner.planned import PlannedSession, PlannerError
from coach.planner.session import planned
from coach.planner.target import Target
from workbench.store.items import Item
from workbench.user import User

Make = Callable[..., Item]

NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)


def test_a_first_session(ada: User) -> None:
    session = planned(ada, [], 20, now=NOW, seed=1, zone=UTC)
    first = session.blocks[0]
    assert (first.exercise.scale_chosen, first.exercise.bpm) == ("A Minor", None)
    assert session.blocks[1].exercise.bpm == 60.0
    assert {block.exercise.scale_type for block in session.blocks} == {"pentatonic"}
    assert sum(block.exercise.minutes for block in session.blocks) == session.minutes == 20
    assert session.why.startswith("3 things take turns: 3 new.")
    assert all(one.item_id != other.item_id for one, other in pairwise(session.blocks))


def test_an_unsure_tempo_is_played_slower_first_and_then_at_it(ada: User, item: Make) -> None:
    unsure = item(Target("tempo", "A Minor", "pentatonic", None, 100, 2), (0, 0.5))
    other = item(Target("notes", "C Major", "natural"), (0, 0.8))
    session = planned(ada, [unsure, other], 12, now=NOW, seed=1, zone=UTC)
    tempi = [block.exercise.bpm for block in session.blocks if block.item_id == unsure.item_id]
    assert tempi == [80.0, 100.0]
    sure = item(Target("tempo", "A Minor", "pentatonic", None, 100, 2), (0, 0.8))
    session = planned(ada, [sure, other], 12, now=NOW, seed=1, zone=UTC)
    assert {block.exercise.bpm for block in session.blocks if block.item_id == sure.item_id} == {100.0}


def test_an_only_turn_is_at_the_tempo_itself(ada: User, item: Make) -> None:
    unsure = item(Target("tempo", "A Minor", "pentatonic", None, 100, 2), (0, 0.5))
    other = item(Target("notes", "C Major", "natural"), (0, 0.8))
    session = planned(ada, [unsure, other], 5, now=NOW, seed=1, zone=UTC)
    assert [block.exercise.bpm for block in session.blocks if block.item_id == unsure.item_id] == [100.0]


def test_the_reason_comes_with_the_first_turn(ada: User, item: Make) -> None:
    items = [item(Target("notes", scale, "natural"), (0, 0.5)) for scale in ("C Major", "G Major")]
    session = planned(ada, items, 12, now=NOW, seed=1, zone=UTC)
    assert [block.reason.split(":")[0] for block in session.blocks] == ["Not there yet"] * 2 + [
        "Its next turn"
    ] * 2


def test_a_drill_takes_the_tempo_of_its_scale(ada: User, item: Make) -> None:
    items = [
        item(Target("tempo", "A Minor", "pentatonic", None, 100, 1), (6, 0.85)),
        item(Target("clean", "A Minor", "pentatonic"), (0, 0.5)),
    ]
    session = planned(ada, items, 5, now=NOW, seed=1, zone=UTC)
    drill = session.blocks[0].exercise
    assert drill.bpm is not None
    assert 45.0 <= drill.bpm <= 100.0


def test_two_things_of_a_kind_get_two_drills(ada: User, item: Make) -> None:
    items = [item(Target("notes", scale, "natural"), (0, 0.5)) for scale in ("C Major", "G Major")]
    for seed in range(10):
        session = planned(ada, items, 5, now=NOW, seed=seed, zone=UTC)
        assert len({block.exercise.title for block in session.blocks}) == 2


def test_the_day_is_the_players(ada: User) -> None:
    late = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
    days = [
        planned(ada, [], 5, now=late, seed=1, zone=ZoneInfo(name)).day.day
        for name in ("America/Los_Angeles", "Europe/London", "Asia/Tokyo")
    ]
    assert days == [9, 9, 10]


def test_after_weeks_away_the_hard_things_come_first(ada: User, item: Make) -> None:
    easy = [
        item(Target("notes", scale, "natural"), (-30, 0.97), (0, 0.97)) for scale in ("C Major", "G Major")
    ]
    hard = [item(Target("notes", scale, "natural"), (0, 0.4)) for scale in ("D Major", "A Major")]
    back = NOW + timedelta(days=60)
    session = planned(ada, [*easy, *hard], 12, now=back, seed=1, zone=UTC)
    assert {block.exercise.scale_chosen for block in session.blocks} == {"D Major", "A Major"}


@pytest.mark.parametrize("minutes", [4, 121])
def test_other_lengths_are_refused(ada: User, minutes: int) -> None:
    with pytest.raises(PlannerError, match=f"5 to 120 minutes, not {minutes}"):
        planned(ada, [], minutes, now=NOW, seed=1, zone=UTC)


def test_it_can_be_kept_as_json(ada: User, item: Make) -> None:
    session = planned(
        ada, [item(Target("degree", "A Minor", "natural", 6), found="It.")], 20, now=NOW, seed=1
    )
    assert PlannedSession.model_validate(session.model_dump(mode="json")) == session
