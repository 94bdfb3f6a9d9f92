"""Do several strings sound where one note was claimed?

Method
------
After Klapuri ("Multiple fundamental frequency estimation by summing harmonic amplitudes", ISMIR 2006): the
partials of the claimed pitch are taken out of the spectrum since the onset, and what is left is searched for
another voice. What rang before the onset is no evidence, nor is anything below the claimed pitch, where the
body of a guitar thumps. And the claim itself may be a pitch that no string plays: strings a fifth or a third
apart share a period that is two to six times as long. Then the partials that only the claimed pitch would
have are missing.

Conventions
-----------
Evidence is measured on some 40 to 90 ms of sound; shorter stretches don't keep the strings apart.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LEAST_S = 0.04
_SKIP_S = 0.006
"""The click of the attack belongs to no string."""
_PADDING = 4
_STEPS = np.linspace(-1.0, 1.0, 2 * _PADDING + 1)
_RANGE_HZ = (70.0, 3500.0)
_AUDIBLE_DB = -30.0
_REFIT_CENTS = 60.0
"""A claim made 30 ms after the pluck may be off by so much; the longer stretch tells better."""
_REFITS = 2.0 ** (np.linspace(-_REFIT_CENTS, _REFIT_CENTS, 25) / 1200.0)
_PARTIALS = 12
_TOLERANCE = 0.012
"""Share of its frequency that a partial may be off (20 cents), or 0.6 of what the stretch resolves."""
_TOLERANCE_BINS = 0.6
_STIFFNESS = 2e-4
"""Upper partials of a thick string are this much sharper, see `dsp.tuner`."""
_PARTIAL_WEIGHT = 0.84
_NUMBERS = np.arange(1.0, _PARTIALS + 1.0)
_WEIGHTS = _PARTIAL_WEIGHT ** np.arange(_PARTIALS)
_SHARED_PERIODS = (
    (1, 5, 7, 11, 13),
    (1, 2, 5, 7, 10, 11, 13),
    (1, 2, 3, 7, 9, 11, 13),
    (1, 2, 4, 7, 8, 11, 13),
)
"""Partials that strings 2:3, 3:4, 4:5 (and 4:5:6), 3:5 apart do not have of the period they share."""
_MISSING_DB = -20.0
_OTHER_VOICE, _MOST_VOICE = 0.3, 10.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for several strings.

    Attributes
    ----------
    own_db : the partials that only the claimed pitch has, below the strongest of all; very low = no string
        plays that pitch
    voice : strength of the strongest other voice, as a share of the claimed one, 0..10; 0 also when all that
        is left is too weak for another voice
    voice_hz : its pitch, 0 = there is none
    """

    own_db: float
    voice: float
    voice_hz: float

    @property
    def polyphonic(self) -> bool:
        """Whether more than one string sounds; false for 99 of 100 single notes."""
        return self.own_db < _MISSING_DB or self.voice > _OTHER_VOICE


@lru_cache(maxsize=8)
def _window(size: int) -> NDArray[np.float32]:
    """A Hann window that gives a sine its amplitude; most stretches have one of a few lengths."""
    window = np.hanning(size)
    return np.asarray(window * (2.0 / window.sum()), dtype=np.float32)


class Spectrum:
    """Magnitudes of a stretch of sound, shape (n,) samples."""

    def __init__(self, samples: NDArray[np.float32], sample_rate: float) -> None:
        length = _PADDING * 2 ** int(np.ceil(np.log2(samples.size)))
        windowed = (samples - samples.mean()) * _window(samples.size)
        self.magnitude: NDArray[np.float32] = np.abs(np.fft.rfft(windowed, length))
        self.bin_hz = sample_rate / length
        self.resolution_hz = sample_rate / samples.size

    def near(self, frequencies_hz: Array) -> Array:
        """Strongest magnitude within the tolerance of a partial, shape of `frequencies_hz`."""
        width = np.maximum(_TOLERANCE_BINS * self.resolution_hz, _TOLERANCE * frequencies_hz)
        bins = np.rint((frequencies_hz[..., None] + width[..., None] * _STEPS) / self.bin_hz).astype(np.intp)
        levels = self.magnitude.take(bins, mode="clip")
        if bins.max(initial=0) >= self.magnitude.size:
            levels[bins >= self.magnitude.size] = 0.0
        return np.asarray(levels.max(axis=-1), dtype=np.float64)

    def peaks(self) -> tuple[Array, Array]:
        """Frequency in Hz and magnitude of the audible peaks, ascending."""
        low, high = (int(hz / self.bin_hz) for hz in _RANGE_HZ)
        part = self.magnitude[: high + 2]
        middle = part[1:-1]
        least = float(part[low:].max(initial=0.0)) * 10.0 ** (_AUDIBLE_DB / 20.0)
        places = np.flatnonzero((middle > part[:-2]) & (middle >= part[2:]) & (middle > least)) + 1
        places = places[places >= low]
        return places * self.bin_hz, part[places].astype(np.float64)


