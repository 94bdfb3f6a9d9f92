import json

import pytest

from dsp.evaluation.annotation import AnnotationError, parse_annotation
from workbench.audio.bundled import TITLES, truth

NOTE = {"onset_s": 0.5, "offset_s": 0.9, "midi": 57.02}
CONTENT = {"audio": "a.flac", "duration_s": 2.0, "notes": [NOTE]}


def test_a_take_is_read_with_what_is_known_of_it():
    annotation = parse_annotation(truth("r_wrong_01"))
    assert (annotation.audio, annotation.source, annotation.origin) == (
        "r_wrong_01.flac",
        "render",
        "FluidR3_GM",
    )
    assert (annotation.polyphonic, annotation.single_note, annotation.noise) == (False, False, ())
    assert annotation.notes_per_s == pytest.approx(100 * 2 / 60)
    assert len(annotation.notes) == 30
    assert annotation.notes[0].onset_s == pytest.approx(0.8, abs=0.1)


@pytest.mark.parametrize("name", TITLES)
def test_every_bundled_take_can_be_read(name):
    assert len(parse_annotation(truth(name)).notes) == len(truth(name)["notes"])


def test_what_is_not_needed_may_be_missing():
    annotation = parse_annotation(CONTENT)
    assert (annotation.source, annotation.origin, annotation.notes_per_s) == ("unknown", "unknown", None)
    assert (annotation.noise, annotation.f0_csv, annotation.notes[0].articulation) == ((), None, "pick")


def test_notes_are_ordered_by_onset():
    later = NOTE | {"onset_s": 0.1, "offset_s": 0.3}
    onsets = [note.onset_s for note in parse_annotation(CONTENT | {"notes": [NOTE, later]}).notes]
    assert onsets == [0.1, 0.5]


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ({"dataset": "GuitarSet", "track": "x"}, "GuitarSet"),
        ({"engine": "fluidsynth", "soundfont": "FluidR3_GM"}, "FluidR3_GM"),
        ({"bank": "tonejs_electric", "file": "A3.wav"}, "tonejs_electric"),
        ({"file": "A3.wav"}, "unknown"),
        ("my phone", "my phone"),
    ],
)
def test_takes_from_one_place_have_one_origin(origin, name):
    assert parse_annotation(CONTENT | {"origin": origin}).origin == name


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ([], "one JSON object"),
        ({}, '"notes", a list'),
        (CONTENT | {"notes": None}, '"notes", a list'),
        (CONTENT | {"audio": 3}, '"audio", a text'),
        (CONTENT | {"noise": "hum"}, '"noise", a list'),
        (CONTENT | {"duration_s": "2"}, "\"duration_s\" of the annotation must be a finite number, not '2'"),
        (CONTENT | {"notes": [NOTE, 3]}, "Note 2 of the annotation is no JSON object"),
        (CONTENT | {"notes": [NOTE | {"midi": None}]}, '"midi" of note 1 must be a finite number'),
        (CONTENT | {"notes": [NOTE | {"midi": True}]}, '"midi" of note 1'),
        (CONTENT | {"notes": [NOTE | {"onset_s": float("nan")}]}, '"onset_s" of note 1'),
        (CONTENT | {"notes": [NOTE | {"offset_s": 0.5}]}, "Note 1 lasts from 0.5 to 0.5 s"),
        (CONTENT | {"notes": [NOTE | {"onset_s": -0.1}]}, "neither before 0"),
    ],
)
def test_what_is_no_annotation_says_so_in_a_sentence(content, sentence):
    with pytest.raises(AnnotationError) as refused:
        parse_annotation(json.loads(json.dumps(content)))
    assert sentence in str(refused.value)
    assert str(refused.value).endswith((".", "?)."))
