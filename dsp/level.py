"""How loud it is, now, at its recent loudest and at its recent quietest.

Conventions
-----------
Levels are root mean squares in dBFS with the mean removed, so that a DC offset is no sound.
"""

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray

from dsp.convert import SILENCE_DBFS, rms_to_dbfs

_SMOOTH_S = 0.05
_BUCKET_S = 0.1
_FLOOR_S = 3.0
_SILENCE = 10.0 ** (SILENCE_DBFS / 10.0)
"""As a power."""


def level_dbfs(samples: NDArray[np.float32]) -> float:
    """RMS level of `samples` (shape (n,)) in dBFS, mean removed; never below `SILENCE_DBFS`."""
    return float(rms_to_dbfs(np.std(samples, dtype=np.float64)))


class FloorFollower:
    """Running minimum of the smoothed level over three seconds: the noise floor when there are rests.

    Martin, "Noise power spectral density estimation based on optimal smoothing and minimum statistics", IEEE
    Trans. Speech and Audio Processing 9 (2001), reduced to one band.

    Parameters
    ----------
    hops_per_second : rate of `push`
    """

    def __init__(self, hops_per_second: float) -> None:
        self._smoothing = 1.0 - float(np.exp(-1.0 / (_SMOOTH_S * hops_per_second)))
        self._bucket_hops = max(1, round(_BUCKET_S * hops_per_second))
        self._buckets: deque[float] = deque(maxlen=round(_FLOOR_S / _BUCKET_S))
        self._hops = 0
        self._power = 0.0
        self._floor = _SILENCE

    def push(self, level: float) -> None:
        """Take the level of one hop in dBFS."""
        power = 10.0 ** (level / 10.0)
        if self._hops == 0:
            self._power = power
        self._power = max(self._power + self._smoothing * (power - self._power), _SILENCE)
        if self._hops % self._bucket_hops == 0:
            self._buckets.append(self._power)
            self._floor = min(self._buckets)
        if self._power < self._buckets[-1]:
            self._buckets[-1] = self._power
            self._floor = min(self._floor, self._power)
        self._hops += 1

    @property
    def smoothed_dbfs(self) -> float:
        """Level over the last 50 ms; `SILENCE_DBFS` before the first hop."""
        return 10.0 * math.log10(max(self._power, _SILENCE))

    @property
    def floor_dbfs(self) -> float:
        """Running minimum; `SILENCE_DBFS` before the first hop."""
        return 10.0 * math.log10(self._floor)