def find_strings(
    after: NDArray[np.float32], before: NDArray[np.float32], f0_hz: float, sample_rate: float
) -> Evidence | None:
    """Evidence for more strings than the one that was claimed; None when too little was heard.

    Parameters
    ----------
    after : shape (n,), the samples since the onset
    before : shape (m,), samples from before the onset
    f0_hz : the claimed pitch
    sample_rate : Hz
    """
    heard = after[round(_SKIP_S * sample_rate) :]
    if heard.size < LEAST_S * sample_rate:
        return None
    spectrum = Spectrum(heard, sample_rate)
    frequencies, levels = spectrum.peaks()
    if frequencies.size == 0:
        return None
    f0_hz = _refit(spectrum, f0_hz)
    own_db = _own_db(spectrum, f0_hz, float(levels.max()))
    foreign = (_misses(frequencies, f0_hz, spectrum.resolution_hz) > 1.0) & (frequencies > 1.05 * f0_hz)
    if not foreign.any():
        return Evidence(own_db, 0.0, 0.0)
    left, risen = frequencies[foreign], levels[foreign]
    own = float(_strengths(frequencies, levels, np.array([f0_hz]), spectrum.resolution_hz)[0])
    if risen.sum() <= _OTHER_VOICE * own:
        return Evidence(own_db, 0.0, 0.0)
    if before.size >= LEAST_S / 2.0 * sample_rate:
        risen = risen - Spectrum(before[-heard.size :], sample_rate).near(left)
    voice, voice_hz = _best_voice(left[risen > 0.0], risen[risen > 0.0], spectrum.resolution_hz)
    if not voice:
        return Evidence(own_db, 0.0, voice_hz)
    return Evidence(own_db, voice / own if own > 0.1 * voice else _MOST_VOICE, voice_hz)


def _refit(spectrum: Spectrum, f0_hz: float) -> float:
    near = f0_hz * _REFITS
    numbers = np.arange(1, min(8, max(1, int(_RANGE_HZ[1] / f0_hz))) + 1)
    bins = np.rint(near[:, None] * numbers / spectrum.bin_hz).astype(np.intp)
    sums = spectrum.magnitude.take(bins, mode="clip") @ _WEIGHTS[: numbers.size]
    return float(near[np.argmax(sums)])


def _misses(frequencies: Array, f0_hz: float | Array, resolution_hz: float) -> Array:
    """How far each peak lies from the nearest partial, in tolerances; one row for each of several f0s."""
    number = np.maximum(np.rint(frequencies / f0_hz), 1.0)
    width = np.maximum(_TOLERANCE_BINS * resolution_hz, _TOLERANCE * frequencies)
    flat = number * f0_hz - frequencies
    sharp = frequencies - number * f0_hz * np.sqrt(1.0 + _STIFFNESS * number**2)
    return np.asarray(np.maximum(np.maximum(flat, sharp), 0.0) / width)


def _strengths(
    frequencies: Array, levels: Array, f0_hz: Array, resolution_hz: float, least: int = 1
) -> Array:
    """Weighted sum of the peaks that are partials of each f0; 0 when they are fewer than `least`."""
    rows = f0_hz[:, None]
    hits = np.where(_misses(frequencies, rows, resolution_hz) <= 1.0, levels, 0.0)
    number = np.maximum(np.rint(frequencies / rows), 1.0)
    partials = np.where(number[:, None, :] == _NUMBERS[:, None], hits[:, None, :], 0.0).max(axis=2)
    return np.asarray(np.where(np.count_nonzero(partials, axis=1) >= least, partials @ _WEIGHTS, 0.0))


def _best_voice(frequencies: Array, levels: Array, resolution_hz: float) -> tuple[float, float]:
    """The strongest pitch whose first partials are among the peaks that are left."""
    voices = np.concatenate([frequencies, frequencies / 2.0])
    voices = voices[voices > _RANGE_HZ[0]]
    if voices.size == 0:
        return 0.0, 0.0
    strengths = _strengths(frequencies, levels, voices, resolution_hz, least=2)
    best = int(np.argmax(strengths))
    return float(strengths[best]), float(voices[best])


def _own_db(spectrum: Spectrum, f0_hz: float, strongest: float) -> float:
    levels = spectrum.near(f0_hz * np.arange(1.0, 14.0)).tolist()
    missing = min(max(levels[number - 1] for number in numbers) for numbers in _SHARED_PERIODS)
    return 20.0 * math.log10(max(missing, 1e-9) / strongest)
