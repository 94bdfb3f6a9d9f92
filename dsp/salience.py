"""Which of several periods was plucked: the one whose harmonics rose.

Method
------
Sub-harmonic summation (Hermes, "Measurement of pitch by subharmonic summation", JASA 83, 1988) of the
spectrum since the onset, less a share of the spectrum before it, so that a string that rings on does not
vote. It ranks the peaks of the NSDF. Octaves are settled by the teeth of the comb (below the true f0 every
second or third tooth stands alone, above it there is energy between the teeth; the first tooth has no say,
because the body of the guitar thumps there) and by the period itself.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dsp.pitch import Pitch, PitchEstimator

_WINDOWS_S = (662 / 44100, 1024 / 44100)
"""Besides the longest: short windows hear a high note before the damped one before it has died away."""
LIFT_S = 0.002
"""Length of the running mean that is taken away: 24 dB down at 100 Hz, 12 dB at 200 Hz, 4 dB at 350 Hz."""
_HARMONIC_WEIGHT = 0.84
_HARMONICS = 20
_FMAX_HZ = 5000.0
_RINGING_SHARE = 0.25
_SALIENCE_WEIGHT = 1.0
_OCTAVE_WEIGHT = 0.6
_TEETH_HZ = 6000.0
_LONELY_TEETH = 0.4
"""Other teeth weaker than this share of every second or third one: f0 is that many times higher."""
_BETWEEN_TEETH = 0.35
"""Stronger than this share of the teeth: f0 is lower."""
_RESOLVED_PERIODS = 4.0
"""Periods in the window from which neighbouring harmonics are told apart (a Hann window's main lobe)."""

_SAME_SEMITONES = 0.4
_SAME_RATIO = 0.0116
"""Two estimates within 20 cents are one candidate."""
_MOST_PERIODS, _SAME_PERIOD, _AS_CLEAR = 8, 0.0175, 0.9
_CLEAR = 0.9
_LOSS_LOW, _LOSS_HIGH = 0.02, 0.06
"""What clarity may be lost at the shorter of two periods before the longer one is believed."""
_TINY = 1e-9


def _decibels(ratio: float) -> float:
    return float(20.0 * np.log10(ratio + _TINY))


def _distinct(found: list[Pitch]) -> list[Pitch]:
    """Of candidates that several windows gave, the clearest."""
    kept: list[Pitch] = []
    for pitch in sorted(found, key=lambda pitch: -pitch.clarity):
        if all(abs(pitch.f0_hz / other.f0_hz - 1.0) > _SAME_RATIO for other in kept):
            kept.append(pitch)
    return kept


def _periods_doubt(pitch: Pitch, found: list[Pitch]) -> float:
    """Doubt by the period: what repeats as well after a part of it has that one, else the longer."""
    doubt = 0.0
    for other in found:
        ratio = other.f0_hz / pitch.f0_hz
        multiple = round(max(ratio, 1.0 / ratio))
        if multiple < 2 or abs(12.0 * np.log2(max(ratio, 1.0 / ratio) / multiple)) > _SAME_SEMITONES:
            continue
        loss = pitch.clarity - other.clarity
        if ratio > 1.0:
            doubt = max(doubt, (_LOSS_HIGH - loss) / (_LOSS_HIGH - _LOSS_LOW))
        elif other.clarity > _CLEAR:
            doubt = max(doubt, (-loss - _LOSS_HIGH) / (_LOSS_HIGH - _LOSS_LOW))
    return min(doubt, 1.0)


def lifted(samples: NDArray[np.float32], half: int) -> NDArray[np.float32]:
    """Samples less their mean over `half` to either side, shape (n,): the lowest octaves are turned down.

    Below 200 Hz the body of a guitar answers the pluck before the string is heard.
    """
    total = np.concatenate([[0.0], np.cumsum(samples, dtype=np.float64)])
    index = np.arange(samples.size)
    first, last = np.maximum(index - half, 0), np.minimum(index + half + 1, samples.size)
    return np.asarray(samples - (total[last] - total[first]) / (last - first), dtype=np.float32)


class Candidate(NamedTuple):
    """A period that might be the plucked one, with its score (0 to 2, higher is likelier)."""

    pitch: Pitch
    score: float


def sharpened(ranked: Sequence[Candidate]) -> float:
    """f0 in Hz of the best candidate, measured over as many periods as still repeat.

    The peak of the NSDF at k periods places one period k times as finely.
    """
    best = ranked[0].pitch
    f0_hz = best.f0_hz
    for number in range(2, _MOST_PERIODS + 1):
        for other in ranked[1:]:
            near = abs(number * other.pitch.f0_hz / best.f0_hz - 1.0) < _SAME_PERIOD
            if near and other.pitch.clarity > _AS_CLEAR * best.clarity:
                f0_hz = number * other.pitch.f0_hz
    return f0_hz


class OnsetPitch:
    """Ranks the f0 candidates right after an onset.

    Parameters
    ----------
    estimator : gives the candidates
    longest : samples that it looks at at the most
    """

    def __init__(self, estimator: PitchEstimator, longest: int) -> None:
        self._estimator = estimator
        self._lift_half = round(LIFT_S / 2.0 * estimator.sample_rate)
        self._short = [round(seconds * estimator.sample_rate) for seconds in _WINDOWS_S]
        self._fft_length = 2 * 2 ** int(np.ceil(np.log2(longest)))
        self._bins_per_hz = self._fft_length / estimator.sample_rate
        self.longest = longest

    def rank(self, after: NDArray[np.float32], before: NDArray[np.float32]) -> list[Candidate]:
        """Candidates in `after`, best first.

        Parameters
        ----------
        after : shape (n,), the samples since the onset, `longest` of them at most
        before : shape (n,), as many samples from before the onset
        """
        after, before = lifted(after, self._lift_half), lifted(before, self._lift_half)
        lengths = [length for length in self._short if length < after.size] + [after.size]
        found = _distinct([p for length in lengths for p in self._estimator.candidates(after[-length:])])
        if not found:
            return []
        risen = np.maximum(self._magnitude(after) - _RINGING_SHARE * self._magnitude(before), 0.0)
        sums = [self._harmonic_sum(risen, pitch.f0_hz) for pitch in found]
        most = max(*sums, 1e-12)
        scored = [
            Candidate(pitch, pitch.clarity + _SALIENCE_WEIGHT * total / most - _OCTAVE_WEIGHT * doubt)
            for pitch, total, doubt in zip(found, sums, self._doubts(risen, found, after.size), strict=True)
        ]
        return sorted(scored, key=lambda candidate: -candidate.score)

    def estimate(self, samples: NDArray[np.float32]) -> Pitch:
        """f0 of a steady sound; see `PitchEstimator.estimate`."""
        return self._estimator.estimate(samples)

    def rise_db(
        self, after: NDArray[np.float32], before: NDArray[np.float32], f0_hz: float
    ) -> tuple[float, float]:
        """By how many dB `after` is stronger than `before`, shape (n,): on the harmonics, and between."""
        now, then = self._magnitude(after), self._magnitude(before)
        between = (np.arange(1, max(2, int(_TEETH_HZ / f0_hz))) + 0.5) * f0_hz
        harmonics = _decibels(self._harmonic_sum(now, f0_hz) / (self._harmonic_sum(then, f0_hz) + _TINY))
        rest = _decibels(float(self._at(now, between).sum()) / (float(self._at(then, between).sum()) + _TINY))
        return harmonics, rest

    def ring_over_db(self, samples: NDArray[np.float32], f0_hz: float, previous_hz: float) -> float:
        """Level of the harmonics of `previous_hz` that `f0_hz` does not share, in dB above `f0_hz`."""
        spectrum = self._magnitude(samples)
        harmonics = np.arange(1, 7) * previous_hz
        ratio = harmonics / f0_hz
        own = np.abs(ratio - np.round(ratio)) * f0_hz > 2.5 * self._estimator.sample_rate / samples.size
        if not own.any():
            return float(-np.inf)
        ringing = float(np.max(self._at(spectrum, harmonics[own])))
        sounding = float(np.max(self._at(spectrum, np.arange(1, 7) * f0_hz)))
        return _decibels(ringing / (sounding + _TINY))

    def _magnitude(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        window = np.hanning(samples.size).astype(np.float32)
        return np.abs(np.fft.rfft((samples - samples.mean()) * window, self._fft_length)).astype(np.float32)

    def _at(self, spectrum: NDArray[np.float32], frequencies: NDArray[Any]) -> NDArray[np.float32]:
        bins = (frequencies * self._bins_per_hz).astype(int)
        bins = bins[bins < spectrum.size - 1]
        return np.asarray(np.maximum(spectrum[bins], spectrum[bins + 1]))

    def _harmonic_sum(self, spectrum: NDArray[np.float32], f0_hz: float) -> float:
        harmonics = np.arange(1, max(1, min(_HARMONICS, int(_FMAX_HZ / f0_hz))) + 1)
        teeth = self._at(spectrum, harmonics * f0_hz)
        return float(_HARMONIC_WEIGHT ** np.arange(teeth.size) @ teeth)

    def _doubts(self, risen: NDArray[np.float32], found: list[Pitch], length: int) -> list[float]:
        """For each candidate 0..1: how much speaks for a multiple or a part of it."""
        return [
            max(self._octave_doubt(risen, pitch.f0_hz, length), _periods_doubt(pitch, found))
            for pitch in found
        ]

    def _octave_doubt(self, spectrum: NDArray[np.float32], f0_hz: float, length: int) -> float:
        """0 = the teeth speak for `f0_hz`, 1 = for a multiple or a part of it."""
        periods = length * f0_hz / self._estimator.sample_rate
        count = max(4, min(12, int(_TEETH_HZ / f0_hz)))
        number = np.arange(1, count + 1)
        teeth = self._at(spectrum, number * f0_hz)
        number = number[: teeth.size]
        doubts = [0.0]
        if periods >= _RESOLVED_PERIODS:
            for multiple in (2, 3):
                lonely = teeth[number % multiple == 0]
                others = teeth[(number % multiple != 0) & (number > 1)]
                if lonely.size and others.size:
                    doubts.append(1.0 - float(others.mean() / (_LONELY_TEETH * lonely.mean() + 1e-12)))
        if periods >= 2.0 * _RESOLVED_PERIODS - 1.0:
            between = self._at(spectrum, (np.arange(1, count) + 0.5) * f0_hz)
            if between.size:
                doubts.append(float(between.mean() / (teeth.mean() + 1e-12)) / _BETWEEN_TEETH - 1.0)
        return min(max(doubts), 1.0)
