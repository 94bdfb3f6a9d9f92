"""95 % intervals: how sure a figure is.

Wilson's interval for shares (Wilson 1927), the percentile bootstrap for anything computed from notes
(Efron 1979), and the circular block bootstrap for anything made of neighbouring intervals (Politis & Romano
1992). All are seeded: the same notes give the same interval.
"""

from collections.abc import Callable
from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from dsp.anchors import SEED

_Z95 = 1.959964
"""97.5 % point of the normal distribution."""

_MAX_DRAWS, _MIN_DRAWS, _CELLS = 1000, 200, 2_000_000
"""Resamples: 1000 where cheap, fewer on long sessions, whose intervals are narrow anyway."""


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share.

    Parameters
    ----------
    successes : 0..n
    n : trials, > 0

    Returns
    -------
    (low, high), each 0..1
    """
    share, z2 = successes / n, _Z95 * _Z95
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))


def bootstrap(
    statistic: Callable[[NDArray[np.intp]], NDArray[np.float64]], n: int, *, block: int = 1
) -> tuple[float, float]:
    """Percentile 95 % interval of a statistic of n observations.

    Parameters
    ----------
    statistic : takes indices of observations, shape (draws, n), gives one value a draw, shape (draws,);
        NaN where a draw holds nothing to measure
    n : observations, > 0
    block : neighbours drawn together; 1 = independent observations

    Returns
    -------
    (low, high) in the unit of the statistic
    """
    values = statistic(_resamples(n, block))
    low, high = np.nanpercentile(values, (2.5, 97.5))
    return float(low), float(high)


def _resamples(n: int, block: int) -> NDArray[np.intp]:
    return _short_resamples(n, block) if n <= 64 else _draw(n, block)


@lru_cache(maxsize=128)
def _short_resamples(n: int, block: int) -> NDArray[np.intp]:
    # The live meters ask for the same small matrices twenty times a second.
    indices = _draw(n, block)
    indices.setflags(write=False)
    return indices


def _draw(n: int, block: int) -> NDArray[np.intp]:
    draws = int(np.clip(_CELLS // n, _MIN_DRAWS, _MAX_DRAWS))
    starts = np.random.default_rng(SEED).integers(0, n, size=(draws, -(-n // block)))
    indices = (starts[:, :, None] + np.arange(block)) % n
    return np.asarray(indices.reshape(draws, -1)[:, :n], dtype=np.intp)
