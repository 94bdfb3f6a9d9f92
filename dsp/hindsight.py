"""A second look at a recorded take: what the whole note says, once it is over.

The live engine claims a pitch some 30 ms after a pluck and takes back no more than an octave slip. With
the take at hand nothing presses: the pitch of a note is the median of its steady part, unless the string was
bent away from where it was plucked; and a note that was claimed while its string was being stopped is none.
"""

from collections.abc import Iterable
from dataclasses import replace

from dsp.convert import hz_of
from dsp.events import Note
from dsp.stopping import Read, is_stopped

_SAME_NOTE_SEMITONES = 0.35
"""Steady further away than this was bent there; the claim stands for where the note began."""
_SAME_STRING_SEMITONES = 0.6
"""A pitch no further from that of the note before is of the same string (half a semitone and a wobble)."""
_STILL_SOUNDING_S = 0.1
"""A note that ended no longer before an onset may have been ended by it."""


def with_hindsight(
    notes: Iterable[Note], end_s: float, read: Read, sample_rate: float, a4_hz: float = 440.0
) -> list[Note]:
    """The notes with the pitch of their steady part, reported at the end of the take.

    A claim that only stopped a string becomes an event of the kind "muted", which nobody is judged by.

    Parameters
    ----------
    notes : final state of every note event, by onset
    end_s : duration of the take in seconds, all of which was looked at
    read : gives stretches of the take, asked for in the order of their ends
    sample_rate : of the take, Hz
    a4_hz : Hz, the pitch called A4
    """
    settled: list[Note] = []
    before: Note | None = None
    for note in notes:
        kind = note.kind
        if before is not None and note.midi is not None and _goes_on(before, note):
            stopped = is_stopped(read, note.onset_s, hz_of(note.midi, a4_hz), sample_rate)
            kind = "muted" if stopped else kind
        settled.append(replace(note, kind=kind, midi=_settled(note), reported_s=end_s))
        if note.midi is not None:
            before = note
    return settled


def _goes_on(before: Note, note: Note) -> bool:
    """Whether a claimed pluck has the pitch that sounded until then."""
    if note.midi is None or not note.judged or note.articulation in {"hammer", "pull", "slide"}:
        return False
    if before.offset_s is None or note.onset_s - before.offset_s > _STILL_SOUNDING_S:
        return False
    pitches = [pitch for pitch in (before.midi, before.steady_midi) if pitch is not None]
    return min(abs(pitch - note.midi) for pitch in pitches) < _SAME_STRING_SEMITONES


def _settled(note: Note) -> float | None:
    if note.midi is None or note.steady_midi is None:
        return note.midi
    return note.steady_midi if abs(note.steady_midi - note.midi) < _SAME_NOTE_SEMITONES else note.midi
