import polars as pl
import pytest

from workbench.insight.spot_words import named_place, spot_sentence

THERE = pl.DataFrame(
    {
        "scale_chosen": ["D Minor"] * 2,
        "scale_type": ["natural"] * 2,
        "target": [58, 70],
        "kind": ["minor"] * 2,
    }
)


@pytest.mark.parametrize(
    ("kind", "places", "key", "label"),
    [
        ("degree", range(106, 107), "minor:6", "degree 6 (b6) of minor scales"),
        ("transition", range(1), "+0", "a note played again"),
        ("transition", range(3, 4), "+3", "the note after a fourth up"),
        ("transition", range(3, 5), "+3..+4", "the note after a fourth to a fifth up"),
        ("transition", range(-5, -2), "-5..-3", "the note after a fourth or more down"),
        ("pitch", range(4, 6), "55-63", "the notes from A#3 to A#4"),
        ("tempo", range(9, 11), "90-109", "notes at 90 to 109 bpm"),
    ],
)
def test_a_place_has_a_lasting_key_and_words(kind: str, places: range, key: str, label: str) -> None:
    assert named_place(kind, places, THERE) == (key, label)


def test_one_note_is_one_note() -> None:
    assert named_place("pitch", range(5, 6), THERE.head(1))[1] == "the note A#3"


def test_a_sentence_counts_in_hundreds() -> None:
    said = spot_sentence("wrong", "degree 2 of minor scales", 0.223, 0.049)
    assert said == "You often miss degree 2 of minor scales: 22 of 100 are wrong, elsewhere 5."
