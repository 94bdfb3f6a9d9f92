"""What a break costs, told only when it happened often enough."""

from collections.abc import Callable
from datetime import UTC
from itertools import accumulate

import numpy as np
import polars as pl

from workbench.insight.retention import MIN_RETURNS, RETENTION_SCHEMA, retention

Sessions = Callable[..., pl.DataFrame]


def practice(sessions: Sessions, gaps: list[int], lost: float) -> pl.DataFrame:
    """One session after each gap of days; those after a gap of five or more lose some pitch accuracy."""
    rng = np.random.default_rng(440)
    return sessions(
        *(
            (day, {"pitch_accuracy": 0.8 - lost * (gap >= 5) + rng.normal(0.0, 0.01)})
            for day, gap in zip(accumulate(gaps), gaps, strict=True)
        )
    )


def pitch(frame: pl.DataFrame) -> dict[str, dict[str, object]]:
    return {row["gap"]: row for row in frame.filter(metric="pitch_accuracy").iter_rows(named=True)}


def test_a_break_that_costs_is_seen_and_a_day_is_none(sessions: Sessions) -> None:
    frame = retention(practice(sessions, [0, 1, 1, *[5, 1, 1, 1] * MIN_RETURNS], 0.1), UTC)
    assert frame.schema == RETENTION_SCHEMA
    rows = pitch(frame)
    assert set(rows) == {"the next day", "after 4 to 7 days"}
    broken = rows["after 4 to 7 days"]
    assert (broken["verdict"], broken["returns"]) == ("lower", MIN_RETURNS)
    assert broken["low"] < -0.1 < broken["high"]


def test_seldom_is_not_enough(sessions: Sessions) -> None:
    rows = pitch(retention(practice(sessions, [0, 1, 1, *[9, 1, 1, 1] * (MIN_RETURNS - 1)], 0.2), UTC))
    row = rows["after 8 days or more"]
    assert (row["returns"], row["change"], row["verdict"]) == (MIN_RETURNS - 1, None, "not enough to tell")


def test_two_sessions_on_a_day_are_no_return(sessions: Sessions) -> None:
    same_day = sessions(*((0.01 * index, {}) for index in range(20)))
    assert retention(same_day, UTC).is_empty()


def test_nothing_is_a_typed_empty_frame(sessions: Sessions) -> None:
    for history in (sessions(), sessions((0, {}))):
        assert retention(history, UTC).schema == RETENTION_SCHEMA
        assert retention(history, UTC).is_empty()
