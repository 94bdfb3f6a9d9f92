"""A player's own slow beat: where each note should have fallen, and how fast the beat goes there.

A free player gives no grid, so one is fitted: `dsp.rhythm` says how many steps lie between the notes, and the
time of each note is predicted from the notes around it by a straight line in the step count (one tempo) or,
where that predicts better, by a local quadratic (a locally linear tempo; after Cleveland 1979). What is left
is the player's jitter; slow changes of tempo are not.

Conventions
-----------
Residuals are studentised: divided by the share of white jitter that survives the fit, so that their spread
estimates the jitter itself, as a spread about a click would.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from dsp.rhythm import Phrase, find_rhythm

Array = NDArray[np.float64]

_HALF_WIDTHS = (32, 16, 8)
"""Notes to either side that a prediction listens to, widest first: two phrases, one, a bar of eighths."""

_FREER_GAIN = 0.9
"""A freer curve must predict held-out notes this much better: white jitter alone must not pick it."""

_LEAST_FREEDOM = 0.1
"""A note whose own weight leaves less than this is predicted by itself alone and says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Beat:
    """What was found under n onsets.

    Attributes
    ----------
    found : whether most intervals follow a beat
    name : "one interval", or the set of ratios in words
    ratios : the note values in use, in units of the shortest, ascending
    residual_s : shape (n,), studentised deviation from the beat; NaN where too few notes surround it
    step_s : shape (n,), local length of the shortest note value
    relative_interval : intervals over the mean of their stretch, pauses left out
    """

    found: bool
    name: str
    ratios: tuple[float, ...]
    residual_s: Array
    step_s: Array
    relative_interval: Array


def find_beat(onsets: Array) -> Beat:
    """Fit a slow beat to onsets.

    Parameters
    ----------
    onsets : shape (n,), s, ascending, n >= 2
    """
    rhythm = find_rhythm(onsets)
    residual, step = np.full(onsets.size, np.nan), np.full(onsets.size, np.nan)
    for phrase in rhythm.phrases:
        part = slice(phrase.start, phrase.stop)
        residual[part], step[part] = _fit(onsets[part], phrase)
    typical = float(np.median(np.diff(onsets)))
    step = np.where(np.isfinite(step), step, typical)
    measured = int(np.isfinite(residual).sum())
    return Beat(
        found=rhythm.found and measured > 0,
        name=rhythm.name,
        ratios=rhythm.ratios,
        residual_s=residual,
        step_s=step,
        relative_interval=rhythm.relative_interval,
    )


def _fit(onsets: Array, phrase: Phrase) -> tuple[Array, Array]:
    """Residual and step of the notes of one phrase."""
    positions = phrase.positions
    best = straight_line(onsets, positions)
    for half_width in dict.fromkeys(min(width, onsets.size) for width in _HALF_WIDTHS):
        other = local_quadratic(onsets, positions, half_width)
        if _held_out_error(other) < _FREER_GAIN * _held_out_error(best):
            best = other
    step = np.where(best.slope > 0, best.slope, np.nan) * phrase.shortest
    return best.studentised, step


def straight_line(y: Array, x: Array) -> "LocalFit":
    """Least-squares line, the curve of a tempo that never changes; parameters as for `local_quadratic`."""
    n = y.size
    u = x - x.mean()
    power = float(u @ u)
    if n < 3 or power == 0.0:
        return LocalFit(np.full(n, np.nan), np.full(n, np.nan), np.full(n, np.nan))
    slope = float(u @ y) / power
    freedom = 1.0 - 1.0 / n - u * u / power
    useful = freedom > _LEAST_FREEDOM
    residual = np.where(useful, y - y.mean() - slope * u, np.nan)
    freedom = np.where(useful, freedom, 1.0)
    return LocalFit(residual / np.sqrt(freedom), residual / freedom, np.full(n, slope))


def _held_out_error(fit: "LocalFit") -> float:
    return float(np.nanmean(np.abs(fit.held_out))) if np.isfinite(fit.held_out).any() else np.inf


@dataclass(frozen=True, slots=True, eq=False)
class LocalFit:
    """A smooth curve through points, seen from each point; shapes (n,), NaN where it says nothing.

    Attributes
    ----------
    studentised : residual over the square root of the share of white noise that survives the fit
    held_out : residual of the prediction made without the point itself
    slope : derivative of the curve
    """

    studentised: Array
    held_out: Array
    slope: Array


def local_quadratic(y: Array, x: Array, half_width: int) -> LocalFit:
    """Local quadratic regression with tricube weights (Cleveland 1979) over the nearest points in order.

    Parameters
    ----------
    y : shape (n,)
    x : shape (n,), not descending
    half_width : points to either side; near the ends the window leans inward and keeps its length
    """
    n = y.size
    if n < 2:
        return LocalFit(np.full(n, np.nan), np.full(n, np.nan), np.full(n, np.nan))
    length = min(n, 2 * half_width + 1)
    start = np.clip(np.arange(n) - half_width, 0, n - length)
    from_own = start[:, None] + np.arange(length) - np.arange(n)[:, None]
    reach = np.abs(from_own).max(axis=1, keepdims=True) + 1
    weight = (1.0 - (np.abs(from_own) / reach) ** 3) ** 3
    scale = max(float(x[-1] - x[0]) * length / n, 1e-12)
    u = (sliding_window_view(x, length)[start] - x[:, None]) / scale
    v = sliding_window_view(y, length)[start] - y[:, None]
    powers = np.stack([np.ones_like(u), u, u * u], axis=2)
    weighted = powers * weight[:, :, None]
    # The ridge only matters where fewer than three different places surround a note.
    normal = powers.transpose(0, 2, 1) @ weighted + 1e-9 * np.eye(3)
    coefficients = np.linalg.solve(normal, weighted.transpose(0, 2, 1) @ v[:, :, None])[:, :, 0]
    own = np.linalg.solve(normal, np.broadcast_to(np.array([[1.0], [0.0], [0.0]]), (n, 3, 1)))
    lever = (weighted @ own)[:, :, 0]
    leverage, power = own[:, 0, 0], (lever * lever).sum(axis=1)
    freedom = 1.0 - 2.0 * leverage + power
    useful = (freedom > _LEAST_FREEDOM) & (leverage < 1.0 - _LEAST_FREEDOM)
    residual = np.where(useful, -coefficients[:, 0], np.nan)
    studentised = residual / np.sqrt(np.where(useful, freedom, 1.0))
    held_out = residual / np.where(useful, 1.0 - leverage, 1.0)
    return LocalFit(studentised, held_out, coefficients[:, 1] / scale)
