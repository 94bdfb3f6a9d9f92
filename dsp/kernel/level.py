"""Level of a stretch of sound, compiled: the mathematics of `dsp.level.level_dbfs`."""

import numpy as np

from dsp.convert import SILENCE_DBFS
from dsp.kernel.fft import Array


def level_dbfs(samples: Array) -> float:
    """RMS in dBFS, mean removed; never below `SILENCE_DBFS`."""
    total = 0.0
    for sample in samples:
        total += np.float64(sample)
    mean = total / samples.size
    power = 0.0
    for sample in samples:
        power += (sample - mean) ** 2
    power /= samples.size
    return float(max(10.0 * np.log10(max(power, 1e-30)), SILENCE_DBFS))
