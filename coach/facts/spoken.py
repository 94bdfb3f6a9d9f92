"""Figures in words, as a player reads them."""

from collections.abc import Mapping
from types import MappingProxyType

from dsp.summary import MetricName

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "pitch_accuracy": "pitch",
        "scale_conformity": "scale",
        "timing_stability": "timing",
        "noise_control": "noise",
        "overall": "overall",
    }
)
"""What sentences call the scores."""

NO_BIAS = 10.0
"""A bias counts as none where its interval stays within so many cents or ms: notes that are late by 10 ms are
not heard as late (Friberg & Sundberg 1992), nor are 10 cents as sharp (Hill & Summers 2007)."""


def number(value: float) -> str:
    """Two figures are as much as an ear or a small sample can tell: 4.1, 18, 97, 0.04."""
    if 0.0 < abs(value) < 0.095:
        return f"{value:.2g}"
    return f"{value:.1f}" if abs(value) < 9.95 and round(value, 1) % 1 else f"{value:.0f}"


def hundredths(share: float) -> str:
    """A share or a score out of a hundred."""
    return f"{100.0 * share:.0f}"


def metric_of(name: str) -> MetricName | None:
    """The metric of a column of scores; None for the overall."""
    metrics: dict[str, MetricName] = {
        "pitch_accuracy": "pitch_accuracy",
        "scale_conformity": "scale_conformity",
        "timing_stability": "timing_stability",
        "noise_control": "noise_control",
    }
    return metrics.get(name)


def times(count: int) -> str:
    """ "once", "3 times"."""
    return "once" if count == 1 else f"{count} times"
