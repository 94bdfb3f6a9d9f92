import numpy as np
import pytest

from dsp.slur import find_slur

RATE, HOP = 44_100, 256


def slur(pitches, claimed=57.0):
    """The first slur in a track of one pitch a hop, as the engine would find it hop by hop."""
    ends = [number * HOP for number in range(1, len(pitches) + 1)]
    found = (find_slur(ends[:n], pitches[:n], claimed, RATE) for n in range(1, len(pitches) + 1))
    return next((each for each in found if each is not None), None)


@pytest.mark.parametrize(
    ("target", "name"), [(59.0, "hammer"), (55.0, "pull"), (58.0, "hammer"), (64.0, "hammer")]
)
def test_a_jump_that_stays_is_a_finger_put_down_or_lifted(target, name):
    found = slur([57.0] * 30 + [(57.0 + target) / 2] + [target] * 4)
    assert (found.midi, found.articulation) == (target, name)
    assert found.middle == pytest.approx(31 * HOP, abs=HOP)


@pytest.mark.parametrize("target", [55.0, 58.0, 60.0])
def test_what_takes_longer_is_a_slide(target):
    found = slur([57.0] * 30 + list(np.linspace(57.0, target, 10)) + [target] * 14)
    assert (found.midi, found.articulation) == (target, "slide")
    assert found.middle == pytest.approx(35.5 * HOP, abs=HOP)


def test_a_new_pitch_may_wobble_if_it_stays_long_enough():
    wobble = [57.9, 58.1] * 8
    assert slur([57.0] * 30 + wobble[:10]) is None
    assert slur([57.0] * 30 + wobble).midi == pytest.approx(58.0)


def test_a_slur_may_follow_a_slur():
    ends = [number * HOP for number in range(1, 41)]
    assert find_slur(ends, [57.0] * 5 + [59.0] * 30 + [60.5] * 5, 59.0, RATE).midi == 60.5


@pytest.mark.parametrize(
    "pitches",
    [
        [57.0] * 30,
        [57.0] * 30 + [59.0] * 3,
        [57.0] * 20 + list(np.linspace(57.0, 59.0, 30)) + [59.0] * 40,
        [57.0] * 20 + list(np.linspace(57.0, 60.0, 20)) + [60.0] * 40,
        [57.0] * 30 + [57.7] * 30,
        [57.0] * 30 + [69.0] * 30,
        [57.0] * 30 + [58.8, 59.3, 58.8, 59.3],
        list(57.5 - 0.5 * np.cos(2 * np.pi * 5.0 * np.arange(200) * HOP / RATE)),
        [59.0] * 30,
        [57.0] * 2,
    ],
    ids=["held", "short", "bend", "quick bend", "curl", "octave slip", "wobble", "vibrato", "late", "begun"],
)
def test_anything_else_is_the_same_note(pitches):
    assert slur(pitches) is None
