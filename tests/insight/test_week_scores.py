"""A week beside the week before and the month before."""

from collections.abc import Callable
from datetime import UTC, date, timedelta
from typing import Any

import polars as pl
import pytest

from workbench.insight.compare import NO_DIFFERENCE, NOT_ENOUGH
from workbench.insight.spread import mean_with_interval
from workbench.insight.week_scores import WEEK_SCORES_SCHEMA, week_scores

FIRST = date(2026, 3, 2)

Sessions = Callable[..., pl.DataFrame]


def scores(table: pl.DataFrame, metric: str) -> dict[str, Any]:
    return table.row(by_predicate=pl.col("metric") == metric, named=True)


def days(week: int, values: list[float]) -> list[tuple[float, dict[str, Any]]]:
    return [(7 * week + index, {"pitch_accuracy": value}) for index, value in enumerate(values)]


def test_each_period_has_its_mean_and_interval(sessions: Sessions) -> None:
    history = [*days(0, [0.4, 0.5]), *days(3, [0.6, 0.7, 0.8]), *days(4, [0.7, 0.9])]
    pitch = scores(week_scores(sessions(*history), FIRST + timedelta(weeks=4), UTC), "pitch_accuracy")
    assert [pitch[name] for name in ("sessions", "last_sessions", "month_sessions")] == [2, 3, 5]
    assert [pitch[name] for name in ("mean", "last_mean", "month_mean")] == pytest.approx([0.8, 0.7, 0.6])
    means = pl.DataFrame({"x": [0.4, 0.5, 0.6, 0.7, 0.8]}).select(mean_with_interval(pl.col("x")))
    assert [pitch["month_low"], pitch["month_high"]] == pytest.approx(
        [means["low"].item(), means["high"].item()]
    )


def test_a_clear_change_is_named_and_a_small_one_is_not(sessions: Sessions) -> None:
    history = [*days(0, [0.50, 0.52, 0.51, 0.49, 0.50]), *days(1, [0.80, 0.82, 0.81, 0.79, 0.80])]
    table = week_scores(sessions(*history), FIRST + timedelta(weeks=1), UTC)
    pitch = scores(table, "pitch_accuracy")
    assert pitch["last_verdict"] == pitch["month_verdict"] == "better"
    assert pitch["last_difference"] == pytest.approx(0.3)
    assert pitch["last_least"] < 0.3 < pitch["last_most"]
    assert scores(table, "scale_conformity")["last_verdict"] == NO_DIFFERENCE


def test_three_sessions_are_not_enough(sessions: Sessions) -> None:
    history = [*days(0, [0.1, 0.1, 0.1]), *days(1, [0.9, 0.9, 0.9, 0.9])]
    pitch = scores(week_scores(sessions(*history), FIRST + timedelta(weeks=1), UTC), "pitch_accuracy")
    assert pitch["last_verdict"] == NOT_ENOUGH
    assert pitch["last_difference"] is None


def test_what_came_later_and_what_lies_five_weeks_back_changes_nothing(sessions: Sessions) -> None:
    week = [*days(5, [0.6, 0.7])]
    later = [*days(0, [0.1]), *week, *days(6, [0.2])]
    monday = FIRST + timedelta(weeks=5)
    assert week_scores(sessions(*later), monday, UTC).equals(week_scores(sessions(*week), monday, UTC))


def test_no_sessions_give_every_score_without_a_figure(sessions: Sessions) -> None:
    table = week_scores(sessions(), FIRST, UTC)
    assert table.schema == WEEK_SCORES_SCHEMA
    assert table.height == 5
    assert table["sessions"].to_list() == [0] * 5
