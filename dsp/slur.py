"""A new note without an attack: where the pitch jumped to and stayed.

A finger hammered on or pulled off changes the pitch within a few milliseconds; one that slides to the next
fret takes some thirty; a string that is bent takes a tenth of a second or more and stays the same note. The
pitch is seen through a frame of 35 ms, which blurs every jump by about as much.

Conventions
-----------
Pitches are fractional MIDI numbers, one a voiced hop, each with the sample index at the end of its frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dsp.events import Articulation

Array = NDArray[Any]

LEAST_JUMP, MOST_JUMP = 0.8, 9.0
"""Semitones: less is a bend on its way, more is an octave error and no finger."""
_SAME_NOTE = 0.6
"""Semitones from the claimed pitch: half of one and the wobble of a pluck."""
_HELD_HOPS, _HELD_SEMITONES = 4, 0.12
"""How long the new pitch must be held, and how still: a whole tone bent in 200 ms moves by 0.2."""
_SETTLED_HOPS, _SETTLED_SEMITONES, _DRIFT_SEMITONES = 14, 0.32, 0.1
"""Or longer, and then it may wobble, but not drift. So long after a slide, too: the crest of a wide vibrato
(a semitone and more) looks like one for 70 ms."""
_EDGE = 0.1
"""Share of the way at either end that counts as not yet gone, or arrived."""
_SLIDE_FROM_S, _BEND_FROM_S = 0.026, 0.064
"""Time between the edges. Blurred by the frame, a jump shows as 23 ms at most, a slide of 30 ms as 30 to 50,
one of 60 ms as 55, a bend of 100 ms as 80."""
_BASE_HOPS = (20, 6)
"""The pitch before the jump is taken from here to here before its middle."""
_REMEMBERED_HOPS = 48


@dataclass(frozen=True, slots=True)
class Slur:
    """A note that a finger on the neck made.

    Attributes
    ----------
    midi : the new pitch
    middle : sample index at the end of the frame that was half way
    articulation : "hammer", "pull" or "slide"
    """

    midi: float
    middle: int
    articulation: Articulation


def find_slur(ends: Sequence[int], midi: Sequence[float], claimed: float, sample_rate: float) -> Slur | None:
    """The slur that the newest hops complete, else None.

    Parameters
    ----------
    ends, midi : the voiced hops of the sounding note, oldest first
    claimed : its pitch
    sample_rate : Hz
    """
    if abs(midi[-1] - claimed) <= _SAME_NOTE:
        return None
    still = _held(midi, _HELD_HOPS, _HELD_SEMITONES)
    settled = _held(midi, _SETTLED_HOPS, _SETTLED_SEMITONES)
    reached = settled or still
    if reached is None or not LEAST_JUMP <= abs(reached - claimed) <= MOST_JUMP:
        return None
    way = _way(np.array(ends[-_REMEMBERED_HOPS:]), np.array(midi[-_REMEMBERED_HOPS:]), claimed, reached)
    if way is None or way[0] > _BEND_FROM_S * sample_rate:
        return None
    if way[0] < _SLIDE_FROM_S * sample_rate:
        return Slur(reached, way[1], "hammer" if reached > claimed else "pull")
    return None if settled is None else Slur(reached, way[1], "slide")


def _held(midi: Sequence[float], hops: int, within: float) -> float | None:
    """The pitch that was held through the newest `hops`, or None if it moved."""
    if len(midi) <= hops:
        return None
    recent = sorted(midi[-hops:])
    drift = 2.0 * (sum(midi[-hops // 2 :]) - sum(midi[-hops : -hops // 2])) / hops
    if recent[-1] - recent[0] > within or abs(drift) > _DRIFT_SEMITONES:
        return None
    return 0.5 * (recent[(hops - 1) // 2] + recent[hops // 2])


def _way(ends: Array, midi: Array, claimed: float, reached: float) -> tuple[float, int] | None:
    """Samples between the edges of the way, and the end of the frame half way; None if not from `claimed`."""
    last = np.flatnonzero(np.abs(midi - reached) > 0.5 * abs(reached - claimed))
    if last.size == 0:
        return None
    half = int(last[-1])
    before = midi[max(0, half - _BASE_HOPS[0]) : max(0, half - _BASE_HOPS[1])]
    base = float(np.median(before)) if before.size else claimed
    if abs(base - claimed) > _SAME_NOTE or abs(reached - base) < LEAST_JUMP:
        return None
    share = (midi - base) / (reached - base)
    gone = np.flatnonzero(share[: half + 1] < _EDGE)
    arrived = np.flatnonzero(share[half + 1 :] > 1.0 - _EDGE)
    if gone.size == 0 or arrived.size == 0:
        return None
    taken = ends[half + 1 + arrived[0]] - ends[gone[-1] + 1]
    part = np.clip((0.5 - share[half]) / (share[half + 1] - share[half]), 0.0, 1.0)
    return float(taken), round(float(ends[half] + part * (ends[half + 1] - ends[half])))
