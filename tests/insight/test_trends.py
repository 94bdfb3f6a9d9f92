"""How scores move, and when that can't be told."""

from collections.abc import Callable
from datetime import UTC, date
from typing import Any

import numpy as np
import polars as pl
import pytest

from workbench.insight import trends
from workbench.insight.comparable import SCORES

Sessions = Callable[..., pl.DataFrame]


def row_of(frame: pl.DataFrame, metric: str) -> dict[str, Any]:
    return frame.filter(metric=metric).row(0, named=True)


def test_each_week_has_its_mean_and_interval(sessions: Sessions) -> None:
    history = sessions(
        (0, {"pitch_accuracy": 0.5}), (6, {"pitch_accuracy": 0.7}), (14, {"pitch_accuracy": 0.9})
    )
    frame = trends.weekly(history, UTC)
    assert frame.schema == trends.WEEKLY_SCHEMA
    first, second = frame.filter(metric="pitch_accuracy").rows(named=True)
    assert (first["week"], second["week"]) == (date(2026, 3, 2), date(2026, 3, 16))
    assert (first["mean"], first["sessions"]) == (pytest.approx(0.6), 2)
    assert (first["low"], first["high"]) == (0.0, 1.0), "two sessions say little"
    assert (second["mean"], second["low"], second["sessions"]) == (0.9, None, 1)
    assert frame["metric"].unique(maintain_order=True).to_list() == list(SCORES)


def test_a_score_that_is_missing_is_no_zero(sessions: Sessions) -> None:
    frame = trends.weekly(sessions((0, {"timing_stability": None}), (1, {})), UTC)
    assert row_of(frame, "timing_stability")["sessions"] == 1
    assert row_of(frame, "timing_stability")["mean"] == 0.7


def test_demo_and_prototype_stay_out_of_a_players_trend(sessions: Sessions) -> None:
    demo = {"device_type": "demo", "pitch_accuracy": 0.1}
    old = {"engine_version": "fretcoach-prototype", "pitch_accuracy": 0.1}
    frame = trends.weekly(sessions((0, demo), (0, old), (0, {})), UTC)
    assert row_of(frame, "pitch_accuracy")["mean"] == 0.8


def test_nothing_is_a_typed_empty_frame(sessions: Sessions) -> None:
    assert trends.weekly(sessions()).schema == trends.WEEKLY_SCHEMA
    assert trends.direction(sessions()).schema == trends.DIRECTION_SCHEMA
    assert trends.direction(sessions()).is_empty()


@pytest.mark.parametrize(("slope", "verdict"), [(0.01, "improving"), (-0.01, "slipping"), (0.0, "steady")])
def test_a_direction_is_told_from_chance(sessions: Sessions, slope: float, verdict: str) -> None:
    rng = np.random.default_rng(440)
    history = [
        (7 * week + day, 0.6 + slope * week + rng.normal(0.0, 0.01)) for week in range(8) for day in (0, 2)
    ]
    frame = trends.direction(sessions(*((day, {"pitch_accuracy": score}) for day, score in history)), UTC)
    assert frame.schema == trends.DIRECTION_SCHEMA
    row = row_of(frame, "pitch_accuracy")
    assert (row["verdict"], row["sessions"], row["weeks"]) == (verdict, 16, 8)
    assert row["low"] <= slope <= row["high"]


def test_the_line_is_that_of_least_squares(sessions: Sessions) -> None:
    stats = pytest.importorskip("scipy.stats", reason="SciPy is the oracle")
    days = [0, 1, 4, 9, 15, 16, 21, 30, 33]
    scores = [0.5, 0.55, 0.6, 0.52, 0.7, 0.66, 0.61, 0.72, 0.8]
    line = stats.linregress(np.array(days) / 7.0, scores)
    history = sessions(*((day, {"overall": score}) for day, score in zip(days, scores, strict=True)))
    row = row_of(trends.direction(history, UTC), "overall")
    assert row["per_week"] == pytest.approx(line.slope)
    assert row["high"] - row["per_week"] == pytest.approx(line.stderr * stats.t.ppf(0.975, 7), rel=1e-3)


@pytest.mark.parametrize("days", [range(0, 70, 10), range(8)], ids=["seven sessions", "two weeks"])
def test_too_little_is_said_so(sessions: Sessions, days: range) -> None:
    row = row_of(trends.direction(sessions(*((day, {}) for day in days)), UTC), "noise_control")
    assert (row["per_week"], row["low"], row["verdict"]) == (None, None, "not enough sessions to tell")


def test_scores_that_never_change_are_steady(sessions: Sessions) -> None:
    row = row_of(trends.direction(sessions(*((day, {}) for day in range(0, 70, 7))), UTC), "pitch_accuracy")
    assert (row["per_week"], row["verdict"]) == (pytest.approx(0.0), "steady")


def test_a_day_is_the_mean_of_its_sessions(sessions: Sessions) -> None:
    frame = trends.daily(sessions((0, {"overall": 0.5}), (0.1, {"overall": 0.7}), (1, {"overall": 0.9})), UTC)
    assert frame.schema == trends.DAILY_SCHEMA
    overall = frame.filter(metric="overall").select("day", "mean", "sessions").rows()
    assert overall == [(date(2026, 3, 2), pytest.approx(0.6), 2), (date(2026, 3, 3), 0.9, 1)]
    assert trends.daily(sessions()).schema == trends.DAILY_SCHEMA


def test_a_rolling_mean_looks_back_and_needs_enough(sessions: Sessions) -> None:
    scores = {0: 0.2, 27: 0.4, 27.1: 0.6, 28: 0.8, 90: 0.9}
    frame = trends.rolling(sessions(*((day, {"overall": score}) for day, score in scores.items())), UTC)
    assert frame.schema == trends.DAILY_SCHEMA
    overall = frame.filter(metric="overall")
    assert overall["sessions"].to_list() == [1, 3, 3, 1]
    # The first day is just inside the 28 days that end on day 27, and outside those that end on day 28.
    assert overall["mean"].to_list() == [None, pytest.approx(0.4), pytest.approx(0.6), None]
    assert trends.rolling(sessions()).schema == trends.DAILY_SCHEMA
