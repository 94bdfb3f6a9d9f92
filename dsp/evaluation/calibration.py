"""Whether a confidence of .9 is right nine times in ten.

Method
------
Brier score (Brier 1950): mean squared distance of the confidence from what came true, 0 is perfect.
Reliability: events sorted into bins by confidence, each with the share that was right and Wilson's 95 %
interval. Expected calibration error: mean distance of confidence and share over the bins, weighted by their
events (Naeini et al. 2015, Guo et al. 2017). Risk-coverage: the share of wrong events among the surest ones,
as more and more are let in; the area under it (Geifman & El-Yaniv 2017) is small when the wrong come last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dsp.errors import ParameterError
from dsp.intervals import wilson

BIN_EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
"""Tenths, and finer near 1 where most confidences of a good engine lie."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bin:
    """Events of similar confidence.

    Attributes
    ----------
    low, high : edges of the confidence; the last bin holds its upper edge too
    n : events
    confidence : their mean confidence
    right : share of them that was right
    right_low, right_high : Wilson's 95 % interval of it
    """

    low: float
    high: float
    n: int
    confidence: float
    right: float
    right_low: float
    right_high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far confidences can be taken at their word.

    Attributes
    ----------
    n : events
    right : share of them that was right
    brier, expected_calibration_error : 0..1, lower is better
    bins : reliability, empty bins left out
    coverage, risk : points of the risk-coverage curve, coverage rising to 1
    area : under that curve
    """

    n: int
    right: float
    brier: float
    expected_calibration_error: float
    bins: tuple[Bin, ...]
    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    area: float


def calibration(confidence: ArrayLike, right: ArrayLike) -> Calibration | None:
    """Measure confidences against what came true.

    Parameters
    ----------
    confidence : shape (n,), 0..1
    right : shape (n,), truth values

    Returns
    -------
    None for no events

    Raises
    ------
    ParameterError : a confidence outside 0..1
    """
    sure, came_true = np.asarray(confidence, np.float64), np.asarray(right, bool)
    if not sure.size:
        return None
    if not ((sure >= 0.0) & (sure <= 1.0)).all():
        raise ParameterError("A confidence lies between 0 and 1; was a percentage or a logit given?")
    bins = reliability(sure, came_true)
    coverage, risk = risk_coverage(sure, came_true)
    return Calibration(
        n=sure.size,
        right=float(came_true.mean()),
        brier=float(np.mean((sure - came_true) ** 2)),
        expected_calibration_error=expected_calibration_error(bins),
        bins=bins,
        coverage=tuple(coverage.tolist()),
        risk=tuple(risk.tolist()),
        area=area_under(coverage, risk),
    )


def reliability(confidence: Array, right: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """Events binned by confidence; empty bins are left out."""
    index = np.clip(np.digitize(confidence, BIN_EDGES) - 1, 0, len(BIN_EDGES) - 2)
    bins = []
    for number, (low, high) in enumerate(pairwise(BIN_EDGES)):
        inside = index == number
        if inside.any():
            n, hits = int(inside.sum()), int(right[inside].sum())
            bins.append(Bin(low, high, n, float(confidence[inside].mean()), hits / n, *wilson(hits, n)))
    return tuple(bins)


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance of confidence and share of right events, weighted by events."""
    total = sum(entry.n for entry in bins)
    return sum(entry.n * abs(entry.confidence - entry.right) for entry in bins) / total


def risk_coverage(confidence: Array, right: NDArray[np.bool_]) -> tuple[Array, Array]:
    """(coverage, risk), one point for each confidence that occurs, the surest events first."""
    order = np.argsort(-confidence, kind="stable")
    wrong, counted = np.cumsum(~right[order]), np.arange(1, confidence.size + 1)
    # Events of equal confidence are let in together, or their order would make the curve.
    last_of_equals = np.append(np.diff(confidence[order]) != 0.0, True)
    return (counted / confidence.size)[last_of_equals], (wrong / counted)[last_of_equals]


def area_under(coverage: Array, risk: Array) -> float:
    """Area under a risk-coverage curve, which begins level at no coverage."""
    return float(np.trapezoid(np.r_[risk[0], risk], np.r_[0.0, coverage]))
