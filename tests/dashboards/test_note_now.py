"""What the big label gets to see of a note."""

from dataclasses import replace
from typing import Any

import pytest

from dashboards.parts.note_now import shown
from dsp.events import Note
from workbench.practice.judged import JudgedNote
from workbench.practice.meter import NoteNow


def now(verdict: Any, in_scale: bool | None, degree: int | None, cents: float = 4.4) -> NoteNow:
    note = Note(0, 0.5, 0.54, 57.0 + cents / 100.0, 0.9, -20.0)
    judged = JudgedNote(note, verdict, in_scale, degree, None, cents, "A3", over=False)
    return NoteNow("A3", 57.0 + cents / 100.0, cents, 0.9, judged)


def test_silence_is_nothing() -> None:
    assert shown(None) is None


def test_a_note_of_the_scale_tells_its_degree() -> None:
    assert shown(now("right", True, 1)) == {
        "name": "A3",
        "cents": 4,
        "verdict": "right",
        "symbol": "●",
        "place": "1st of the scale",
        "over": False,
    }


def test_each_verdict_has_its_words() -> None:
    wrong, unsure = shown(now("wrong", False, None)), shown(now("unsure", None, None))
    assert wrong is not None
    assert unsure is not None
    assert (wrong["symbol"], wrong["place"]) == ("✕", "not in the scale")
    assert (unsure["symbol"], unsure["place"]) == ("○", "not sure about this one")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("polyphonic", "several strings at once"),
        ("percussive", "a knock, not a note"),
        ("muted", "a muted string"),
        ("unsure", "not sure about this one"),
    ],
)
def test_what_is_not_judged_is_said_in_plain_words(kind: Any, words: str) -> None:
    known = now("unsure", None, None)
    judged = replace(known.judged, note=replace(known.judged.note, kind=kind), over=True)
    told = shown(replace(known, judged=judged))
    assert told is not None
    assert (told["place"], told["symbol"], told["over"]) == (words, "○", True)


def test_name_and_place_stay_together_while_the_pitch_moves_on() -> None:
    judged = now("right", True, 1).judged
    ahead = NoteNow("A#3", 58.02, 2.0, 0.9, judged)
    told = shown(ahead)
    assert told is not None
    assert (told["name"], told["cents"], told["place"]) == ("A3", 4, "1st of the scale")
