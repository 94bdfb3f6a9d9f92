"""Weak spots as findings: the place in the music where a fault shows more than elsewhere."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from coach.drills.drill import Aim, Place
from coach.fact import Fact, Facts
from coach.rules.finding import Finding, What
from coach.rules.spoken import size
from dsp.score import score_map
from dsp.summary import MetricName

SPOT_X50 = 0.15
"""Fifteen notes in a hundred more than elsewhere count as one half."""

LEAST_GRAVE = 0.89
"""A spot is worth practice even where its metric is excellent as a whole."""

TWICE = 2.0
"""A place is the story when the fault is at least twice as frequent there as elsewhere."""

_HIGH = re.compile(r"\b(?:[AB][#b]?4|[A-G][#b]?[5-9])\b")
"""Notes from A4, the fifth fret of the highest string."""

_AIMS: Mapping[str, Aim] = MappingProxyType({"wrong": "wrong notes"})


def worst_spot(facts: Facts, metric: MetricName, severity: float) -> Finding | None:
    """The worst place of a metric as a finding; None where no place is the story.

    Parameters
    ----------
    severity : of the metric as a whole, 0..1
    """
    for rate in facts.of(metric):
        found = re.fullmatch(r"spot\.(\d+)\.rate", rate.name)
        usual = facts.get(f"spot.{found[1]}.usual") if found else None
        if usual is not None and rate.value >= TWICE * usual.value:
            return _finding(rate, usual, severity)
    return None


def place_of(label: str) -> Place:
    """The kind of place that a spot's label names."""
    if label.startswith("degree"):
        return "degree"
    if label.startswith("notes at"):
        return "tempo"
    if label.startswith("the note after"):
        return "step" if " a step" in label else "leap"
    if label.startswith("a note played again"):
        return "again"
    return "high" if _HIGH.search(label) else "low"


def _finding(rate: Fact, usual: Fact, severity: float) -> Finding:
    fault = rate.direction or "wrong"
    grave = min(severity, score_map(max(0.0, rate.value - usual.value), SPOT_X50), LEAST_GRAVE)
    words = {"place": rate.place, "rate": size(rate), "usual": size(usual)}
    metric = cast("MetricName", rate.metric)
    what, aim = cast("What", f"spot {fault}"), cast("Aim", _AIMS.get(fault, fault))
    return Finding(what, metric, grave, (rate, usual), aim, place_of(rate.place), rate.place, words)
