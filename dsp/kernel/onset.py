"""Onset novelty of a frame, compiled: the mathematics of `dsp.onset.OnsetDetector`."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dsp import onset
from dsp.kernel.compiler import part
from dsp.kernel.fft import Array, Plan, table
from dsp.kernel.spectrum import magnitude

_LAG_HOPS = onset._LAG_HOPS
_SILENCE = np.float32(onset._SILENCE)
_RANGE = np.float32(10.0 ** (-onset._RANGE_DB / 20.0))


class Bank(NamedTuple):
    """Triangular bands without their zeros.

    Attributes
    ----------
    firsts : int64, shape (bands,), first bin of each band
    ends : int64, shape (bands,), end of each band in `weights`
    weights : float32, shape (sum of the widths,)
    bins : how many bins the bands reach over
    """

    firsts: NDArray[np.int64]
    ends: NDArray[np.int64]
    weights: Array
    bins: int


class Novelty(NamedTuple):
    """What `novelty` needs, its memory and its buffers.

    Attributes
    ----------
    window : float32, shape (frame,)
    fft_length : of the spectrum
    plan : holds that transform
    bank : of that transform
    peak_fall : how much of the running peak is left after a hop
    past : float32, shape (_LAG_HOPS + 1, bands), the newest first; infinite where nothing was heard yet
    peak : float32, shape (1,), the running peak
    work, spectrum : float32
    """

    window: Array
    fft_length: int
    plan: Plan
    bank: Bank
    peak_fall: float
    past: NDArray[np.float32]
    peak: Array
    work: Array
    spectrum: Array


def sparse(bank: NDArray[np.float32]) -> Bank:
    """The rows of a filterbank, shape (bands, bins), each of which has one stretch without zeros."""
    firsts = [int(np.flatnonzero(row)[0]) for row in bank]
    widths = [int(np.count_nonzero(row)) for row in bank]
    return Bank(np.array(firsts), np.cumsum(widths), bank[bank > 0.0], firsts[-1] + widths[-1])


@part
def _bands(spectrum: Array, bank: Bank, out: Array) -> np.float32:
    """Weighted sums; return the largest."""
    most = np.float32(0.0)
    at = 0
    for band in range(out.size):
        total = np.float32(0.0)
        bin_less_at = bank.firsts[band] - at
        for i in range(at, bank.ends[band]):
            total += bank.weights[i] * spectrum[bin_less_at + i]
        out[band] = total
        most = max(most, total)
        at = bank.ends[band]
    return most


def novelty(frame: Array, state: Novelty) -> float:
    """Mean rise of the log bands against the widened ones of two hops before."""
    past = state.past
    bands, before = past[0], past[_LAG_HOPS]
    for row in range(_LAG_HOPS, 0, -1):
        for band in range(bands.size):
            past[row, band] = past[row - 1, band]
    magnitude(frame, state.window, table(state.plan, state.fft_length), state.work, state.spectrum)
    most = _bands(state.spectrum, state.bank, bands)
    peak = max(np.float32(state.peak[0] * np.float32(state.peak_fall)), most, _SILENCE)
    state.peak[0] = peak
    least = peak * _RANGE
    last = bands.size - 1
    total = 0.0
    for band in range(bands.size):
        widest = max(before[max(band - 1, 0)], before[band], before[min(band + 1, last)])
        if bands[band] > widest:
            total += np.log10((least + bands[band]) / (least + widest))
    return float(total / bands.size)
