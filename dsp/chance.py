"""Grids of simple ratios tried on intervals, and how well luck alone would do.

Ratios that are free enough fit anything: chosen freely for random intervals they earned scores up to one
half. So the best prediction error of a grid only counts against what the same search manages on the same
intervals shuffled. Shuffled intervals keep their ratios, so they are also blurred by half their spread.
"""

import numpy as np
from numpy.typing import NDArray

from dsp.pulse import ONE_INTERVAL, Array, Grid, Mask, prediction_error

GRIDS = (
    Grid("long and short notes", 1, (0, 1, 2, 3, 4, 6, 8)),
    Grid("eighths and triplets", 2, (0, 2, 3, 4, 6, 9, 12)),
    Grid("sixteenths, eighths and triplets", 3, (0, 3, 4, 6, 8, 9, 12)),
)
"""From the simplest to the freest."""

_GUESSES = 40
"""First guesses of the step: at most 5 % apart, which the pulse takes up."""

_CHANCES = 24
"""Blurred shuffles that a grid must beat, all of them."""

_CHANCE_MARGIN = 0.9
"""And by this factor: the grids are three, and so are their occasions to be lucky."""

_BLUR = 0.5
"""Blur of the shuffled intervals, in standard deviations of the intervals."""

_CHANCE_TAKES = 12
"""Takes whose own chance level is measured; among more of them the others borrow the nearest one's."""

_SHUFFLES = 40
"""Plain shuffles that loose playing must beat, all of them, to count as one steady interval."""


def side_by_side(rows: list[Array], live: list[NDArray[np.bool_]]) -> tuple[Array, Mask]:
    """Rows of different lengths as the columns of one array, and the mask of what they fill."""
    longest = max(row.size for row in rows)
    gaps, mask = np.zeros((longest, len(rows))), np.zeros((longest, len(rows)), dtype=bool)
    for i, (row, on) in enumerate(zip(rows, live, strict=True)):
        gaps[: row.size, i], mask[: row.size, i] = row, on
    return gaps, mask


def search(gaps: Array, live: Mask, played: list[Array]) -> tuple[Array, Array]:
    """Best prediction error of each grid in units, and the unit in seconds that reached it.

    Parameters
    ----------
    gaps, live : shape (n, takes), as for `dsp.pulse.prediction_error`
    played : the live intervals of each take, from which the guesses are made

    Returns
    -------
    (errors, units), shape (grids, takes) each
    """
    steps = np.stack([_guesses(intervals) for intervals in played])
    takes = np.arange(len(played))
    errors, units = [], []
    for grid in GRIDS:
        error = prediction_error(gaps, live, steps / grid.shortest, grid)
        best = error.argmin(axis=1)
        errors.append(error[takes, best])
        units.append(steps[takes, best] / grid.shortest)
    return np.stack(errors), np.stack(units)


def even_error(gaps: Array, live: Mask, played: list[Array]) -> Array:
    """Prediction error of one interval, in intervals, shape (takes,); parameters as for `search`."""
    typical = np.array([[np.median(intervals)] for intervals in played])
    return np.asarray(prediction_error(gaps, live, typical, ONE_INTERVAL)[:, 0])


def chance_limits(takes: list[Array], rng: np.random.Generator) -> Array:
    """The error in units that each grid must stay below to be more than luck, shape (grids, takes)."""
    sampled = np.unique(np.linspace(0, len(takes) - 1, _CHANCE_TAKES).astype(int))
    limits = np.stack([_chance_limit(takes[i], rng) for i in sampled], axis=1)
    nearest = np.abs(np.arange(len(takes))[:, None] - sampled).argmin(axis=1)
    return np.asarray(limits[:, nearest])


def beats_shuffles(takes: list[Array], errors: Array, rng: np.random.Generator) -> Mask:
    """Whether the order of the intervals matters: a late note on a beat makes the next interval short.

    Parameters
    ----------
    takes : the live intervals of each take
    errors : shape (takes,), from `even_error`
    """
    rows = [row for played in takes for row in rng.permuted(np.tile(played, (_SHUFFLES, 1)), axis=1)]
    gaps, live = side_by_side(rows, [np.ones(row.size, dtype=bool) for row in rows])
    luck = even_error(gaps, live, rows).reshape(len(takes), _SHUFFLES)
    return np.asarray(errors < luck.min(axis=1))


def _guesses(played: Array) -> Array:
    """Steps worth trying: around the short intervals up to the typical one."""
    low, high = 0.9 * np.quantile(played, 0.1), 1.1 * np.median(played)
    return np.geomspace(low, max(high, 1.2 * low), _GUESSES)


def _chance_limit(played: Array, rng: np.random.Generator) -> Array:
    shuffled = rng.permuted(np.tile(played, (_CHANCES, 1)), axis=1)
    blurred = shuffled + rng.normal(0.0, _BLUR * played.std(), shuffled.shape)
    rows = np.clip(blurred, played.min(), played.max())
    errors, _ = search(rows.T, np.ones(rows.T.shape, dtype=bool), list(rows))
    typical = np.median(np.where(np.isfinite(errors), errors, 1.0), axis=1)
    luckiest = (errors / typical[:, None]).min()
    return np.asarray(_CHANCE_MARGIN * luckiest * typical)
