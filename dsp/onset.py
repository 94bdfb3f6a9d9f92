"""Onsets, causally: where the spectrum of a guitar begins to rise.

Goal
----
Say within a few milliseconds that a string was plucked, without looking ahead.

Method
------
SuperFlux (Boeck & Widmer, "Maximum filter vibrato suppression for onset detection", DAFx 2013): the rise of
the log-compressed spectrum over two hops, against a maximum over neighbouring bands so that vibrato is no
onset. Two things differ. The window is asymmetric, steep at its new end, so that a pluck weighs in after 6 ms
instead of 12. The compression follows the running peak of the signal, so that gain does not matter.

Conventions
-----------
Novelty is the mean rise a band in log10 units. Parameters are in seconds and turned to hops once.
"""

from bisect import bisect_left, insort
from collections import deque

import numpy as np
from numpy.typing import NDArray

from dsp.framing import fast_length

FRAME_S = 2048 / 44100
"""Window length; shorter windows lose notes (at half of it 3 % of F1 on annotated takes)."""
_FALL_S = 256 / 44100
"""Falling end of the window: one hop."""
_BANDS_PER_OCTAVE = 24
_FMIN_HZ, _FMAX_HZ = 60.0, 10000.0
_LAG_HOPS = 2
_RANGE_DB = 50.0
"""Dynamic range kept by the log compression below the running peak."""
_PEAK_FALL_DB_PER_S = 3.0
_SILENCE = 1e-5
"""Running peak never falls below this (-100 dBFS), so that digital silence is no music."""
_MEDIAN_S = 0.35
_THRESHOLD = 0.03
_THRESHOLD_MEDIANS = 2.0
_REFRACTORY_S = 0.045
_ATTACK_HOPS, _OUTDONE = 4, 2.0
"""So much stronger, an onset breaks the refractory time: the first was a finger that came to the string."""


def _window(length: int, fall: int) -> NDArray[np.float32]:
    rise = length - fall
    rising = 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / rise)
    falling = 0.5 + 0.5 * np.cos(np.pi * np.arange(fall) / fall)
    window = np.concatenate([rising, falling])
    return np.asarray(window / (window.sum() / 2), dtype=np.float32)


def filterbank(sample_rate: float, fft_length: int) -> NDArray[np.float32]:
    """Triangular bands, 24 an octave, one FFT bin wide at least.

    Returns
    -------
    float32, shape (bands, fft_length // 2 + 1), rows sum to 1
    """
    fmax = min(_FMAX_HZ, 0.45 * sample_rate)
    steps = int(_BANDS_PER_OCTAVE * np.log2(fmax / _FMIN_HZ)) + 1
    centres = _FMIN_HZ * 2.0 ** (np.arange(steps) / _BANDS_PER_OCTAVE)
    bins = np.unique(np.round(centres * fft_length / sample_rate).astype(int))
    index = np.arange(fft_length // 2 + 1)
    rows = [
        np.interp(index, [low, mid, high], [0, 1, 0], left=0, right=0)
        for low, mid, high in zip(bins, bins[1:], bins[2:], strict=False)
    ]
    bank = np.array(rows, dtype=np.float32)
    return np.asarray(bank / bank.sum(axis=1, keepdims=True), dtype=np.float32)


class OnsetDetector:
    """Novelty and its causal peak picking, one frame a hop.

    Parameters
    ----------
    sample_rate : Hz
    hop_length : samples
    """

    def __init__(self, sample_rate: float, hop_length: int) -> None:
        self.frame_length = round(FRAME_S * sample_rate)
        self._window = _window(self.frame_length, round(_FALL_S * sample_rate))
        self._fft_length = fast_length(self.frame_length)
        self._bank = filterbank(sample_rate, self._fft_length)
        hops_per_second = sample_rate / hop_length
        self._peak_fall = np.float32(10.0 ** (-_PEAK_FALL_DB_PER_S / hops_per_second / 20.0))
        self._refractory = round(_REFRACTORY_S * hops_per_second)
        self._history_hops = round(_MEDIAN_S * hops_per_second)
        self.reset()

    def reset(self) -> None:
        """Forget the past."""
        self._past: deque[NDArray[np.float32]] = deque(maxlen=_LAG_HOPS)
        self._history: deque[float] = deque()
        self._ordered: list[float] = []
        self._peak = np.float32(_SILENCE)
        self._since = self._refractory
        self._armed = True
        self._strongest = 0.0
        self.novelty = 0.0

    def push(self, frame: NDArray[np.float32]) -> bool:
        """Whether an onset shows in the newest `frame` (shape `(frame_length,)`); see also `novelty`."""
        previous = self.novelty
        self.novelty = self._novelty(frame)
        threshold = _THRESHOLD + _THRESHOLD_MEDIANS * self._median()
        self._remember(self.novelty)
        self._since += 1
        if self.novelty <= threshold:
            self._armed = True
            return False
        if self._since <= self._refractory:
            if self._since < _ATTACK_HOPS:
                self._strongest = max(self._strongest, self.novelty)
                return False
            if self.novelty < max(_OUTDONE * self._strongest, previous):
                return False
        elif not self._armed or self.novelty < previous:
            return False
        self._strongest = self.novelty
        self._since = 0
        self._armed = False
        return True

    def _median(self) -> float:
        return self._ordered[len(self._ordered) // 2] if self._ordered else 0.0

    def _remember(self, novelty: float) -> None:
        """Keep the recent novelties in order of time and of size."""
        if len(self._history) == self._history_hops:
            del self._ordered[bisect_left(self._ordered, self._history.popleft())]
        self._history.append(novelty)
        insort(self._ordered, novelty)

    def _novelty(self, frame: NDArray[np.float32]) -> float:
        spectrum = np.fft.rfft((frame - frame.mean()) * self._window, self._fft_length)
        bands = self._bank @ np.abs(spectrum)
        self._peak = max(self._peak * self._peak_fall, bands.max(), np.float32(_SILENCE))
        rise = self._rise(bands)
        self._past.append(bands)
        return rise

    def _rise(self, bands: NDArray[np.float32]) -> float:
        if len(self._past) < _LAG_HOPS:
            return 0.0
        past = self._past[0].copy()
        np.maximum(past[1:], self._past[0][:-1], out=past[1:])
        np.maximum(past[:-1], self._past[0][1:], out=past[:-1])
        least = self._peak * np.float32(10.0 ** (-_RANGE_DB / 20.0))
        rise = np.log10((least + bands) / (least + past))
        return float(np.maximum(rise, 0.0).mean())
