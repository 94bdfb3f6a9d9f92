"""A second look at a recorded take: what the whole note says, once it is over.

The live engine claims a pitch some 30 ms after a pluck and takes back no more than an octave slip. With
the take at hand nothing presses: the pitch of a note is the median of its steady part, unless the string was
bent away from where it was plucked.
"""

from collections.abc import Iterable
from dataclasses import replace

from dsp.events import Note

_SAME_NOTE_SEMITONES = 0.35
"""Steady further away than this was bent there; the claim stands for where the note began."""


def with_hindsight(notes: Iterable[Note], end_s: float) -> list[Note]:
    """The notes with the pitch of their steady part, reported at the end of the take.

    Parameters
    ----------
    notes : final state of every note event
    end_s : duration of the take in seconds, all of which was looked at
    """
    return [replace(note, midi=_settled(note), reported_s=end_s) for note in notes]


def _settled(note: Note) -> float | None:
    if note.midi is None or note.steady_midi is None:
        return note.midi
    return note.steady_midi if abs(note.steady_midi - note.midi) < _SAME_NOTE_SEMITONES else note.midi
