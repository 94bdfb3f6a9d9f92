"""Statistics of quantities that come round again: cents about a semitone, onsets about a step of a grid."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def wrap(x: ArrayLike, period: float) -> NDArray[np.float64]:
    """`x` moved by whole periods into [-period / 2, period / 2)."""
    values = np.asarray(x, dtype=np.float64)
    return np.asarray((values + period / 2) % period - period / 2)


def unwrap_about_centre(x: ArrayLike, period: float) -> NDArray[np.float64]:
    """`x` moved by whole periods so that it lies together around its own circular mean.

    A player 48 cents sharp has notes that read +48 and -49; side by side they read +48 and +51.

    Parameters
    ----------
    x : shape (n,), n > 0
    period : > 0, unit of `x`

    Returns
    -------
    ndarray, shape (n,); its median lies in [-period / 2, period / 2)
    """
    values = np.asarray(x, dtype=np.float64)
    angles = 2 * np.pi * values / period
    mean = np.arctan2(np.sin(angles).mean(), np.cos(angles).mean()) * period / (2 * np.pi)
    together = mean + wrap(values - mean, period)
    median = float(np.median(together))
    return np.asarray(together - (median - float(wrap(median, period))))
