"""Was a string plucked again, or stopped?

Method
------
A finger that comes to a sounding string makes an onset, and for a moment the pitch is still there. A pluck,
however soft, lifts the harmonics at once or has them ring on after the old sound was damped; a finger that
stops the string does neither: right after the onset they are weaker than before, later weaker still, and
half gone. The live engine has claimed a note by then.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Read = Callable[[float, float], NDArray[np.float32]]
"""Gives the samples from one time in seconds to another, fewer where the take begins or ends."""

_LOOK_S, _PERIODS = 0.04, 3.0
"""Each look is that long, or so many periods of a low string, which a Hann window needs to part harmonics."""
_GUARD_S = 0.008
"""An onset may be claimed this much late."""
_AFTER_S, _LATER_S = 0.012, 0.05
"""When the scrape of a pick is over, and when a string that was stopped is."""
_HALF_DB = -6.0
_HARMONICS = 8


def is_stopped(read: Read, onset_s: float, f0_hz: float, sample_rate: float) -> bool:
    """Whether the onset stopped the string that sounded before at the same pitch.

    Parameters
    ----------
    read : gives the samples around the onset
    onset_s : seconds
    f0_hz : pitch before and after
    sample_rate : Hz
    """
    length_s = max(_LOOK_S, _PERIODS / f0_hz)
    first_s = onset_s - _GUARD_S - length_s
    last_s = onset_s + _LATER_S + length_s
    samples = read(first_s, last_s)
    length = round(length_s * sample_rate)
    if first_s < 0.0 or samples.size < round((last_s - first_s) * sample_rate) - 1:
        return False

    def look(from_s: float) -> float:
        start = min(round((from_s - first_s) * sample_rate), samples.size - length)
        return harmonics_db(samples[start : start + length], f0_hz, sample_rate)

    before = look(first_s)
    after, later = look(onset_s + _AFTER_S) - before, look(onset_s + _LATER_S) - before
    return later <= after <= 0.0 and later <= _HALF_DB


def harmonics_db(samples: NDArray[np.float32], f0_hz: float, sample_rate: float) -> float:
    """Power of the first eight harmonics in dB, full-scale sine = -3.

    Parameters
    ----------
    samples : float32, shape (n,), three periods or more
    f0_hz : a pitch
    sample_rate : Hz
    """
    numbers = np.arange(1, _HARMONICS + 1)
    numbers = numbers[numbers * f0_hz < 0.45 * sample_rate]
    window = np.hanning(samples.size)
    turns = np.outer(numbers * f0_hz / sample_rate, np.arange(samples.size))
    amplitudes = 2.0 * np.abs(np.exp(-2j * np.pi * turns) @ (window * samples)) / window.sum()
    return float(10.0 * np.log10(0.5 * np.sum(amplitudes**2) + 1e-20))
