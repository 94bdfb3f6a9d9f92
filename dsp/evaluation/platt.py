"""From features to a probability: logistic regression, told on origins that it was not fitted on.

Method
------
Platt scaling (Platt 1999) of several features at once, with his smoothed targets, fitted by Newton's method
(iteratively reweighted least squares). A feature that would make more of it less likely right is left out and
the rest fitted again: each feature is one of which more is better. Held-out probabilities come from a fit on
every other origin (leave one group out), so that a guitar is never judged by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dsp.errors import ParameterError

Array = NDArray[np.float64]

_RIDGE = 1e-3
"""Keeps weights finite where a feature parts right from wrong completely; in units of one event."""
_STEPS, _CLOSE = 50, 1e-9


@dataclass(frozen=True, slots=True)
class Logistic:
    """Probability 1 / (1 + exp(-(intercept + features @ weights)))."""

    intercept: float
    weights: tuple[float, ...]

    def probability(self, features: ArrayLike) -> Array:
        """Of being right, shape (n,), for features of shape (n, len(weights))."""
        logit = self.intercept + np.asarray(features, np.float64) @ np.array(self.weights)
        return np.asarray(1.0 / (1.0 + np.exp(-logit)))


def fit(features: ArrayLike, right: ArrayLike) -> Logistic:
    """Fit features to what came true.

    Parameters
    ----------
    features : shape (n, k), of each of which more is better
    right : shape (n,), truth values

    Raises
    ------
    ParameterError : all events are right, or all are wrong, so that nothing can be told apart
    """
    columns, came_true = np.asarray(features, np.float64), np.asarray(right, bool)
    if came_true.all() or not came_true.any():
        raise ParameterError("A confidence can't be fitted to events that are all right or all wrong.")
    kept = list(range(columns.shape[1]))
    while True:
        solution = _newton(columns[:, kept], came_true)
        harmful = [number for number, weight in zip(kept, solution[1:], strict=True) if weight < 0.0]
        if not harmful:
            break
        kept = [number for number in kept if number not in harmful]
    weights = np.zeros(columns.shape[1])
    weights[kept] = solution[1:]
    return Logistic(float(solution[0]), tuple(weights.tolist()))


def held_out(features: ArrayLike, right: ArrayLike, origins: Sequence[str]) -> Array:
    """Probability of each event by a fit on all events of other origins, shape (n,)."""
    columns, came_true, origin = np.asarray(features), np.asarray(right, bool), np.asarray(origins)
    probability = np.empty(came_true.size)
    for name in np.unique(origin):
        mine = origin == name
        probability[mine] = fit(columns[~mine], came_true[~mine]).probability(columns[mine])
    return probability


def _newton(columns: Array, right: NDArray[np.bool_]) -> Array:
    """(intercept, weights..) of the best fit, found in standardised features."""
    centre, scale = columns.mean(axis=0), columns.std(axis=0)
    scale = np.where(scale > 0.0, scale, 1.0)
    design = np.column_stack([np.ones(len(columns)), (columns - centre) / scale])
    hits, misses = int(right.sum()), int((~right).sum())
    targets = np.where(right, (hits + 1.0) / (hits + 2.0), 1.0 / (misses + 2.0))
    ridge = _RIDGE * np.diag([0.0, *np.ones(columns.shape[1])])
    solution = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        probability = 1.0 / (1.0 + np.exp(-design @ solution))
        slope = design.T @ (targets - probability) - ridge @ solution
        curvature = (design * (probability * (1.0 - probability))[:, None]).T @ design + ridge
        step = np.linalg.solve(curvature, slope)
        solution = solution + step
        if np.abs(step).max() < _CLOSE:
            break
    weights = solution[1:] / scale
    return np.asarray(np.r_[solution[0] - weights @ centre, weights])
