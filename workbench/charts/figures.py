"""The four metrics as figures that a player can read: score, value with its unit, interval, number of notes.

A figure never pretends: what could not be measured says why instead.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import polars as pl

from dsp.score import band
from dsp.summary import METRICS, Metric, Summary
from workbench.charts.theme import METRIC_TITLES

FIGURES_SCHEMA = pl.Schema(
    {
        "metric": pl.String,
        "score": pl.Int64,
        "band": pl.String,
        "value": pl.String,
        "interval": pl.String,
        "notes": pl.Int64,
        "remark": pl.String,
    }
)

_UNITS: Mapping[str, tuple[float, Callable[[str], str]]] = MappingProxyType(
    {
        "cents": (1.0, lambda number: f"{number} cents off"),
        "share": (100.0, lambda number: f"{number} % in the scale"),
        "ms": (1.0, lambda number: f"{number} ms spread"),
        "step": (100.0, lambda number: f"{number} % of a step off"),
        "score": (100.0, lambda number: f"score {number}"),
    }
)
"""Factor from the stored to the shown number, and the words around it."""


def figures(summary: Summary) -> pl.DataFrame:
    """One row for each metric that was switched on, in the order of the pages.

    Returns
    -------
    frame of `FIGURES_SCHEMA`: `score` 0..100, `value` and `interval` as text in the physical unit; null where
    nothing was measured, and then `remark` says why
    """
    rows = [_row(METRIC_TITLES[name], summary.metrics[name]) for name in METRICS if name in summary.metrics]
    return pl.DataFrame(rows, schema=FIGURES_SCHEMA, orient="row")


def _row(title: str, metric: Metric) -> tuple[object, ...]:
    score = None if metric.score is None else round(100.0 * metric.score)
    word = None if metric.score is None else band(metric.score)
    return title, score, word, value_words(metric), interval_words(metric), metric.n, remark(metric)


def value_words(metric: Metric) -> str | None:
    """The raw value with its unit: "6 cents off"."""
    if metric.value is None:
        return None
    floor = metric.detail.get("rest_floor_db")
    if metric.unit == "score" and floor is not None:
        return f"{floor:.0f} dB above the noise"
    factor, words = _UNITS[metric.unit]
    return words(_number(factor * metric.value))


def interval_words(metric: Metric) -> str | None:
    """The 95 % interval in the unit of the value: "4 to 9"."""
    if metric.low is None or metric.high is None:
        return None
    factor, _ = _UNITS[metric.unit]
    score = "score " if metric.unit == "score" else ""
    return f"{score}{_number(factor * metric.low)} to {_number(factor * metric.high)}"


def remark(metric: Metric) -> str:
    """What must be known beside the figure: why there is no score, or what it includes."""
    if "reason" in metric.detail:
        return str(metric.detail["reason"])
    if metric.detail.get("below_resolution"):
        return "below what the engine can tell apart"
    if stray := metric.detail.get("stray_per_100"):
        return f"{_number(stray)} stray sounds in 100 notes"
    return str(metric.detail.get("tuning", ""))


def _number(value: float) -> str:
    """Two figures are as much as an ear or a small sample can tell: 4.1, 18, 97."""
    return f"{value:.1f}" if abs(value) < 9.95 and round(value, 1) % 1 else f"{value:.0f}"
