from dataclasses import replace

import pytest

from dsp.events import Note
from dsp.hindsight import with_hindsight

NOTE = Note(0, 1.0, 1.03, 57.12, 0.9, -20.0, offset_s=1.5, steady_midi=57.02)


def test_a_note_gets_the_pitch_of_its_steady_part_when_the_take_is_over():
    (note,) = with_hindsight([NOTE], 12.0)
    assert note == replace(NOTE, midi=57.02, reported_s=12.0)


@pytest.mark.parametrize("steady", [None, 58.95, 45.0])
def test_a_bent_or_short_note_keeps_its_claim(steady):
    (note,) = with_hindsight([replace(NOTE, steady_midi=steady)], 12.0)
    assert note.midi == 57.12
    assert note.reported_s == 12.0


def test_an_event_without_a_pitch_stays_without():
    (note,) = with_hindsight([replace(NOTE, midi=None, kind="percussive")], 12.0)
    assert note.midi is None
