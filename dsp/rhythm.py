"""Which simple ratios the intervals between notes follow, if any.

Ratios that are free enough fit anything: chosen freely for random intervals they earned scores up to one
half. So a grid of ratios is believed only if it predicts held-out intervals (each is predicted before it is
seen, see `dsp.pulse`) clearly better than one interval does, and better than the same search manages on
shuffled intervals. Shuffled intervals alone keep their ratios, so they are also blurred by half their spread.

A take is judged stretch by stretch, so that the player may change exercise.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dsp.anchors import SEED
from dsp.pulse import ONE_INTERVAL, Array, Grid, Mask, count_units, prediction_error

GRIDS = (
    Grid("long and short notes", 1, (0, 1, 2, 3, 4, 6, 8)),
    Grid("eighths and triplets", 2, (0, 2, 3, 4, 6, 9, 12)),
    Grid("sixteenths, eighths and triplets", 3, (0, 3, 4, 6, 8, 9, 12)),
)
"""From the simplest to the freest."""

_STRETCH = 64
"""Intervals judged together: eight bars of eighths."""

_PAUSE = 4.5
"""An interval of this many median intervals is a pause: the beat starts anew after it."""

_TIGHT_CV, _TIGHT_LOSS, _TIGHT_REACH = 0.16, 3.0, 0.5
"""Intervals this even need no proof of a beat. Uniform random ones have a variation of .29, but a few of them
may look even, so a stretch of n must stay below .16 (1 - 3 / n); none may stray from the median by half."""

_GUESSES = 40
"""First guesses of the step: at most 5 % apart, which the pulse takes up."""

_CHANCES = 24
"""Blurred shuffles that a grid must beat, all of them."""

_CHANCE_MARGIN = 0.9
"""And by this factor: the grids are three, and so are their occasions to be lucky."""

_BLUR = 0.5
"""Blur of the shuffled intervals, in standard deviations of the intervals."""

_CHANCE_STRETCHES = 12
"""Stretches whose own chance level is measured; in a longer take the others borrow the nearest one's."""

_GAIN = (0.8, 0.45, 0.45)
"""A grid's error must stay below this share of the error of one interval: the freer, the less."""

_GAIN_OVER_SIMPLER = 0.4
"""And below this share of a simpler grid's: half the unit halves the error for nothing."""

_SAME_UNIT = 1.2
"""Neighbouring stretches whose units differ by more are different exercises."""

_SHUFFLES = 40
"""Shuffles that loose playing must beat to count as one steady interval."""

Search = tuple[Array, Array]
"""Best error in units of each grid, and the unit it was reached with; shape (grids, takes) each."""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """Notes start..stop-1, which share one beat.

    Attributes
    ----------
    positions : shape (stop - start,), place of each note in units of the grid, from 0
    shortest : the shortest note value in that unit
    """

    start: int
    stop: int
    positions: Array
    shortest: int


@dataclass(frozen=True, slots=True, eq=False)
class Rhythm:
    """The phrases of a take and what they have in common; the rest as in `dsp.tempo.Beat`."""

    found: bool
    name: str
    ratios: tuple[float, ...]
    phrases: tuple[Phrase, ...]
    relative_interval: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    """Intervals start..start+n-1 of a take."""

    start: int
    gaps: Array
    live: Mask

    @property
    def played(self) -> Array:
        """The intervals that are no pauses."""
        return self.gaps[self.live]


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """How a stretch is read: its grid, the unit in seconds, the units in each interval, and whether proven."""

    grid: Grid
    unit_s: float
    units: Array
    proven: bool


