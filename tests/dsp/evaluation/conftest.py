"""Takes made by hand: what was played, and what an engine may have said."""

from collections.abc import Callable
from typing import Any

import pytest

from dsp.evaluation.annotation import Annotation, TrueNote
from dsp.evaluation.matching import Outcome, compare
from dsp.events import Note


def played_note(onset_s: float, midi: float, articulation: str = "pick") -> TrueNote:
    return TrueNote(onset_s, onset_s + 0.2, midi, articulation)


def heard_note(onset_s: float, midi: float | None, **changes: Any) -> Note:
    fields: dict[str, Any] = {"reported_s": onset_s + 0.03, "confidence": 0.9, "level_dbfs": -20.0}
    return Note(number=0, onset_s=onset_s, midi=midi, **(fields | changes))


def annotated(*notes: TrueNote, **changes: Any) -> Annotation:
    fields: dict[str, Any] = {
        "audio": "a.flac",
        "duration_s": 10.0,
        "source": "render",
        "origin": "bank",
        "polyphonic": False,
        "single_note": False,
        "noise": (),
        "notes_per_s": 2.0,
    }
    return Annotation(notes=notes, **(fields | changes))


@pytest.fixture
def played() -> Callable[..., TrueNote]:
    """A note that was played at this time, at this pitch."""
    return played_note


@pytest.fixture
def heard() -> Callable[..., Note]:
    """A claim at this time, at this pitch, reported 30 ms later."""
    return heard_note


@pytest.fixture
def annotation() -> Callable[..., Annotation]:
    """The truth of a take with these notes."""
    return annotated


@pytest.fixture
def outcome() -> Callable[..., Outcome]:
    """What came of (onset, pitch) played and of notes heard."""

    def made(
        notes: list[tuple[float, float]], claims: list[Note], name: str = "take", **changes: Any
    ) -> Outcome:
        return compare(name, annotated(*(played_note(*note) for note in notes), **changes), claims)

    return made
