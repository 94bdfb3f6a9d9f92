"""A streak forgives: two days off in a row, and not three."""

from collections.abc import Callable
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from workbench.insight.streaks import REST_DAYS, STREAKS_SCHEMA, streaks

Sessions = Callable[..., pl.DataFrame]
MONDAY = date(2026, 3, 2)


def on(sessions: Sessions, *days: float, today: int) -> list[dict[str, object]]:
    history = sessions(*((day, {}) for day in days))
    return list(streaks(history, MONDAY + timedelta(days=today), UTC).iter_rows(named=True))


def test_two_days_off_are_forgiven_and_three_are_not(sessions: Sessions) -> None:
    kept, broken = on(sessions, 0, 3, today=3), on(sessions, 0, 4, today=4)
    assert [(row["first"], row["days"], row["span"]) for row in kept] == [(MONDAY, 2, 4)]
    assert [row["days"] for row in broken] == [1, 1]


def test_two_sessions_a_day_are_one_day(sessions: Sessions) -> None:
    assert on(sessions, 0, 0.1, 1, today=1)[0]["days"] == 2


@pytest.mark.parametrize(("today", "alive"), [(0, True), (REST_DAYS + 1, True), (REST_DAYS + 2, False)])
def test_a_streak_lives_while_today_can_still_continue_it(
    sessions: Sessions, today: int, alive: bool
) -> None:
    (row,) = on(sessions, 0, today=today)
    assert (row["alive"], row["until"]) == (alive, MONDAY + timedelta(days=REST_DAYS + 1))


def test_the_newest_of_the_longest_is_the_longest(sessions: Sessions) -> None:
    rows = on(sessions, 0, 1, 10, 20, 21, today=21)
    assert [row["longest"] for row in rows] == [False, False, True]


def test_a_clock_that_ran_ahead_earns_nothing(sessions: Sessions) -> None:
    assert [row["days"] for row in on(sessions, 0, 1, 300, today=1)] == [2]


def test_days_are_the_players_own(sessions: Sessions) -> None:
    (row,) = streaks(sessions((0, {})), MONDAY + timedelta(days=1), ZoneInfo("Asia/Tokyo")).iter_rows(
        named=True
    )
    assert row["first"] == MONDAY + timedelta(days=1)


def test_made_up_practice_is_no_streak_and_the_prototypes_is(sessions: Sessions) -> None:
    mixed = ((0, {"device_type": "demo"}), (5, {"engine_version": "fretcoach-prototype"}), (6, {}))
    (row,) = streaks(sessions(*mixed), MONDAY + timedelta(days=6), UTC).iter_rows(named=True)
    assert (row["first"], row["days"]) == (MONDAY + timedelta(days=5), 2)


def test_nothing_finished_is_a_typed_empty_frame(sessions: Sessions) -> None:
    for history in (sessions(), sessions((0, {"end_timestamp": None}))):
        frame = streaks(history, MONDAY, UTC)
        assert frame.is_empty()
        assert frame.schema == STREAKS_SCHEMA
