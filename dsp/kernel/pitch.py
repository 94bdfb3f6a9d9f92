"""Candidates for the period of a frame, compiled: the mathematics of `dsp.pitch.PitchEstimator`."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dsp.kernel.compiler import part
from dsp.kernel.fft import Array, Plan, table
from dsp.kernel.spectrum import autocorrelate, energy, mean
from dsp.pitch import LEAST_CLARITY, PEAK_RATIO, SILENT_POWER


class Search(NamedTuple):
    """Where periods are looked for, and the buffers for it.

    Attributes
    ----------
    rate : Hz
    min_lag, max_lag : samples
    plan : transforms of all lengths that frames need
    work : float32, shape (2 * longest transform,)
    correlation, curve : float32 and float64, shape (max_lag + 2,)
    """

    rate: float
    min_lag: int
    max_lag: int
    plan: Plan
    work: Array
    correlation: Array
    curve: NDArray[np.float64]


@part
def _normalise(frame: Array, correlation: Array, curve: NDArray[np.float64]) -> None:
    """Normalised square difference function from the autocorrelation."""
    offset = mean(frame)
    size = frame.size
    power = 2.0 * energy(frame, offset)
    silent = SILENT_POWER * max(size, 1)
    for lag in range(correlation.size):
        curve[lag] = 0.0 if power <= silent else 2.0 * correlation[lag] / power
        power -= np.float64(frame[lag] - offset) ** 2 + np.float64(frame[size - 1 - lag] - offset) ** 2


@part
def candidates(frame: Array, search: Search, found: NDArray[np.float64]) -> int:
    """Write f0 and clarity of every peak to the rows of `found`, highest f0 first; return how many."""
    lags = min(search.max_lag + 2, frame.size // 2 + 1)
    if lags < search.min_lag + 3:
        return 0
    correlation, curve = search.correlation[:lags], search.curve[:lags]
    autocorrelate(frame, table(search.plan, frame.size + lags - 1), search.work, correlation)
    _normalise(frame, correlation, curve)
    start = 0
    while start < lags and curve[start] >= 0.0:
        start += 1
    count = 0
    for lag in range(max(search.min_lag, start), lags - 1):
        below, at, above = curve[lag - 1], curve[lag], curve[lag + 1]
        if at > below and at >= above and at > LEAST_CLARITY:
            bend = below - 2.0 * at + above
            shift = 0.0 if bend == 0.0 else 0.5 * (below - above) / bend
            height = at - 0.25 * (below - above) * shift
            found[count, 0] = search.rate / (lag + shift)
            found[count, 1] = min(max(height, 0.0), 1.0)
            count += 1
    return count


def estimate(frame: Array, search: Search, found: NDArray[np.float64]) -> tuple[int, int]:
    """As `candidates`; return also the row of the first that is nearly as clear as the clearest."""
    count = candidates(frame, search, found)
    most = 0.0
    for i in range(count):
        most = max(most, found[i, 1])
    first = 0
    while first < count and found[first, 1] < PEAK_RATIO * most:
        first += 1
    return count, first
