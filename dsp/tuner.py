"""A tuner: which string is meant, and how far off it is.

Method
------
The period comes from the NSDF (see `dsp.pitch`). Each partial is then measured on its own by how far its
phase turns from one window to the next (Flanagan & Golden, "Phase vocoder", 1966), and the partials of a
stiff string are fitted: f_n = n f0 sqrt(1 + B n^2) (Fletcher, "Normal vibration frequencies of a stiff piano
string", JASA 36, 1964).

Conventions
-----------
What is called f0 is the frequency of the first partial, as all partials together tell it, heard or not. Cents
are positive when the string is sharp.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dsp.convert import hz_to_midi
from dsp.framing import Framer
from dsp.level import level_dbfs
from dsp.pitch import PitchEstimator
from dsp.tuning import STANDARD, Tuning

Array = NDArray[np.float64]

WINDOW_S = 0.28
"""Nine periods of the lowest pitch looked for: its partials are then apart in half of it."""
EVERY_S = 0.05
_FMIN_HZ, _FMAX_HZ = 32.0, 1450.0
"""C1, a bass tuned down by four semitones, to above E6."""
_QUIETEST_DBFS = -60.0
_LEAST_CLARITY = 0.8
_PERIOD_RATIO = 0.94
"""The first peak of the NSDF this high, of the highest, is the period: less would take a strong octave."""
_LONELY_SHARE = 0.03
"""Partials of the octave below that hold more than this share of the power show that it is the pitch."""
_PARTIALS = 12
_HIGHEST_PARTIAL_HZ = 5000.0
_AUDIBLE_DB = -40.0
"""Partials further below the strongest say more about noise than about the string."""
_LEAST_TO_STRETCH = 3
_MOST_STIFF = 1e-3
"""No string of a guitar is stiffer; a short thick bass string comes near."""
_MOST_ASTRAY_CENTS = 50.0
"""A partial further from where the others expect it is another string's."""
_STEADY_CENTS = 2.0
"""Further apart in the two halves of the window, and the pitch still moves."""


@dataclass(frozen=True, slots=True)
class TunerReading:
    """What a tuner shows.

    Attributes
    ----------
    string : of the tuning, 0 = the lowest: the one nearest in pitch
    target_midi : its MIDI number
    cents : how sharp it is
    f0_hz : frequency of its first partial
    clarity : 0..1, how regular the sound is
    steady : the pitch stands still, so that the reading may be believed to the cent
    """

    string: int
    target_midi: int
    cents: float
    f0_hz: float
    clarity: float
    steady: bool


class Tuner:
    """Reads a stream of samples, twenty times a second.

    Parameters
    ----------
    sample_rate : Hz
    tuning : whose strings are meant
    a4_hz : Hz, the pitch called A4
    """

    def __init__(self, sample_rate: float, *, tuning: Tuning = STANDARD, a4_hz: float = 440.0) -> None:
        self._rate = sample_rate
        self._tuning = tuning
        self._a4_hz = a4_hz
        self.window_length = round(WINDOW_S * sample_rate)
        self._framer = Framer(self.window_length, round(EVERY_S * sample_rate))
        self._estimator = PitchEstimator(sample_rate, _FMIN_HZ, _FMAX_HZ)

    def reset(self) -> None:
        """Forget what was heard."""
        self._framer.reset()

    def push(self, samples: NDArray[np.float32]) -> list[TunerReading]:
        """Readings that `samples` (shape (n,), next of the stream) complete; none while nothing sounds."""
        return [
            reading
            for end, window in self._framer.push(samples)
            if end >= self.window_length and (reading := self.read(window)) is not None
        ]

    def read(self, window: NDArray[np.float32]) -> TunerReading | None:
        """The reading of one window (shape `(window_length,)`), None when no string sounds in it."""
        if level_dbfs(window) < _QUIETEST_DBFS:
            return None
        found = self._estimator.candidates(window)
        highest = max((pitch.clarity for pitch in found), default=0.0)
        if highest < _LEAST_CLARITY:
            return None
        first = next(pitch for pitch in found if pitch.clarity >= _PERIOD_RATIO * highest)
        partials = _Partials(window.astype(np.float64) - float(window.mean()), self._rate)
        f0_hz = first.f0_hz / 2.0 if partials.octave_below(first.f0_hz) else first.f0_hz
        f0_hz, moved_cents = partials.fit(f0_hz)
        midi = float(hz_to_midi(f0_hz, self._a4_hz))
        string = int(np.argmin(np.abs(np.array(self._tuning.strings) - midi)))
        target = self._tuning.strings[string]
        steady = abs(moved_cents) < _STEADY_CENTS
        return TunerReading(string, target, 100.0 * (midi - target), f0_hz, first.clarity, steady)


