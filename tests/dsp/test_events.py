from dataclasses import FrozenInstanceError, replace

import pytest

from dsp.events import Note, Output

NOTE = Note(3, 1.0, 1.03, 57.12, 0.9, -20.0)


def test_a_note_knows_its_name_and_cents():
    assert NOTE.name == "A3"
    assert NOTE.cents == pytest.approx(12.0)


def test_the_steady_pitch_is_the_best_one_known():
    assert NOTE.pitch == 57.12
    assert replace(NOTE, steady_midi=57.01).pitch == 57.01


def test_only_a_claim_is_judged():
    kinds = ("note", "unsure", "muted", "percussive", "polyphonic")
    assert [kind for kind in kinds if replace(NOTE, kind=kind).judged] == ["note"]


def test_without_a_pitch_there_is_no_name():
    knock = replace(NOTE, kind="percussive", midi=None)
    assert (knock.name, knock.cents, knock.pitch) == (None, None, None)


def test_events_can_not_be_changed_after_the_fact():
    with pytest.raises(FrozenInstanceError):
        NOTE.midi = 58.0


def test_nothing_heard_is_an_empty_output():
    assert Output() == Output((), ())
