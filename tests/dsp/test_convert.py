import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.convert import (
    SILENCE_DBFS,
    cents_off,
    hz_of,
    hz_to_midi,
    midi_of,
    midi_to_hz,
    nearest_semitone,
    note_name,
    pitch_class_name,
    rms_to_dbfs,
)

PITCHES = st.floats(0.0, 127.0)


@given(PITCHES, st.floats(430.0, 450.0))
def test_pitch_and_frequency_are_inverse(midi, a4_hz):
    assert hz_to_midi(midi_to_hz(midi, a4_hz), a4_hz) == pytest.approx(midi, abs=1e-9)


def test_a4_is_what_it_is_said_to_be():
    assert midi_to_hz(69) == 440.0
    assert midi_to_hz(69, 432.0) == 432.0
    np.testing.assert_allclose(hz_to_midi([220.0, 440.0, 880.0]), [57.0, 69.0, 81.0])


@pytest.mark.parametrize(
    ("midi", "hz"), [(40, 82.41), (45, 110.0), (50, 146.83), (55, 196.0), (59, 246.94), (64, 329.63)]
)
def test_the_open_strings_have_their_textbook_frequencies(midi, hz):
    assert float(midi_to_hz(midi)) == pytest.approx(hz, abs=0.005)


@given(PITCHES)
def test_a_pitch_is_its_semitone_and_its_cents(midi):
    assert -50.0 <= cents_off(midi) < 50.0 + 1e-9
    assert nearest_semitone(midi) + cents_off(midi) / 100 == pytest.approx(midi)


def test_halfway_goes_up():
    assert nearest_semitone(60.5) == 61
    assert cents_off(60.5) == -50.0


def test_names_are_scientific():
    assert [note_name(midi) for midi in (40, 58, 60, 69, 11.9)] == ["E2", "A#3", "C4", "A4", "C0"]
    assert note_name(58, flats=True) == "Bb3"
    assert note_name(0) == "C-1"
    assert (pitch_class_name(10), pitch_class_name(22, flats=True)) == ("A#", "Bb")


def test_levels_are_relative_to_full_scale_and_silence_is_finite():
    np.testing.assert_allclose(rms_to_dbfs([1.0, 0.1, 0.0]), [0.0, -20.0, SILENCE_DBFS])


@given(st.floats(20.0, 20_000.0), st.floats(430.0, 450.0))
def test_one_pitch_is_what_an_array_of_one_is(f0_hz, a4_hz):
    assert midi_of(f0_hz, a4_hz) == pytest.approx(float(hz_to_midi(f0_hz, a4_hz)), abs=1e-9)
    assert hz_of(midi_of(f0_hz, a4_hz), a4_hz) == pytest.approx(f0_hz)
