"""Which simple ratios the intervals between notes follow, if any."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """Notes start..stop-1 that share one beat.

    Attributes
    ----------
    positions : shape (stop - start,), place of each note in units of the finest grid, from 0
    shortest : the shortest note value in that unit
    """

    start: int
    stop: int
    positions: Array
    shortest: int


@dataclass(frozen=True, slots=True, eq=False)
class Rhythm:
    """The phrases of a take and what they have in common; see `dsp.tempo.Beat` for the rest."""

    found: bool
    name: str
    ratios: tuple[float, ...]
    phrases: tuple[Phrase, ...]
    relative_interval: Array


def find_rhythm(onsets: Array) -> Rhythm:
    """The rhythm of onsets, shape (n,), s, ascending, n >= 2."""
    intervals = np.diff(onsets)
    relative = intervals / intervals.mean()
    phrase = Phrase(0, onsets.size, np.arange(onsets.size, dtype=np.float64), 1)
    found = float(np.std(relative)) < 0.2
    return Rhythm(found, "one interval", (1.0,), (phrase,), relative)
