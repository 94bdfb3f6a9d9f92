"""Input level, peak and clipping, with holds long enough to be seen.

Conventions
-----------
dBFS of `dsp.convert`. Holds are counted in samples of the stream, never by a clock.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dsp.convert import SILENCE_DBFS, rms_to_dbfs

CLIP = 0.999
"""A sample from here up is clipped: 16-bit full scale is 0.99997, and converters saturate just below."""

PEAK_HOLD_S = 1.0
CLIP_HOLD_S = 2.0
SMOOTHING_S = 0.15
"""The level follows with the time a meter eases."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What the input meter shows.

    Attributes
    ----------
    level_dbfs : RMS with the DC removed, smoothed
    peak_dbfs : highest sample of the last second
    clipped : a sample hit full scale in the last two seconds
    clipped_samples : how many did since the start
    """

    level_dbfs: float = SILENCE_DBFS
    peak_dbfs: float = SILENCE_DBFS
    clipped: bool = False
    clipped_samples: int = 0


class LevelMeter:
    """Follows the input.

    Parameters
    ----------
    sample_rate : Hz
    """

    def __init__(self, sample_rate: float) -> None:
        self._rate = sample_rate
        self._power = 0.0
        self._peak = 0.0
        self._peak_age = 0
        self._clip_age: int | None = None
        self._clipped_samples = 0

    def push(self, samples: NDArray[np.float32]) -> Levels:
        """The levels after `samples`, shape (n,)."""
        if samples.size:
            self._follow(samples)
        return Levels(
            level_dbfs=float(rms_to_dbfs(np.sqrt(self._power))),
            peak_dbfs=float(rms_to_dbfs(self._peak)),
            clipped=self._clip_age is not None and self._clip_age <= CLIP_HOLD_S * self._rate,
            clipped_samples=self._clipped_samples,
        )

    def _follow(self, samples: NDArray[np.float32]) -> None:
        n = samples.size
        keep = float(np.exp(-n / (SMOOTHING_S * self._rate)))
        self._power = keep * self._power + (1.0 - keep) * float(np.var(samples, dtype=np.float64))
        magnitude = np.abs(samples)
        peak = float(magnitude.max())
        self._peak_age += n
        if peak >= self._peak or self._peak_age > PEAK_HOLD_S * self._rate:
            self._peak, self._peak_age = peak, 0
        clipped = int(np.count_nonzero(magnitude >= CLIP))
        self._clipped_samples += clipped
        if clipped:
            self._clip_age = 0
        elif self._clip_age is not None:
            self._clip_age += n
