"""Fundamental frequency of one frame: the McLeod pitch method.

Method
------
Normalised square difference function (NSDF; McLeod & Wyvill, "A smarter way to find pitch", ICMC 2005), by
FFT: its first peak that is nearly as high as the highest one gives the period, its height the clarity.

Conventions
-----------
f0 in Hz, 0 = unvoiced. Clarity 0..1: 1 = perfectly periodic.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dsp.framing import fast_length

PEAK_RATIO = 0.90
"""The first peak at least this share of the highest is the period (the paper's k, 0.8 to 1.0)."""


class Pitch(NamedTuple):
    """f0 in Hz (0 = unvoiced) and clarity 0..1."""

    f0_hz: float
    clarity: float


LEAST_CLARITY = 0.3
"""A peak lower than this is no period."""
SILENT_POWER = 1e-14
"""Mean square below which a frame has no period."""

UNVOICED = Pitch(0.0, 0.0)


def nsdf(frame: NDArray[np.float32], lags: int) -> NDArray[np.float64]:
    """Normalised square difference function.

    Parameters
    ----------
    frame : float32, shape (n,), mean removed
    lags : number of lags wanted, < n

    Returns
    -------
    float64, shape (lags,), values in [-1, 1]; all 0 for a silent frame
    """
    length = fast_length(frame.size + lags)
    spectrum = np.fft.rfft(frame, length)
    correlation = np.fft.irfft(spectrum.real**2 + spectrum.imag**2, length)[:lags]
    energy = np.concatenate([[0.0], np.cumsum(frame.astype(np.float64) ** 2)])
    lag = np.arange(lags)
    power = energy[frame.size - lag] + energy[-1] - energy[lag]
    silent = power <= SILENT_POWER * max(frame.size, 1)
    return np.where(silent, 0.0, 2.0 * correlation / np.where(silent, 1.0, power))


class PitchEstimator:
    """Period candidates of frames between two bounds.

    Parameters
    ----------
    sample_rate : Hz
    fmin_hz, fmax_hz : lowest and highest f0 looked for
    """

    def __init__(self, sample_rate: float, fmin_hz: float, fmax_hz: float) -> None:
        self.sample_rate = sample_rate
        self.max_lag = int(np.ceil(sample_rate / fmin_hz))
        self.min_lag = max(2, int(sample_rate / fmax_hz))

    def estimate(self, frame: NDArray[np.float32]) -> Pitch:
        """f0 of a frame that holds at least two periods of it: the first of the high peaks."""
        found = self.candidates(frame)
        if not found:
            return UNVOICED
        enough = PEAK_RATIO * max(pitch.clarity for pitch in found)
        return next(pitch for pitch in found if pitch.clarity >= enough)

    def candidates(self, frame: NDArray[np.float32]) -> list[Pitch]:
        """Every peak of the NSDF above `LEAST_CLARITY`, highest f0 first."""
        lags = min(self.max_lag + 2, frame.size // 2 + 1)
        if lags < self.min_lag + 3:
            return []
        curve = nsdf(frame - frame.mean(), lags)
        return [self._refine(curve, lag) for lag in self._peaks(curve)]

    def _peaks(self, curve: NDArray[np.float64]) -> list[int]:
        """Local maxima after the curve has first gone below zero."""
        negative = np.flatnonzero(curve < 0.0)
        start = max(self.min_lag, int(negative[0]) if negative.size else curve.size)
        inner = curve[1:-1]
        is_peak = (inner > curve[:-2]) & (inner >= curve[2:]) & (inner > LEAST_CLARITY)
        return [int(lag) for lag in np.flatnonzero(is_peak) + 1 if lag >= start]

    def _refine(self, curve: NDArray[np.float64], lag: int) -> Pitch:
        """Parabola through three points."""
        below, at, above = (float(value) for value in curve[lag - 1 : lag + 2])
        bend = below - 2.0 * at + above
        shift = 0.0 if bend == 0.0 else 0.5 * (below - above) / bend
        height = at - 0.25 * (below - above) * shift
        return Pitch(self.sample_rate / (lag + shift), min(max(height, 0.0), 1.0))