def find_rhythm(onsets: Array) -> Rhythm:
    """The rhythm of onsets, shape (n,), s, ascending, n >= 2."""
    stretches = _stretches(np.diff(onsets))
    readings: list[_Reading | None] = [_read_tight(stretch) for stretch in stretches]
    loose = [i for i, reading in enumerate(readings) if reading is None]
    for i, reading in zip(loose, _read_loose([stretches[i] for i in loose]), strict=True):
        readings[i] = reading
    read = [(stretch, reading) for stretch, reading in zip(stretches, readings, strict=True) if reading]
    weight = Counter[Grid]()
    for stretch, reading in read:
        weight[reading.grid] += stretch.played.size
    grid = weight.most_common(1)[0][0]
    proven = sum(stretch.played.size for stretch, reading in read if reading.proven)
    return Rhythm(
        found=2 * proven >= weight.total(),
        name=grid.name,
        ratios=_ratios([reading.units[s.live] for s, reading in read if reading.grid is grid], grid),
        phrases=tuple(_phrases(read)),
        relative_interval=np.concatenate([s.played / s.played.mean() for s, _ in read]),
    )


def _stretches(intervals: Array) -> list[_Stretch]:
    live = intervals <= _PAUSE * np.median(intervals)
    parts = np.array_split(np.arange(intervals.size), -(-intervals.size // _STRETCH))
    stretches = [_Stretch(int(part[0]), intervals[part], live[part]) for part in parts]
    return [stretch for stretch in stretches if stretch.live.any()]


def _read_tight(stretch: _Stretch) -> _Reading | None:
    played = stretch.played
    stray = np.abs(played / np.median(played) - 1.0).max()
    limit = _TIGHT_CV * (1.0 - _TIGHT_LOSS / played.size)
    if played.std() < limit * played.mean() and stray < _TIGHT_REACH:
        return _Reading(ONE_INTERVAL, float(np.median(played)), np.ones(stretch.gaps.size), proven=True)
    return None


def _read_loose(stretches: list[_Stretch]) -> list[_Reading]:
    if not stretches:
        return []
    rng = np.random.default_rng(SEED)
    gaps, live = _side_by_side([stretch.gaps for stretch in stretches], [s.live for s in stretches])
    errors, units = _search(gaps, live, [stretch.played for stretch in stretches])
    even = _even_errors(gaps, live, [stretch.played for stretch in stretches])
    steady = _beats_shuffles(stretches, even, rng)
    limits = _chance_limits(stretches, rng)
    readings = []
    for i, stretch in enumerate(stretches):
        typical = float(np.median(stretch.played))
        grid, unit = _believed(errors[:, i], units[:, i], limits[:, i], even[i] * typical)
        if grid is ONE_INTERVAL:
            readings.append(_Reading(grid, typical, np.ones(stretch.gaps.size), proven=bool(steady[i])))
        else:
            counts = count_units(stretch.gaps, stretch.live, unit, grid)
            readings.append(_Reading(grid, unit, counts, proven=True))
    return readings


def _believed(errors: Array, units: Array, limits: Array, even_error: float) -> tuple[Grid, float]:
    """The simplest grid that passes every test, and its unit; else one interval."""
    grid, unit, best = ONE_INTERVAL, 0.0, even_error
    for k, candidate in enumerate(GRIDS):
        gain = _GAIN[k] if grid is ONE_INTERVAL else _GAIN_OVER_SIMPLER
        if errors[k] < limits[k] and errors[k] * units[k] < gain * best:
            grid, unit, best = candidate, float(units[k]), float(errors[k] * units[k])
    return grid, unit


def _search(gaps: Array, live: Mask, played: list[Array]) -> Search:
    steps = np.stack([_guesses(intervals) for intervals in played])
    takes = np.arange(len(played))
    errors, units = [], []
    for grid in GRIDS:
        error = prediction_error(gaps, live, steps / grid.shortest, grid)
        best = error.argmin(axis=1)
        errors.append(error[takes, best])
        units.append(steps[takes, best] / grid.shortest)
    return np.stack(errors), np.stack(units)


def _guesses(played: Array) -> Array:
    """Steps worth trying: around the short intervals up to the typical one."""
    low, high = 0.9 * np.quantile(played, 0.1), 1.1 * np.median(played)
    return np.geomspace(low, max(high, 1.2 * low), _GUESSES)


def _chance_limits(stretches: list[_Stretch], rng: np.random.Generator) -> Array:
    """The error that each grid must stay below to be more than luck, shape (grids, stretches)."""
    sampled = np.unique(np.linspace(0, len(stretches) - 1, _CHANCE_STRETCHES).astype(int))
    limits = np.stack([_chance_limit(stretches[i].played, rng) for i in sampled], axis=1)
    nearest = np.abs(np.arange(len(stretches))[:, None] - sampled).argmin(axis=1)
    return np.asarray(limits[:, nearest])


def _chance_limit(played: Array, rng: np.random.Generator) -> Array:
    shuffled = rng.permuted(np.tile(played, (_CHANCES, 1)), axis=1)
    blurred = shuffled + rng.normal(0.0, _BLUR * played.std(), shuffled.shape)
    rows = np.clip(blurred, played.min(), played.max())
    errors, _ = _search(rows.T, np.ones(rows.T.shape, dtype=bool), list(rows))
    typical = np.median(np.where(np.isfinite(errors), errors, 1.0), axis=1)
    luckiest = (errors / typical[:, None]).min()
    return np.asarray(_CHANCE_MARGIN * luckiest * typical)


def _even_errors(gaps: Array, live: Mask, played: list[Array]) -> Array:
    typical = np.array([[np.median(intervals)] for intervals in played])
    return prediction_error(gaps, live, typical, ONE_INTERVAL)[:, 0]


def _beats_shuffles(stretches: list[_Stretch], errors: Array, rng: np.random.Generator) -> Mask:
    """Whether the order of the intervals matters: a late note on a beat makes the next interval short."""
    rows = [row for s in stretches for row in rng.permuted(np.tile(s.played, (_SHUFFLES, 1)), axis=1)]
    gaps, live = _side_by_side(rows, [np.ones(row.size, dtype=bool) for row in rows])
    luck = _even_errors(gaps, live, rows).reshape(len(stretches), _SHUFFLES)
    return np.asarray(errors < luck.min(axis=1))


def _side_by_side(rows: list[Array], live: list[NDArray[np.bool_]]) -> tuple[Array, Mask]:
    longest = max(row.size for row in rows)
    gaps, mask = np.zeros((longest, len(rows))), np.zeros((longest, len(rows)), dtype=bool)
    for i, (row, on) in enumerate(zip(rows, live, strict=True)):
        gaps[: row.size, i], mask[: row.size, i] = row, on
    return gaps, mask


def _ratios(units: list[Array], grid: Grid) -> tuple[float, ...]:
    used = np.concatenate(units)
    return tuple(float(value) / grid.shortest for value in np.unique(used) if value > 0)


def _phrases(read: list[tuple[_Stretch, _Reading]]) -> list[Phrase]:
    """Notes between pauses; stretches that are read alike run on, others share the note between them."""
    phrases: list[Phrase] = []
    for k, (stretch, reading) in enumerate(read):
        runs_on = k > 0 and _alike(read[k - 1], read[k]) and bool(phrases)
        edges = [-1, *np.flatnonzero(~stretch.live), stretch.gaps.size]
        for before, after in pairwise(edges):
            units, start = reading.units[before + 1 : after], stretch.start + before + 1
            positions = np.concatenate([[0.0], np.cumsum(units)])
            if runs_on and before == -1 and phrases[-1].stop == start + 1:
                start, carried = phrases[-1].start, phrases.pop().positions
                positions = np.concatenate([carried[:-1], carried[-1] + positions])
            phrases.append(Phrase(start, start + positions.size, positions, reading.grid.shortest))
    return phrases


def _alike(one: tuple[_Stretch, _Reading], other: tuple[_Stretch, _Reading]) -> bool:
    faster, slower = sorted((one[1].unit_s, other[1].unit_s))
    return one[1].grid is other[1].grid and slower < _SAME_UNIT * faster
