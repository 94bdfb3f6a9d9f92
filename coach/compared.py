"""Facts of a comparison: two stretches of time, or the last two sessions.

The verdicts are those of `insight.compare`. What it can't tell becomes no fact; the reason is kept under
`missing`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import polars as pl

from coach.fact import Direction, Fact, Facts, Unit
from coach.facts.spoken import TITLES, metric_of, number
from dsp.summary import MetricName
from workbench.insight.compare import MIN_SESSIONS, NO_DIFFERENCE, NOT_ENOUGH, compare, compare_takes

_TAKES: Mapping[str, tuple[MetricName, Unit, str]] = MappingProxyType(
    {
        "wrong_notes": ("scale_conformity", "share", "wrong notes in 100"),
        "cents_off": ("pitch_accuracy", "cents", "cents"),
        "ms_off": ("timing_stability", "ms", "ms"),
    }
)
"""Metric of `compare_takes` to ours, its unit, and the unit in words."""


def periods_facts(before: pl.DataFrame, after: pl.DataFrame, *, than: str) -> Facts:
    """What changed between the sessions of two periods.

    Parameters
    ----------
    before, after : frames of `queries.sessions`
    than : the earlier period in words, after "than in": "the seven days before"
    """
    told: dict[str, Fact] = {}
    missing: dict[str, str] = {}
    for row in compare(before, after).iter_rows(named=True):
        name, title = row["metric"], TITLES[row["metric"]]
        if row["verdict"] == NOT_ENOUGH:
            missing[name] = (
                f"there are {row['after_n']} scored sessions against {row['before_n']}, and it takes "
                f"{MIN_SESSIONS} on each side"
            )
            continue
        direction = _direction(row["verdict"])
        points = number(100.0 * abs(row["difference"]))
        words = f"your {title} score is {points} points {direction} than in {than}"
        if direction == "no difference":
            words = f"your {title} score has not changed for sure against {than}"
        told[f"change.{name}"] = _fact(f"change.{name}", row, "score", words, metric_of(name))
    return Facts("history", f"the newest time against {than}", told, missing=missing)


def takes_facts(before: pl.DataFrame, after: pl.DataFrame) -> Facts:
    """What differs between two sessions, the later one against the earlier.

    Parameters
    ----------
    before, after : frames of `queries_notes.played` with one session each
    """
    told: dict[str, Fact] = {}
    missing: dict[str, str] = {}
    for row in compare_takes(before, after).iter_rows(named=True):
        metric, unit, what = _TAKES[row["metric"]]
        if row["verdict"] == NOT_ENOUGH:
            missing[metric] = "one of both sessions is too short"
            continue
        direction = _direction(row["verdict"])
        size = number((100.0 if unit == "share" else 1.0) * abs(row["difference"]))
        words = f"your {TITLES[metric]} was {direction} than in the session before, by {size} {what}"
        if direction == "no difference":
            words = f"your {TITLES[metric]} has not changed for sure against the session before"
        told[f"change.{metric}"] = _fact(f"change.{metric}", row, unit, words, metric)
    return Facts("history", "your last two sessions", told, missing=missing)


def _direction(verdict: str) -> Direction:
    if verdict == NO_DIFFERENCE:
        return "no difference"
    return "better" if verdict == "better" else "worse"


def _fact(name: str, row: Mapping[str, Any], unit: Unit, words: str, metric: MetricName | None) -> Fact:
    return Fact(
        name,
        row["difference"],
        unit,
        row["before_n"] + row["after_n"],
        words,
        row["low"],
        row["high"],
        _direction(row["verdict"]),
        metric,
        "sessions" if unit == "score" else "notes",
    )
