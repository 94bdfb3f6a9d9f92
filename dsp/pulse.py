"""Following a pulse through intervals, one interval ahead of the player.

A second-order phase-locked loop: from the last note and the present unit it predicts where the next note of
the grid falls, notes how far off the note really was, and corrects phase and unit a little. Its error is thus
always that of a prediction made before the interval was seen. Many takes and many first guesses of the unit
are followed side by side.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_PHASE_GAIN = 0.4
"""Share of an error that moves the phase: enough to take up a slip within two or three notes."""

_UNIT_GAIN = 0.1
"""Share of an error that moves the unit: follows a tempo that changes by 1 % a note."""

_LEAST_USE = 0.1
"""The shortest note value must make up this share of the intervals, or a finer grid could never be wrong."""

_QUANTUM = 4
"""Ratios are looked up to a quarter of a unit: finer than any grid tells notes apart."""

_UNUSED = np.inf


@dataclass(frozen=True)
class Grid:
    """Note values that may occur.

    Attributes
    ----------
    name : in words, for the player
    shortest : the shortest note value, in units of the grid
    values : all of them, ascending; 0 stands for a note that was heard twice
    """

    name: str
    shortest: int
    values: tuple[int, ...]

    @cached_property
    def nearest(self) -> Array:
        """Nearest value for each ratio in steps of a quarter."""
        ratios = np.arange(_QUANTUM * self.values[-1] + 1) / _QUANTUM
        values = np.array(self.values, dtype=np.float64)
        return np.asarray(values[np.abs(ratios[:, None] - values).argmin(axis=1)])


ONE_INTERVAL = Grid("one interval", 1, (1,))


def prediction_error(gaps: Array, live: Mask, unit: Array, grid: Grid) -> Array:
    """Mean absolute error of the predictions, in units.

    Parameters
    ----------
    gaps : shape (n, takes), s, the intervals of each take in order
    live : shape (n, takes), False where there is no interval to predict: a pause, or past the end
    unit : shape (takes, guesses), s, first guesses of the unit
    grid : allowed note values

    Returns
    -------
    ndarray, shape (takes, guesses); infinite where the shortest note value hardly occurs, since a grid that
        is finer than the playing fits anything
    """
    error, shortest = np.zeros_like(unit), np.zeros_like(unit)
    lag, unit = np.zeros_like(unit), unit.copy()
    for gap, on in zip(gaps[:, :, None], live[:, :, None], strict=True):
        count, miss = _step(gap, lag, unit, grid)
        error += np.where(on, np.minimum(np.abs(miss / unit), 1.0), 0.0)
        shortest += on & (count == grid.shortest)
        lag, unit = _correct(lag, unit, count, miss, on)
    seen = np.maximum(live.sum(axis=0), 1)[:, None]
    return np.where(shortest >= np.maximum(_LEAST_USE * seen, 2), error / seen, _UNUSED)


def count_units(gaps: Array, live: Mask, unit: float, grid: Grid) -> Array:
    """Units in each interval of one take, shape (n,); parameters as for `prediction_error`."""
    lag, units, counts = np.zeros(1), np.array([unit]), np.zeros(gaps.size)
    for i, (gap, on) in enumerate(zip(gaps, live, strict=True)):
        count, miss = _step(np.array([gap]), lag, units, grid)
        lag, units = _correct(lag, units, count, miss, np.array([on]))
        counts[i] = count[0]
    return counts


def _step(gap: Array, lag: Array, unit: Array, grid: Grid) -> tuple[Array, Array]:
    since_grid = gap + lag
    ratio = np.rint(_QUANTUM * since_grid / unit)
    count = grid.nearest[np.clip(ratio, 0, grid.nearest.size - 1).astype(np.intp)]
    return count, since_grid - count * unit


def _correct(lag: Array, unit: Array, count: Array, miss: Array, on: Mask) -> tuple[Array, Array]:
    # A miss beyond half a unit is a slip, not a change of tempo.
    miss = np.clip(miss, -0.5 * unit, 0.5 * unit)
    corrected = unit + _UNIT_GAIN * miss / np.maximum(count, 1.0)
    return np.where(on, (1.0 - _PHASE_GAIN) * miss, 0.0), np.where(on, corrected, unit)
