"""What sounds besides the note: hum of the mains and noise, heard between the harmonics.

Method
------
The spectrum of the settled part of a note is looked at where no partial of it lies. Bands are an octave wide;
in each a low quantile of the power stands for the noise, so that another string's partials hardly count
(minimum statistics, Martin 2001, over frequency instead of time). Hum is what stands above that noise on the
multiples of 50 or 60 Hz.

Conventions
-----------
Levels in dBFS as a root mean square over all frequencies. A clean string reads 45 to 50 dB below its own
level: that is how far its partials leak.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dsp.convert import SILENCE_DBFS

Array = NDArray[np.float64]

MAINS_HZ = (50.0, 60.0)
LENGTH_S = 0.09
_LINES = 8
_LOWEST_HZ = 40.0
_CLEAR_BINS = 3.5
"""A partial fills the bins this near to it: the main lobe of the window, and a little for its decay."""
_QUARTER_OF_MEAN = 0.288
"""Power in a bin of white noise is exponentially distributed: a quarter lies below this share of its mean."""
_STRETCH = 6e-5
_LINE_BINS = 1.2
_LEAST_BINS = 4


@dataclass(frozen=True, slots=True)
class Background:
    """Levels in dBFS: noise without hum, and hum if the mains had 50 or 60 Hz (`SILENCE_DBFS` = none)."""

    noise_dbfs: float
    hum50_dbfs: float
    hum60_dbfs: float


def measure_background(samples: NDArray[np.float32], f0_hz: float, sample_rate: float) -> Background:
    """Hum and noise under a note.

    Parameters
    ----------
    samples : shape (n,), after the attack
    f0_hz : of the note
    sample_rate : Hz
    """
    grid = _grid(samples.size, sample_rate)
    power = np.abs(np.fft.rfft((samples - samples.mean()) * grid.window)) ** 2 * grid.scale
    free = _free(grid.frequencies, f0_hz, grid.bin_hz)
    above = np.maximum(power - _noise(power, grid.octaves, free), 0.0)
    hum = [float(above[on & free].sum()) for on in grid.lines]
    # Hum fills so many of the low bins that it must be left out for the noise to be seen.
    noise = _noise(power, grid.octaves, free & ~grid.lines[int(np.argmax(hum))])
    return Background(_dbfs(float(noise.sum())), _dbfs(hum[0]), _dbfs(hum[1]))


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """What the length and the rate decide: bins, the octaves from the top, the bins of the mains."""

    window: Array
    scale: float
    frequencies: Array
    bin_hz: float
    octaves: tuple[slice, ...]
    lines: tuple[NDArray[np.bool_], ...]


@lru_cache(maxsize=8)
def _grid(size: int, sample_rate: float) -> _Grid:
    window = np.blackman(size)
    bin_hz = sample_rate / size
    frequencies = np.arange(size // 2 + 1, dtype=np.float64) * bin_hz
    edges = [size // 2 + 1]
    while edges[-1] * bin_hz > _LOWEST_HZ:
        edges.append(edges[-1] // 2)
    octaves = tuple(slice(low, high) for high, low in pairwise(edges))
    # Parseval: summed over all bins the scaled power is the mean square of the samples.
    scale = 2.0 / (size * float(window @ window))
    return _Grid(
        window, scale, frequencies, bin_hz, octaves, tuple(_lines(frequencies, hz, bin_hz) for hz in MAINS_HZ)
    )


def _dbfs(power: float) -> float:
    return max(10.0 * float(np.log10(max(power, 1e-30))), SILENCE_DBFS)


def _free(frequencies: Array, f0_hz: float, bin_hz: float) -> NDArray[np.bool_]:
    """Bins in which no partial of the note lies."""
    number = np.maximum(np.rint(frequencies / f0_hz), 1.0)
    flat, sharp = number * f0_hz, number * f0_hz * np.sqrt(1.0 + _STRETCH * number**2)
    away = np.maximum(flat - frequencies, frequencies - sharp)
    return np.asarray((away > _CLEAR_BINS * bin_hz) & (frequencies > _LOWEST_HZ))


def _noise(power: Array, octaves: tuple[slice, ...], free: NDArray[np.bool_]) -> Array:
    """Power of the noise in each bin; an octave without free bins is like the one above."""
    density, level = np.zeros(power.size), 0.0
    for octave in octaves:
        seen = power[octave][free[octave]]
        if seen.size >= _LEAST_BINS:
            quarter = seen.size // 4
            level = float(np.partition(seen, quarter)[quarter]) / _QUARTER_OF_MEAN
        density[octave] = level
    return density


def _lines(frequencies: Array, mains_hz: float, bin_hz: float) -> NDArray[np.bool_]:
    lines = mains_hz * np.arange(1, _LINES + 1)
    return np.asarray(np.abs(frequencies[:, None] - lines).min(axis=1) < _LINE_BINS * bin_hz)