class _Partials:
    """The partials of a window, seen through three windows of half its length, one after the other."""

    def __init__(self, samples: Array, sample_rate: float) -> None:
        self._rate = sample_rate
        length = samples.size // 2
        self._hop = (samples.size - length) // 2
        # A Hann window squared: its side lobes are down by 46 dB, so that partials don't disturb each other.
        taper = np.hanning(length + 2)[1:-1] ** 2
        self._parts = np.stack([samples[k * self._hop :][:length] * taper for k in range(3)])
        self._time = np.arange(length) / sample_rate

    def _at(self, frequency_hz: float) -> NDArray[np.complex128]:
        """Complex amplitude in each of the three windows, shape (3,)."""
        return np.asarray(self._parts @ np.exp(-2j * np.pi * frequency_hz * self._time))

    def _powers(self, f0_hz: float) -> Array:
        """Power of each partial, shape (n,)."""
        count = max(1, min(_PARTIALS, int(min(_HIGHEST_PARTIAL_HZ, 0.45 * self._rate) / f0_hz)))
        return np.array([np.abs(self._at(f0_hz * n)[1]) ** 2 for n in range(1, count + 1)])

    def octave_below(self, f0_hz: float) -> bool:
        """Whether the odd partials of half of `f0_hz` sound."""
        powers = self._powers(0.5 * f0_hz)
        return float(powers[::2].sum()) > _LONELY_SHARE * float(powers.sum())

    def _measured(self, guess_hz: float) -> tuple[float, float, float]:
        """Frequency in the first and in the second half of the window, and the power, near a guess."""
        for _ in range(2):
            amplitudes = self._at(guess_hz)
            turn = 2.0 * np.pi * self._hop / self._rate
            steps = [
                float(np.angle(b / a * np.exp(-1j * guess_hz * turn))) / turn for a, b in pairwise(amplitudes)
            ]
            first, second = guess_hz + steps[0], guess_hz + steps[1]
            guess_hz = (first + second) / 2.0
        return first, second, float(np.abs(amplitudes[1]) ** 2)

    def fit(self, f0_hz: float) -> tuple[float, float]:
        """Frequency of the first partial, and by how many cents the strongest one moved within the window."""
        powers = self._powers(f0_hz)
        audible = np.flatnonzero(powers >= 10.0 ** (_AUDIBLE_DB / 10.0) * powers.max()) + 1
        rows: list[tuple[float, float, float]] = []
        expected, stretch, moved = f0_hz, 0.0, 0.0
        for number in audible.tolist():
            guess = expected * number * float(np.sqrt((1.0 + stretch * number**2) / (1.0 + stretch)))
            first, second, power = self._measured(guess)
            if abs(1200.0 * np.log2((first + second) / 2.0 / guess)) > _MOST_ASTRAY_CENTS:
                continue
            if power >= max((row[2] for row in rows), default=0.0):
                moved = 1200.0 * float(np.log2(second / first))
            rows.append((float(number), (first + second) / 2.0, power))
            expected, stretch = _stiff_string(np.array(rows))
        return expected, moved


def _stiff_string(rows: Array) -> tuple[float, float]:
    """First partial in Hz and stiffness, from (number, Hz, power) of each partial, shape (n, 3).

    (f_n / n)^2 = f0^2 (1 + B n^2) is a line in n^2; partials weigh by their amplitude and, since an error
    in Hz matters less to a higher one, by their number.
    """
    number, frequency, power = rows.T
    x, y = number**2, (frequency / number) ** 2
    weight = np.sqrt(power) * number**2
    x_mean, y_mean = np.average(x, weights=weight), np.average(y, weights=weight)
    if number.size < _LEAST_TO_STRETCH:
        return float(np.sqrt(y_mean)), 0.0
    slope = float(np.sum(weight * (x - x_mean) * (y - y_mean)) / np.sum(weight * (x - x_mean) ** 2))
    slope = float(np.clip(slope, 0.0, _MOST_STIFF * y_mean))
    base = y_mean - slope * x_mean
    return float(np.sqrt(base + slope)), slope / base
