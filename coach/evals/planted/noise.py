"""Sounds that nobody meant: strings that ring on, knocks, and rests that are not quiet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from dsp.events import Note
from dsp.summary import MetricName
from workbench.practice.goal import Goal

_RINGS_DB = -8.0
"""How loud the string that was left still is: plainly above `anchors.NOISE_RING_OVER_DB`."""


@dataclass(frozen=True, slots=True)
class RingingOn:
    """The string that was left sounds on under the next note with probability `share`."""

    share: float = 0.4
    metric: ClassVar[MetricName] = "noise_control"
    named: ClassVar[str] = r"\b(ring|rang|rung|mute)"

    def spoil(self, notes: Sequence[Note], goal: Goal, rng: np.random.Generator) -> list[Note]:
        """Let strings ring on."""
        rings = rng.random(len(notes)) < self.share
        return [
            replace(note, ring_over_db=_RINGS_DB) if on else note
            for note, on in zip(notes, rings, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Knocks:
    """A string is touched or the body knocked after a note with probability `share`."""

    share: float = 0.35
    metric: ClassVar[MetricName] = "noise_control"
    named: ClassVar[str] = r"knock|touch|stray|without a (note|pitch)"

    def spoil(self, notes: Sequence[Note], goal: Goal, rng: np.random.Generator) -> list[Note]:
        """Add percussive events half way to the next note."""
        knocked = rng.random(len(notes)) < self.share
        heard: list[Note] = []
        for note, knock in zip(notes, knocked, strict=True):
            heard.append(replace(note, number=len(heard)))
            if knock and note.offset_s is not None:
                heard.append(_knock(len(heard), (note.onset_s + note.offset_s) / 2.0, note.level_dbfs))
        return heard


@dataclass(frozen=True, slots=True)
class NoisyRests:
    """The rests lie so many dB higher, and the notes are rough by half as much."""

    db: float = 26.0
    metric: ClassVar[MetricName] = "noise_control"
    named: ClassVar[str] = r"rest|quiet|noise|silen|mute|clean"

    def spoil(self, notes: Sequence[Note], goal: Goal, rng: np.random.Generator) -> list[Note]:
        """Lift the floors and roughen the notes."""
        return [
            replace(
                note,
                floor_dbfs=_plus(note.floor_dbfs, self.db),
                rest_dbfs=_plus(note.rest_dbfs, self.db),
                hnr_db=_plus(note.hnr_db, -self.db / 2.0),
            )
            for note in notes
        ]


def _plus(level: float | None, db: float) -> float | None:
    return None if level is None else level + db


def _knock(number: int, onset_s: float, level_dbfs: float) -> Note:
    return Note(
        number=number,
        onset_s=onset_s,
        reported_s=onset_s + 0.035,
        midi=None,
        confidence=0.3,
        level_dbfs=level_dbfs - 6.0,
        kind="percussive",
        offset_s=onset_s + 0.03,
    )
