import pytest

from dsp.scales import parse_scale
from workbench.insight.intervals import DEGREE_NAMES, leap_name, scale_kind


@pytest.mark.parametrize(
    ("semitones", "name"),
    [
        (0, "the same note again"),
        (5, "a fourth up"),
        (-7, "a fifth down"),
        (12, "an octave up"),
        (-30, "more than an octave down"),
    ],
)
def test_a_leap_has_a_name(semitones: int, name: str) -> None:
    assert leap_name(semitones) == name


def test_twelve_tones_have_names() -> None:
    assert len(set(DEGREE_NAMES)) == 12


def test_a_players_own_scale_is_alone() -> None:
    assert scale_kind(parse_scale("A minor")) == scale_kind(parse_scale("E minor")) == "minor"
    assert scale_kind(parse_scale("C: 0 2 4 7")) != scale_kind(parse_scale("C: 0 2 4 9"))
