"""Was a string plucked, or only something struck?

Method
------
Three looks. When a pitch is claimed, its harmonics must have risen with the onset. A pitch that sounded
before must not simply go on: a string that is plucked again starts its vibration anew, while one that rings
through a knock keeps its waveform, so the sound after the onset can be laid over the sound before it. And a
tenth of a second later the sound above 300 Hz must repeat with the claimed period: the body of a guitar,
when it is thumped, answers with a few broad resonances near 100, 200 and 400 Hz (Fletcher & Rossing, "The
physics of musical instruments", 2nd ed., section 9.5) that pass for a low note but have no harmonics above
them.
"""

import numpy as np
from numpy.typing import NDArray

from dsp.pitch import SILENT_POWER, nsdf

_RISE_DB = 0.7
"""Least rise of a claimed pitch's harmonics."""
_PLUCKED_AGAIN_DB, _KNOCK_DB = 3.0, 25.0
"""A string plucked again may lose a little level; a knock on a ringing string fills the gaps between."""
_UNDISTURBED, _UNDISTURBED_RISE_DB = 0.8, 1.5
"""As like the sound before as this, and hardly louder: nobody touched the string."""
_SETTLED_S = 0.004
_GUARD_S = 0.002
_STRETCH = 0.005
"""How far off a period may be (9 cents) when two stretches of sound are laid over each other."""

LOOK_AGAIN_S, LOOK_LENGTH_S = 0.1, 0.09
_HARMONICS_HZ = (300.0, 4000.0)
_LEAST_PERIODIC = 0.35
_LAG_STRETCH = 0.06
_MOST_FALL_DB = 25.0
"""No string that is left alone dies away so fast."""
_AIR_RESONANCE_HZ, _THUMP_FALL_DB, _QUICK_FALL_DB, _THUMP_PERIODIC = (75.0, 131.0), 6.5, 12.0, 0.86
"""Where the air in a guitar resonates (about 100 Hz), a thump dies away faster than a string, and the sooner
it is called one the worse it repeats."""


def rose(rise_db: float, rest_db: float, *, sounded: bool) -> bool:
    """Whether the harmonics of a pitch came with an onset.

    Parameters
    ----------
    rise_db : by how much the harmonics are stronger than before the onset
    rest_db : the same for what lies between them
    sounded : the same pitch sounded before
    """
    return rise_db >= _RISE_DB or (sounded and rise_db > -_PLUCKED_AGAIN_DB and rest_db < _KNOCK_DB)


def rings_through(
    samples: NDArray[np.float32], onset: int, period: float, rise_db: float, rate: float
) -> bool:
    """Whether a string that sounded before an onset was left alone by it.

    Parameters
    ----------
    samples : float32, shape (n,), up to now
    onset : index in `samples`
    period : of the string, in samples
    rise_db : by how much its harmonics are stronger than before
    rate : Hz
    """
    return rise_db < _UNDISTURBED_RISE_DB and _likeness(samples, onset, period, rate) > _UNDISTURBED


def _likeness(samples: NDArray[np.float32], onset: int, period: float, rate: float) -> float:
    """Highest correlation of what follows the onset with what was whole periods earlier."""
    best = 0.0
    first = int(np.ceil((samples.size - onset + _GUARD_S * rate) / period))
    for periods in (first, first + 1):
        lag = round(periods * period)
        reach = max(2, int(_STRETCH * lag))
        start = max(onset + round(_SETTLED_S * rate), lag + reach)
        now = samples[start:] - samples[start:].mean() if start < samples.size else samples[:0]
        if now.size < period:
            continue
        earliest = start - lag - reach
        stretches = np.lib.stride_tricks.sliding_window_view(
            samples[earliest : earliest + now.size + 2 * reach], now.size
        )
        power = np.maximum(stretches.var(axis=1) * now.size, 1e-12) * max(float(now @ now), 1e-12)
        best = max(best, float(np.max((stretches @ now) / np.sqrt(power))))
    return best


class Sustain:
    """Tells a string from a thump once the attack is over.

    Parameters
    ----------
    rate : Hz
    length : samples of a look
    """

    def __init__(self, rate: float, length: int) -> None:
        self._rate = rate
        self.length = length
        self._window = np.hanning(length).astype(np.float32)
        self._of_the_window = np.maximum(nsdf(self._window, 2 * length // 3), 0.1)
        frequencies = np.fft.rfftfreq(length, 1.0 / rate)
        self._harmonics = (frequencies >= _HARMONICS_HZ[0]) & (frequencies <= _HARMONICS_HZ[1])

    def is_string(self, samples: NDArray[np.float32], f0_hz: float, fall_db: float) -> bool:
        """Whether a pitch is still borne by harmonics.

        Parameters
        ----------
        samples : float32, shape (length,), up to now
        f0_hz : the claimed pitch
        fall_db : how far the level has fallen since its peak
        """
        periodicity = self.periodicity(samples, f0_hz)
        low, high = _AIR_RESONANCE_HZ
        most_db = _QUICK_FALL_DB if low <= f0_hz < high else _MOST_FALL_DB
        if low <= f0_hz < high and periodicity < _THUMP_PERIODIC:
            most_db = _THUMP_FALL_DB
        return fall_db <= most_db and periodicity >= _LEAST_PERIODIC

    def periodicity(self, samples: NDArray[np.float32], f0_hz: float) -> float:
        """Height of the NSDF near the period of `f0_hz`, of the sound above 300 Hz; about -1..1.

        That of the window is divided out (Boersma 1993), or long periods would seem to repeat worse.
        """
        spectrum = np.fft.rfft((samples - samples.mean()) * self._window)
        above = np.fft.irfft(spectrum * self._harmonics, samples.size).astype(np.float32)
        period = self._rate / f0_hz
        first, end = int(period * (1.0 - _LAG_STRETCH)), int(period * (1.0 + _LAG_STRETCH)) + 3
        return float((_nsdf_between(above, first, end) / self._of_the_window[first:end]).max())


def _nsdf_between(frame: NDArray[np.float32], first: int, end: int) -> NDArray[np.float64]:
    """`dsp.pitch.nsdf` at the lags from `first` to before `end` alone; for so few, transforms cost more."""
    later = np.concatenate([frame[first:], np.zeros(end - 1, dtype=np.float32)])
    products = np.correlate(later, frame, "valid").astype(np.float64)
    square = frame.astype(np.float64) ** 2
    lost = np.concatenate([[0.0], np.cumsum(square[: end - 1] + square[:-end:-1])])[first:]
    power = 2.0 * float(square.sum()) - lost
    silent = power <= SILENT_POWER * max(frame.size, 1)
    return np.asarray(np.where(silent, 0.0, 2.0 * products / np.where(silent, 1.0, power)))
