from dataclasses import replace

import numpy as np
import pytest

from dsp.convert import hz_of
from dsp.events import Note
from dsp.hindsight import with_hindsight

RATE = 44_100
NOTE = Note(0, 1.0, 1.03, 57.12, 0.9, -20.0, offset_s=1.5, steady_midi=57.02)
TOUCH = Note(1, 1.5, 1.53, 57.05, 0.9, -24.0, offset_s=1.58)


def sound(*, stopped_at_s=None):
    """A3 that rings, until a finger stops it."""
    time = np.arange(2 * RATE) / RATE
    gain = 0.2 * np.exp(-time)
    if stopped_at_s is not None:
        gain *= np.exp(-np.maximum(time - stopped_at_s, 0.0) / 0.03)
    return (gain * np.sin(2 * np.pi * hz_of(57.0) * time)).astype(np.float32)


def second_look(*notes, samples=None, a4_hz=440.0):
    heard = sound(stopped_at_s=TOUCH.onset_s) if samples is None else samples
    return with_hindsight(
        notes, 12.0, lambda start_s, stop_s: heard[round(start_s * RATE) : round(stop_s * RATE)], RATE, a4_hz
    )


def test_a_note_gets_the_pitch_of_its_steady_part_when_the_take_is_over():
    (note,) = second_look(NOTE)
    assert note == replace(NOTE, midi=57.02, reported_s=12.0)


@pytest.mark.parametrize("steady", [None, 58.95, 45.0])
def test_a_bent_or_short_note_keeps_its_claim(steady):
    (note,) = second_look(replace(NOTE, steady_midi=steady))
    assert note.midi == 57.12
    assert note.reported_s == 12.0


def test_an_event_without_a_pitch_stays_without():
    (note,) = second_look(replace(NOTE, midi=None, kind="percussive"))
    assert note.midi is None


def test_what_stopped_the_string_is_muted_and_no_note():
    assert [note.kind for note in second_look(NOTE, TOUCH)] == ["note", "muted"]


def test_a_string_that_was_bent_before_it_was_stopped_counts_by_where_it_was():
    bent = replace(NOTE, midi=55.0)
    assert second_look(bent, TOUCH)[1].kind == "muted"


def test_a_note_on_a_string_that_rings_on_stays_a_note():
    assert [note.kind for note in second_look(NOTE, TOUCH, samples=sound())] == ["note", "note"]


@pytest.mark.parametrize(
    "before",
    [
        replace(NOTE, midi=52.0, steady_midi=52.0),
        replace(NOTE, offset_s=1.3),
        replace(NOTE, midi=None, kind="percussive"),
    ],
    ids=["another pitch", "silent by then", "no pitch"],
)
def test_only_a_string_that_sounded_can_be_stopped(before):
    assert second_look(before, TOUCH)[1].kind == "note"


@pytest.mark.parametrize("change", [{"articulation": "pull"}, {"kind": "unsure"}, {"kind": "polyphonic"}])
def test_only_a_claimed_pluck_is_looked_at(change):
    touch = replace(TOUCH, **change)
    assert second_look(NOTE, touch)[1].kind == touch.kind
