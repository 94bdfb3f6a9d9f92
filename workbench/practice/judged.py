"""The notes of one practice as a player sees them: each with its verdict, newest state first to hand.

A page keeps a cursor and asks what has changed since; a note that was mended or ended comes again under its
old number.
"""

import threading
from dataclasses import dataclass

from dsp.events import Note
from dsp.live import Verdict


@dataclass(frozen=True, slots=True)
class JudgedNote:
    """One note event with its judgement; `number` is that of the engine.

    Attributes
    ----------
    note : as last heard
    verdict : "right", "off" (in the scale but out of tune), "wrong", "unsure" (no error)
    in_scale : None when unsure
    degree : of the scale, 1 = tonic; None outside or unsure
    deviation_ms : from the click or the fitted grid, late is positive; None without one
    cents : from the nearest semitone, sharp is positive; None without a pitch
    name : spelled as the scale spells ("Bb3"); None without a pitch
    over : the note has ended, nothing about it will change
    """

    note: Note
    verdict: Verdict
    in_scale: bool | None
    degree: int | None
    deviation_ms: float | None
    cents: float | None
    name: str | None
    over: bool

    @property
    def number(self) -> int:
        """The engine's number of the event, from 0."""
        return self.note.number


class NoteLog:
    """All notes of a practice by number, and the order in which they changed. Safe from several threads."""

    def __init__(self) -> None:
        self._notes: dict[int, JudgedNote] = {}
        self._changes: list[int] = []
        self._lock = threading.Lock()

    def put(self, judged: JudgedNote) -> None:
        """A new note, or a new state of a known one."""
        with self._lock:
            self._notes[judged.number] = judged
            self._changes.append(judged.number)

    def since(self, cursor: int) -> tuple[list[JudgedNote], int]:
        """Every note that changed after `cursor` (0 = all), newest state, by number; and the new cursor."""
        with self._lock:
            changed = sorted(set(self._changes[max(cursor, 0) :]))
            return [self._notes[number] for number in changed], len(self._changes)

    def notes(self) -> list[Note]:
        """The bare notes, newest state, by number, for the metrics."""
        return [judged.note for judged in self.since(0)[0]]
