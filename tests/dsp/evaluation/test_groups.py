import pytest

from dsp.evaluation.groups import FAST_NOTES_PER_S, GROUPS, group_of


@pytest.mark.parametrize(
    ("changes", "group"),
    [
        ({}, "other"),
        ({"notes_per_s": FAST_NOTES_PER_S}, "fast"),
        ({"notes_per_s": None}, "other"),
        ({"noise": ("hum",), "notes_per_s": 9.0}, "noise"),
        ({"source": "real", "noise": ("pink",)}, "solos"),
        ({"source": "real", "single_note": True}, "single notes"),
        ({"source": "real", "polyphonic": True}, "polyphonic"),
    ],
)
def test_a_take_goes_to_the_first_group_that_fits(annotation, played, changes, group):
    assert group_of(annotation(played(0.5, 57.0), **changes)) == group


@pytest.mark.parametrize("articulation", ["bend", "vibrato", "hammer", "pull", "slide"])
def test_one_expressive_note_makes_a_take_expressive(annotation, played, articulation):
    notes = (played(0.5, 57.0), played(1.0, 59.0, articulation))
    assert group_of(annotation(*notes)) == "expressive"


def test_noise_alone_is_a_take_without_notes(annotation):
    assert group_of(annotation(noise=("hum", "knock"))) == "no notes"


def test_groups_have_names_of_their_own():
    assert len(set(GROUPS)) == len(GROUPS)
