"""Notes that are out of tune, and notes that are the wrong ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from dsp.events import Note
from dsp.summary import MetricName
from workbench.practice.goal import Goal

_OFF_BY_MOST = 0.45
"""Semitones: a note further off would be heard as its neighbour, which is another fault."""


@dataclass(frozen=True, slots=True)
class OffPitch:
    """Notes of a region (MIDI numbers, both ends included) are sharp (cents > 0) or flat; all of them: a
    guitar out of tune."""

    cents: float
    lowest: int = 0
    highest: int = 127
    metric: ClassVar[MetricName] = "pitch_accuracy"

    @property
    def named(self) -> str:
        """The side."""
        return "sharp" if self.cents > 0 else "flat"

    def spoil(self, notes: Sequence[Note], goal: Goal, rng: np.random.Generator) -> list[Note]:
        """Shift each pitch of the region."""
        inside = [n.pitch is not None and self.lowest <= round(n.pitch) <= self.highest for n in notes]
        return [_bent(note, self.cents / 100.0 * there) for note, there in zip(notes, inside, strict=True)]


@dataclass(frozen=True, slots=True)
class UnsurePitch:
    """No note is quite where it belongs, to either side; standard deviation in cents."""

    cents: float = 26.0
    metric: ClassVar[MetricName] = "pitch_accuracy"
    named: ClassVar[str] = r"in tune|out of tune|intonation|pitch|cents"

    def spoil(self, notes: Sequence[Note], goal: Goal, rng: np.random.Generator) -> list[Note]:
        """Scatter the pitches."""
        off = rng.normal(0.0, self.cents / 100.0, len(notes))
        return [_bent(note, float(by)) for note, by in zip(notes, off, strict=True)]


@dataclass(frozen=True, slots=True)
class WrongDegree:
    """A degree of the scale is often fretted a semitone off."""

    degree: int
    share: float = 0.45
    metric: ClassVar[MetricName] = "scale_conformity"

    @property
    def named(self) -> str:
        """The degree."""
        return rf"degree {self.degree}\b"

    def spoil(self, notes: Sequence[Note], goal: Goal, rng: np.random.Generator) -> list[Note]:
        """Miss the degree with probability `share`."""
        there = [n.pitch is not None and goal.scale.degree(n.pitch) == self.degree for n in notes]
        missed = rng.random(len(notes)) < self.share
        return [
            _beside(note, goal) if each and miss else note
            for note, each, miss in zip(notes, there, missed, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class WrongNotes:
    """Any note may be fretted a semitone off."""

    share: float = 0.25
    metric: ClassVar[MetricName] = "scale_conformity"
    named: ClassVar[str] = r"wrong|outside|scale|miss|slip"

    def spoil(self, notes: Sequence[Note], goal: Goal, rng: np.random.Generator) -> list[Note]:
        """Miss with probability `share`."""
        missed = rng.random(len(notes)) < self.share
        return [_beside(note, goal) if miss else note for note, miss in zip(notes, missed, strict=True)]


def _bent(note: Note, semitones: float) -> Note:
    """The note that much higher, and still nearest to its own semitone."""
    if note.pitch is None:
        return note
    semitone = round(note.pitch)
    off = min(max(note.pitch - semitone + semitones, -_OFF_BY_MOST), _OFF_BY_MOST)
    return replace(note, midi=semitone + off, steady_midi=semitone + off)


def _beside(note: Note, goal: Goal) -> Note:
    """The semitone above, or the one below where only that is outside the scale."""
    if note.pitch is None:
        return note
    by = -1 if goal.scale.contains(note.pitch + 1) and not goal.scale.contains(note.pitch - 1) else 1
    return replace(note, midi=note.pitch + by, steady_midi=note.pitch + by)
