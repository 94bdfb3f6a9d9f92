"""The plan of a day stays, and its blocks are ticked off."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from sqlalchemy import Engine

from coach.planner.planned import Block
from coach.planner.session import planned
from coach.planner.today import NAME, ticked, todays_session
from workbench.archive import Archive
from workbench.store.configs import Configs
from workbench.store.items import Items
from workbench.store.queries import SESSION_SCHEMA
from workbench.store.repository import Repository
from workbench.user import User

EVENING = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)
CLEO = User("demo-cleo")
BLOCKS = planned(CLEO, [], 20, now=EVENING, seed=1, zone=UTC).blocks
"""A minor pentatonic, the same at 60 bpm, E minor pentatonic, in turns."""


def session(number: int, scale: str, bpm: float | None, **changes: Any) -> dict[str, Any]:
    began = EVENING + timedelta(minutes=5 * number)
    return {
        **dict.fromkeys(SESSION_SCHEMA),
        "start_timestamp": began,
        "end_timestamp": began + timedelta(minutes=3),
        "scale_chosen": scale,
        "scale_type": "pentatonic",
        "bpm": bpm,
        "correct_notes_played": 30,
        "bad_notes_played": 2,
        **changes,
    }


def done(*sessions: dict[str, Any]) -> list[int]:
    blocks = ticked(BLOCKS, pl.DataFrame(sessions, schema=dict(SESSION_SCHEMA)))
    return [index for index, block in enumerate(blocks) if block.done]


def of(blocks: tuple[Block, ...], scale: str, bpm: float | None) -> list[int]:
    wanted = (scale, bpm)
    return [i for i, each in enumerate(blocks) if (each.exercise.scale_chosen, each.exercise.bpm) == wanted]


def test_a_session_ticks_the_next_block_that_it_practised() -> None:
    free, timed = of(BLOCKS, "A Minor", None), of(BLOCKS, "A Minor", 60.0)
    assert free
    assert timed
    assert done() == []
    assert done(session(0, "A Minor", None)) == free[:1]
    assert done(session(0, "A Minor", 61.0)) == timed[:1]
    assert done(session(0, "A Minor", None), session(1, "A Minor", None)) == free[:2]
    assert done(session(0, "A Minor", 100.0)) == free[:1], "a drill without a tempo may be played to a click"


def test_another_tempo_ticks_no_block_of_a_tempo() -> None:
    free = of(BLOCKS, "A Minor", None)
    played = [session(number, "A Minor", None) for number in range(len(free))]
    assert done(*played, session(9, "A Minor", 100.0)) == free


@pytest.mark.parametrize(
    "other",
    [
        session(0, "C Major", None),
        session(0, "A Minor", None, scale_type="natural"),
        session(0, "A Minor", None, end_timestamp=None),
        session(0, "A Minor", None, correct_notes_played=5),
    ],
)
def test_anything_else_ticks_nothing(other: dict[str, Any]) -> None:
    assert done(other) == []


def test_the_plan_stays_for_the_day_and_for_its_minutes(any_engine: Engine, practised: Any) -> None:
    Repository(any_engine).add_finished(practised("demo-cleo", 2))
    archive, items, configs = Archive(CLEO, any_engine), Items(any_engine), Configs(any_engine)

    def plan(now: datetime, minutes: int = 20, *, anew: bool = False) -> Any:
        return todays_session(archive, items, configs, minutes, now=now, zone=UTC, anew=anew)

    first = plan(EVENING)
    assert plan(EVENING + timedelta(hours=5)) == first
    assert plan(EVENING, 30).minutes == 30
    another = plan(EVENING + timedelta(hours=1), 30, anew=True)
    assert another.made_at == EVENING + timedelta(hours=1)
    assert plan(EVENING + timedelta(hours=2), 30) == another
    tomorrow = plan(EVENING + timedelta(days=1), 30)
    assert tomorrow.day == date(2026, 11, 17)
    configs.set(CLEO, NAME, {"written by": "another version"})
    assert plan(EVENING).minutes == 20
