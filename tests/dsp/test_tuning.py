import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.convert import midi_to_hz
from dsp.errors import TuningError
from dsp.tuning import STANDARD, TUNINGS, Tuning, parse_tuning


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("standard", "E2 A2 D3 G3 B3 E4"),
        ("drop D", "D2 A2 D3 G3 B3 E4"),
        ("half-step down", "Eb2 Ab2 Db3 Gb3 Bb3 Eb4"),
        ("DADGAD", "D2 A2 D3 G3 A3 D4"),
        ("7-string", "B1 E2 A2 D3 G3 B3 E4"),
        ("bass", "E1 A1 D2 G2"),
    ],
)
def test_a_list_of_open_strings_is_the_named_tuning(name, notes):
    assert parse_tuning(notes) == TUNINGS[name]
    assert parse_tuning(notes).name == name
    assert parse_tuning(name.upper()) is TUNINGS[name]


@pytest.mark.parametrize(
    ("text", "name"), [("Drop-D", "drop D"), ("half step down", "half-step down"), ("Eb", "half-step down")]
)
def test_reads_other_spellings(text, name):
    assert parse_tuning(text).name == name


def test_an_own_tuning_is_named_after_its_strings():
    tuning = parse_tuning("c2, g2, d3, a3, e4")
    assert tuning == Tuning("fifths", (36, 43, 50, 57, 64))
    assert tuning.name == "C2 G2 D3 A3 E4"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("standrd", "did you mean standard"),
        ("dadgab", "did you mean DADGAD"),
        ("banjo-ish", "list the open strings"),
        ("", "list the open strings"),
        ("E4 A2", "from low to high"),
        ("E9", "octave"),
    ],
)
def test_a_typo_gets_one_sentence_that_helps(text, sentence):
    with pytest.raises(TuningError, match=sentence):
        parse_tuning(text)


def test_an_instrument_has_strings():
    with pytest.raises(TuningError, match="1 to 12 strings, not 0"):
        Tuning("none", ())


@pytest.mark.parametrize("tuning", TUNINGS.values(), ids=list(TUNINGS))
@pytest.mark.parametrize("a4_hz", [430.0, 440.0, 450.0])
def test_every_fretted_note_lies_within_the_limits(tuning, a4_hz):
    assert tuning.fmin_hz(a4_hz) < midi_to_hz(tuning.strings[0] - 3, a4_hz)
    assert midi_to_hz(tuning.strings[-1] + 24, a4_hz) <= tuning.fmax_hz(a4_hz) * (1 + 1e-9)
    assert midi_to_hz(84, a4_hz) <= tuning.fmax_hz(a4_hz) * (1 + 1e-9)
    assert tuning.fmax_hz(a4_hz) <= 1400.0


@given(st.sampled_from(list(TUNINGS.values())), st.floats(20, 100), st.integers(1, 24))
def test_a_position_sounds_the_nearest_semitone(tuning, midi, frets):
    for string, fret in tuning.positions(midi, frets):
        assert 0 <= fret <= frets
        assert abs(tuning.strings[string] + fret - midi) <= 0.5


def test_the_open_high_e_is_found_on_every_string():
    assert STANDARD.positions(64) == ((0, 24), (1, 19), (2, 14), (3, 9), (4, 5), (5, 0))
    assert STANDARD.positions(39) == ()
