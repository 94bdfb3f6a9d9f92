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
    below = np.flatnonzero(level[:peak] <= least + _SHARE * (float(level[peak]) - least))
    first = int(below[-1]) + 1 if below.size else 0
    return start + first + length // 2
