"""Onsets in seconds to places in bars: what a sheet of music needs.

With a click, a note goes to the nearest place of the click's grid; where two notes would share a place the
grid is made finer, twice at most. Without a click, the player's own slow beat is followed (`dsp.tempo`): its
shortest note value is the step, and a quarter is one, two or four steps, whichever gives a tempo nearest to
90. Where no steady beat is found the notes stand as they came, on sixteenths at 120. No two notes share a
place and none is lost: a note that falls on one that is taken moves to the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dsp.tempo import find_beat
from workbench.transfer.played import Click, PlayedNote

Array = NDArray[np.float64]

_FINEST = 16
"""Places in a beat, at most."""
_LEAST_NOTES = 8
"""Fewer show no beat of their own."""
_LEAST_INTERVAL_S = 0.01
"""Notes nearer than this are one event that was written twice."""
_LIKELY_BPM = 90.0
_FREE_BPM, _FREE_PLACES = 120.0, 4
BEATS_IN_A_BAR = 4


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Where the notes stand.

    Attributes
    ----------
    bpm : quarters a minute
    places : places in a quarter
    at, length : of each note in places from the beginning of the first bar; `at` ascends, `length` >= 1 and
        no note reaches into the next
    first_beat_s : time in the session of the beginning of the first bar
    """

    bpm: float
    places: int
    at: tuple[int, ...]
    length: tuple[int, ...]
    first_beat_s: float


def rhythm_of(notes: Sequence[PlayedNote], click: Click | None) -> Rhythm:
    """Quantise.

    Parameters
    ----------
    notes : at least one, in the order of their onsets
    click : None for free playing
    """
    onsets = np.array([note.onset_s for note in notes])
    durations = np.array([note.duration_s for note in notes])
    return _to_click(onsets, durations, click) if click is not None else _freely(onsets, durations)


def _to_click(onsets: Array, durations: Array, click: Click) -> Rhythm:
    beat_s = 60.0 / click.bpm
    start_s = _phase_s(onsets, beat_s / click.notes_per_beat) if click.start_s is None else click.start_s
    places = click.notes_per_beat
    for factor in (2, 4):
        taken = np.round((onsets - start_s) / beat_s * places)
        if np.unique(taken).size == onsets.size or click.notes_per_beat * factor > _FINEST:
            break
        places = click.notes_per_beat * factor
    bar = places * BEATS_IN_A_BAR
    raw = (onsets - start_s) / beat_s * places
    skipped = int(np.floor((np.round(raw[0])) / bar)) * bar
    at = _ascending(np.round(raw - skipped))
    length = _lengths(at, durations / beat_s * places)
    return Rhythm(click.bpm, places, at, length, start_s + skipped * beat_s / places)


def _phase_s(onsets: Array, step_s: float) -> float:
    """Time of a step near the first onset: the circular mean of where the onsets stand in theirs."""
    turns = np.exp(2j * np.pi * onsets / step_s).mean()
    phase_s = float(np.angle(turns)) / (2.0 * np.pi) * step_s
    return phase_s + round((float(onsets[0]) - phase_s) / step_s) * step_s


def _freely(onsets: Array, durations: Array) -> Rhythm:
    enough = onsets.size >= _LEAST_NOTES and float(np.diff(onsets).min()) >= _LEAST_INTERVAL_S
    beat = find_beat(onsets) if enough else None
    if beat is None or not beat.found:
        step_s = np.full(onsets.size, 60.0 / _FREE_BPM / _FREE_PLACES)
        bpm, places = _FREE_BPM, _FREE_PLACES
        raw = (onsets - onsets[0]) / step_s
    else:
        step_s = beat.step_s
        middle_s = float(np.median(step_s))
        places = min((1, 2, 4), key=lambda n: abs(np.log(60.0 / (n * middle_s) / _LIKELY_BPM)))
        bpm = round(60.0 / (places * middle_s), 1)
        # Each interval in the steps of its own moment, so that a player who slows down is followed.
        intervals = np.diff(onsets) / (0.5 * (step_s[1:] + step_s[:-1]))
        raw = np.concatenate([[0.0], np.cumsum(np.maximum(np.round(intervals), 1.0))])
    at = _ascending(np.round(raw))
    return Rhythm(bpm, places, at, _lengths(at, durations / step_s), float(onsets[0]))


def _ascending(places: Array) -> tuple[int, ...]:
    """Each place at least one behind the one before."""
    order = np.arange(places.size)
    return tuple(int(place) for place in np.maximum.accumulate(places - order) + order)


def _lengths(at: Sequence[int], wanted: Array) -> tuple[int, ...]:
    """Lengths in whole places: at least one, and not into the next note."""
    room = [*(after - place for place, after in pairwise(at)), None]
    lengths = [max(1, round(float(length))) for length in wanted]
    return tuple(
        length if most is None else min(length, most) for length, most in zip(lengths, room, strict=True)
    )
