"""Minutes of practice on each day."""

from collections.abc import Callable
from datetime import UTC, date
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from workbench.insight.practice_time import DAILY_SCHEMA, daily

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
