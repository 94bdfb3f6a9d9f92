"""When an onset began, to the sample, once it is known that there was one.

Method
------
An onset is noticed by its spectrum, a hop or two late and on the hop grid. Its beginning is where the short-
time level of the differenced signal first leaves the level before it (the differencing turns down the
strings that ring on): the "instant chosen to mark the transient" of Bello et al., "A tutorial on onset
detection in music signals", IEEE Trans. Speech and Audio Processing 13 (2005).
"""

import numpy as np
from numpy.typing import NDArray

_WINDOW_S = 0.0022
_BACK_S, _AHEAD_S = 0.012, 0.006
"""How far the beginning may lie from where the onset was noticed."""
_SHARE = 0.2
"""Of the way from the level before to the peak of the attack."""
_PULSES_APART_S, _PULSE_SHARE = 0.005, 0.5
"""A low string starts as a train of pulses: gaps so short are bridged, if what lies before is as much as this
of the peak; strings that ring on are weaker."""


def refined_onset(samples: NDArray[np.float32], noticed: int, rate: float) -> int:
    """Index of the beginning of the attack that was noticed at index `noticed`.

    Parameters
    ----------
    samples : float32, shape (n,), reaching 6 ms past `noticed`
    noticed : index in `samples`
    rate : Hz
    """
    length = round(_WINDOW_S * rate)
    start = max(0, noticed - round(_BACK_S * rate))
    change = np.diff(samples[start : noticed + round(_AHEAD_S * rate)]).astype(np.float64)
    energy = np.concatenate([[0.0], np.cumsum(change**2)])
    level = np.sqrt(energy[length:] - energy[:-length])
    peak = int(np.argmax(level))
    least = float(level[: peak + 1].min())
    rise = level[: peak + 1] - least
    above = np.flatnonzero(rise >= _SHARE * rise[peak])
    starts = [0, *(np.flatnonzero(np.diff(above) > 1) + 1)]
    chosen = len(starts) - 1
    while chosen > 0 and above[starts[chosen]] - above[starts[chosen] - 1] < _PULSES_APART_S * rate:
        if rise[above[starts[chosen - 1] : starts[chosen]]].max() < _PULSE_SHARE * rise[peak]:
            break
        chosen -= 1
    return start + int(above[starts[chosen]]) + length // 2
