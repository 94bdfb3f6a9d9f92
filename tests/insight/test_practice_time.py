"""Minutes of practice on each day."""

from collections.abc import Callable
from datetime import UTC, date
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from workbench.insight.practice_time import DAILY_SCHEMA, WEEKLY_SCHEMA, daily, weekly

Sessions = Callable[..., pl.DataFrame]


def test_sessions_of_one_day_add_up(sessions: Sessions) -> None:
    frame = daily(sessions((1, {}), (0, {}), (0.1, {"duration_seconds": 90.0})), UTC)
    assert frame.rows() == [(date(2026, 3, 2), 31.5, 2), (date(2026, 3, 3), 30.0, 1)]
    assert frame.schema == DAILY_SCHEMA


def test_a_session_belongs_to_the_players_day(sessions: Sessions) -> None:
    assert daily(sessions((0, {})), ZoneInfo("Asia/Tokyo"))["day"].to_list() == [date(2026, 3, 3)]


@pytest.mark.parametrize("history", [[], [(0, {"end_timestamp": None})]])
def test_nothing_finished_is_a_typed_empty_frame(
    sessions: Sessions, history: list[tuple[int, dict[str, None]]]
) -> None:
    frame = daily(sessions(*history))
    assert frame.is_empty()
    assert frame.schema == DAILY_SCHEMA


def test_weeks_without_practice_are_weeks_too(sessions: Sessions) -> None:
    frame = weekly(sessions((0, {}), (2, {}), (2.1, {}), (16, {})), UTC)
    assert frame.schema == WEEKLY_SCHEMA
    assert frame.rows() == [
        (date(2026, 3, 2), 90.0, 3, 2),
        (date(2026, 3, 9), 0.0, 0, 0),
        (date(2026, 3, 16), 30.0, 1, 1),
    ]
    assert weekly(sessions(), UTC).schema == WEEKLY_SCHEMA


def test_made_up_practice_is_left_out_once_somebody_plays(sessions: Sessions) -> None:
    mixed = sessions((0, {"device_type": "demo"}), (1, {"engine_version": "fretcoach-prototype"}), (2, {}))
    assert daily(mixed, UTC)["day"].to_list() == [date(2026, 3, 3), date(2026, 3, 4)]
    assert daily(mixed.head(1), UTC).height == 1
