"""Notes that come early, late or unevenly."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from dsp.events import Note
from dsp.summary import MetricName
from workbench.practice.goal import Goal

_LEAST_GAP_S = 0.02
"""Two attacks closer than this would be one to any engine."""


@dataclass(frozen=True, slots=True)
class OffBeat:
    """Notes come early (ms < 0) or late with probability `share`, at tempi from `from_bpm` on."""

    ms: float
    share: float = 1.0
    from_bpm: float = 0.0
    metric: ClassVar[MetricName] = "timing_stability"

    @property
    def named(self) -> str:
        """The side."""
        early = r"early|before the (click|beat)|ahead|hurr|rush|lead the click"
        return early if self.ms < 0 else r"late|after the (click|beat)|behind|drag|trail"

    def spoil(self, notes: Sequence[Note], goal: Goal, rng: np.random.Generator) -> list[Note]:
        """Shift onsets."""
        off = rng.random(len(notes)) < self.share
        fast = (goal.bpm or 0.0) >= self.from_bpm
        return _shifted(notes, [self.ms if each and fast else 0.0 for each in off])


@dataclass(frozen=True, slots=True)
class UnevenTime:
    """Notes come early and late by turns; standard deviation in ms."""

    ms: float = 42.0
    metric: ClassVar[MetricName] = "timing_stability"
    named: ClassVar[str] = r"even|stead|spread|scatter|click|beat|timing"

    def spoil(self, notes: Sequence[Note], goal: Goal, rng: np.random.Generator) -> list[Note]:
        """Scatter the onsets."""
        return _shifted(notes, [float(ms) for ms in rng.normal(0.0, self.ms, len(notes))])


@dataclass(frozen=True, slots=True)
class HurriedLeap:
    """Leaps upward of so many semitones or more come early."""

    semitones: int = 5
    ms: float = -60.0
    metric: ClassVar[MetricName] = "timing_stability"

    @property
    def named(self) -> str:
        """The interval."""
        return "fourth|leap" if self.semitones >= 5 else "third|leap"

    def spoil(self, notes: Sequence[Note], goal: Goal, rng: np.random.Generator) -> list[Note]:
        """Shift the onsets that end such a leap."""
        pitches = [note.pitch for note in notes]
        leaps = [
            0 if before is None or after is None else round(after) - round(before)
            for before, after in zip([None, *pitches], pitches, strict=False)
        ]
        return _shifted(notes, [self.ms if leap >= self.semitones else 0.0 for leap in leaps])


def _shifted(notes: Sequence[Note], by_ms: Sequence[float]) -> list[Note]:
    """The notes with their onsets shifted, still one after the other."""
    moved: list[Note] = []
    earliest = 0.0
    for note, ms in zip(notes, by_ms, strict=True):
        onset = max(earliest, note.onset_s + ms / 1000.0)
        by = onset - note.onset_s
        offset = None if note.offset_s is None else max(onset + _LEAST_GAP_S, note.offset_s + by)
        moved.append(replace(note, onset_s=onset, reported_s=note.reported_s + by, offset_s=offset))
        earliest = onset + _LEAST_GAP_S
    return moved
