import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.errors import ScaleError
from dsp.scales import FRETCOACH_SCALES, SCALE_KINDS, TONICS, parse_scale, scale_from


@pytest.mark.parametrize(
    ("text", "name", "tones"),
    [
        ("A minor pentatonic", "A minor pentatonic", (9, 0, 2, 4, 7)),
        ("a minor pentatonic", "A minor pentatonic", (9, 0, 2, 4, 7)),
        ("Am pentatonic", "A minor pentatonic", (9, 0, 2, 4, 7)),
        ("A Minor", "A minor", (9, 11, 0, 2, 4, 5, 7)),
        ("am", "A minor", (9, 11, 0, 2, 4, 5, 7)),
        ("AM", "A major", (9, 11, 1, 2, 4, 6, 8)),
        ("A", "A major", (9, 11, 1, 2, 4, 6, 8)),
        ("A blues", "A blues", (9, 0, 2, 3, 4, 7)),
        ("b flat major", "Bb major", (10, 0, 2, 3, 5, 7, 9)),
        ("B♭ Major", "Bb major", (10, 0, 2, 3, 5, 7, 9)),
        ("F♯ dorian", "F# dorian", (6, 8, 9, 11, 1, 3, 4)),
        ("  e   harmonic-minor ", "E harmonic minor", (4, 6, 7, 9, 11, 0, 3)),
        ("E melodic minor", "E melodic minor", (4, 6, 7, 9, 11, 1, 3)),
        ("chromatic", "chromatic", tuple(range(12))),
        ("C: 0 2 4 7", "C: 0 2 4 7", (0, 2, 4, 7)),
        ("a: 7, 0, 3", "A: 0 3 7", (9, 0, 4)),
    ],
)
def test_reads_scales_as_players_write_them(text, name, tones):
    scale = parse_scale(text)
    assert (scale.name, scale.pitch_classes, scale.tonic) == (name, tones, tones[0])


@pytest.mark.parametrize(
    ("mode", "white_key_tonic"),
    [
        ("ionian", 0),
        ("dorian", 2),
        ("phrygian", 4),
        ("lydian", 5),
        ("mixolydian", 7),
        ("aeolian", 9),
        ("locrian", 11),
    ],
)
def test_church_modes_on_their_own_tonic_use_the_white_keys(mode, white_key_tonic):
    scale = parse_scale(f"{TONICS[white_key_tonic]} {mode}")
    assert set(scale.pitch_classes) == {0, 2, 4, 5, 7, 9, 11}


@pytest.mark.parametrize(
    ("sharp", "flat"), [("A# Major", "Bb Major"), ("C# minor", "Db minor"), ("G# blues", "Ab blues")]
)
def test_enharmonic_names_are_the_same_scale(sharp, flat):
    assert parse_scale(sharp) == parse_scale(flat)
    assert parse_scale(sharp).chosen == parse_scale(flat).chosen
    assert parse_scale(flat).flats
    assert not parse_scale(sharp).flats


@pytest.mark.parametrize(
    ("text", "flats"),
    [
        ("F major", True),
        ("D minor", True),
        ("G minor pentatonic", True),
        ("C minor", True),
        ("G dorian", True),
        ("C major", False),
        ("A minor", False),
        ("E minor", False),
        ("G major", False),
        ("E phrygian", False),
        ("chromatic", False),
    ],
)
def test_flat_keys_are_spelled_with_flats(text, flats):
    assert parse_scale(text).flats is flats


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("A minro", "did you mean A minor?"),
        ("A miner", "did you mean A minor?"),
        ("F# dorain", "did you mean F# dorian?"),
        ("Bb pentatonic", "did you mean Bb minor pentatonic?"),
        ("cromatic", "did you mean chromatic?"),
        ("H minor", "write a tonic"),
        ("", "write a tonic"),
        ("C: 0 2 12", "numbers from 0 to 11"),
        ("C:", "numbers from 0 to 11"),
    ],
)
def test_a_typo_gets_one_sentence_that_helps(typo, meant):
    with pytest.raises(ScaleError, match=meant.replace("?", r"\?")) as caught:
        parse_scale(typo)
    assert "\n" not in str(caught.value)


def test_offers_the_24_names_of_fretcoach_in_both_types():
    assert len(set(FRETCOACH_SCALES)) == 24
    for choice in FRETCOACH_SCALES:
        natural, pentatonic = scale_from(choice, "natural"), scale_from(choice, "pentatonic")
        assert (natural.chosen, natural.type) == (choice, "natural")
        assert (pentatonic.chosen, pentatonic.type) == (choice, "pentatonic")
        assert set(pentatonic.pitch_classes) < set(natural.pitch_classes)


@pytest.mark.parametrize("kind", SCALE_KINDS)
@pytest.mark.parametrize("tonic", ["C", "F#", "Bb"])
def test_the_session_columns_give_the_scale_back(tonic, kind):
    scale = parse_scale(f"{tonic} {kind}")
    assert scale_from(scale.chosen, scale.type) == scale


def test_own_sets_survive_the_session_columns():
    scale = parse_scale("Eb: 0 3 7")
    assert scale_from(scale.chosen, scale.type) == scale


def test_a_type_that_does_not_fit_is_refused():
    with pytest.raises(ScaleError, match="does not go with A dorian"):
        scale_from("A dorian", "pentatonic")


def test_a_kind_replaces_the_kind_of_the_choice():
    assert scale_from("A Minor", "blues") == parse_scale("A blues")


@given(st.sampled_from(TONICS), st.sampled_from(SCALE_KINDS), st.floats(20, 100))
def test_a_degree_is_given_exactly_for_the_notes_of_the_scale(tonic, kind, midi):
    scale = parse_scale(f"{tonic} {kind}")
    degree = scale.degree(midi)
    assert scale.contains(midi) is (degree is not None)
    if degree is not None:
        assert abs((midi - scale.pitch_classes[degree - 1] + 6) % 12 - 6) <= 0.5


@given(st.sampled_from(TONICS), st.sampled_from(SCALE_KINDS), st.integers(0, 8))
def test_the_tonic_is_degree_one_in_every_octave(tonic, kind, octave):
    scale = parse_scale(f"{tonic} {kind}")
    assert scale.degree(12 * octave + scale.tonic) == 1


@given(st.text(max_size=30))
def test_any_text_is_a_scale_or_a_sentence(text):
    try:
        scale = parse_scale(text)
    except ScaleError as error:
        assert str(error).endswith((".", "?"))  # noqa: PT017
    else:
        assert parse_scale(scale.name) == scale
