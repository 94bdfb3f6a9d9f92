"""How loud it is, now, at its recent loudest and at its recent quietest.

Conventions
-----------
Levels are root mean squares in dBFS with the mean removed, so that a DC offset is no sound.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from dsp.convert import SILENCE_DBFS, rms_to_dbfs

_SMOOTH_S = 0.05
_BUCKET_S = 0.1
_FLOOR_S = 3.0


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
        self.smoothed_dbfs: float | None = None

    def push(self, level: float) -> None:
        """Take the level of one hop in dBFS."""
        if self.smoothed_dbfs is None:
            self.smoothed_dbfs = level
        power = 10.0 ** (self.smoothed_dbfs / 10.0)
        power += self._smoothing * (10.0 ** (level / 10.0) - power)
        self.smoothed_dbfs = max(10.0 * float(np.log10(power)), SILENCE_DBFS)
        if self._hops % self._bucket_hops == 0:
            self._buckets.append(self.smoothed_dbfs)
        self._buckets[-1] = min(self._buckets[-1], self.smoothed_dbfs)
        self._hops += 1

    @property
    def floor_dbfs(self) -> float:
        """Running minimum; `SILENCE_DBFS` before the first hop."""
        return min(self._buckets, default=SILENCE_DBFS)
