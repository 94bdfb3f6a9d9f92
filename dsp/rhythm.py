"""Which simple ratios the intervals between notes follow, if any.

A grid of ratios is believed only if it predicts held-out intervals (each is predicted before it is seen, see
`dsp.pulse`) clearly better than one interval does, and better than luck does on shuffled intervals (see
`dsp.chance`). One interval itself needs no proof when the playing is tight; loose playing must show that the
order of its intervals matters. Everything else has no steady beat.

A take is judged stretch by stretch, so that the player may change exercise.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dsp.anchors import SEED
from dsp.chance import GRIDS, beats_shuffles, chance_limits, even_error, search, side_by_side
from dsp.pulse import ONE_INTERVAL, Array, Grid, Mask, count_units

_STRETCH = 64
"""Intervals judged together: eight bars of eighths."""

_PAUSE = 4.5
"""An interval of this many median intervals is a pause: the beat starts anew after it."""

_TIGHT_CV, _TIGHT_LOSS, _TIGHT_REACH = 0.16, 3.0, 0.5
"""Intervals this even need no proof of a beat. Uniform random ones have a variation of .29, but a few of them
may look even, so a stretch of n must stay below .16 (1 - 3 / n); none may stray from the median by half."""

_GAIN = (0.8, 0.45, 0.45)
"""A grid's error must stay below this share of the error of one interval: the freer, the less."""

_GAIN_OVER_SIMPLER = 0.4
"""And below this share of a simpler grid's: half the unit halves the error for nothing."""

_SAME_UNIT = 1.2
"""Neighbouring stretches whose units differ by more are different exercises."""


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
    """How a stretch is read: its grid, the unit, the units in each interval, and whether that was proven."""

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
    played = [stretch.played for stretch in stretches]
    gaps, live = side_by_side([stretch.gaps for stretch in stretches], [s.live for s in stretches])
    errors, units = search(gaps, live, played)
    even = even_error(gaps, live, played)
    steady = beats_shuffles(played, even, rng)
    limits = chance_limits(played, rng)
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
