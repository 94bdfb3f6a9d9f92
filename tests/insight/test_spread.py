"""Intervals of means of few scores."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from workbench.insight.spread import mean_with_interval, t95


@pytest.mark.parametrize("freedom", [1, 2, 5, 12, 30, 31, 60, 500])
def test_quantiles_are_those_of_scipy(freedom: int) -> None:
    stats = pytest.importorskip("scipy.stats", reason="SciPy is the oracle")
    ours = pl.DataFrame({"freedom": [freedom]}).select(t95(pl.col("freedom"))).item()
    assert ours == pytest.approx(stats.t.ppf(0.975, freedom), abs=0.002)


def test_one_score_says_nothing_about_the_spread() -> None:
    assert summary_of([0.5]) == (0.5, None, None, 1)
    assert summary_of([]) == (None, None, None, 0)


def test_nulls_are_no_scores() -> None:
    assert summary_of([0.5, None, 0.7]) == summary_of([0.5, 0.7])


def test_an_interval_stays_within_the_scale() -> None:
    mean, low, high, _ = summary_of([0.99, 1.0, 0.6])
    assert low is not None
    assert 0.0 <= low < mean < high == 1.0


def test_the_interval_holds_the_true_mean_95_times_in_100() -> None:
    rng = np.random.default_rng(440)
    trials = rng.normal(0.5, 0.02, (1000, 6))
    held = sum(low <= 0.5 <= high for _, low, high, _ in map(summary_of, trials.tolist()))
    assert held == pytest.approx(950, abs=25)


def summary_of(scores: list[float | None]) -> tuple[Any, ...]:
    frame = pl.DataFrame({"score": scores}, schema={"score": pl.Float64})
    row: tuple[Any, ...] = frame.select(mean_with_interval(pl.col("score"))).row(0)
    return row
