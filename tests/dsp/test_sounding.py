import numpy as np
import pytest

from dsp.events import Note
from dsp.pitch import Pitch
from dsp.sounding import Sounding

RATE, HOP = 44_100, 256


def sounding(pitches, claimed=57.0, clarity=0.99):
    """A note that began at sample 0 and was followed through one pitch a hop."""
    note = Note(0, 0.0, 0.03, claimed, 0.9, -20.0)
    held = Sounding(note, 0, np.zeros(0, np.float32), None)
    for number, midi in enumerate(pitches, start=1):
        held.follow(number * HOP, midi, Pitch(220.0, clarity))
    return held


def test_a_hammer_on_is_a_quick_step_that_stays():
    assert sounding([57.0] * 30 + [58.0] + [59.0] * 4).legato_pitch() == pytest.approx(59.0)
    assert sounding([57.0] * 30 + [56.0] + [55.0] * 4).legato_pitch() == pytest.approx(55.0)


@pytest.mark.parametrize(
    "pitches",
    [
        [57.0] * 30,
        [57.0] * 30 + [59.0] * 3,
        [57.0] * 20 + list(np.linspace(57.0, 59.0, 30)) + [59.0] * 4,
        [57.0] * 30 + [57.6] * 6,
        [57.0] * 30 + [69.0] * 6,
        [57.0] * 30 + [58.8, 59.2, 58.8, 59.2],
        [57.0] * 2,
    ],
    ids=["held", "too-short", "bend", "less-than-a-semitone", "octave-slip", "wobble", "just-begun"],
)
def test_anything_else_is_the_same_note(pitches):
    assert sounding(pitches).legato_pitch() is None


def test_an_event_without_a_pitch_has_no_legato():
    assert sounding([57.0] * 30 + [59.0] * 6, claimed=None).legato_pitch() is None


def test_the_steady_part_leaves_out_the_pluck_and_the_release():
    pitches = [57.3] * 10 + [57.02] * 67 + [56.0] * 23
    midi, _ = sounding(pitches).steady(100 * HOP, RATE)
    assert midi == pytest.approx(57.02)


@pytest.mark.parametrize(("clarity", "db"), [(0.5, 0.0), (0.99, 19.96), (1.0, 60.0), (0.0, -60.0)])
def test_the_harmonics_to_noise_ratio_is_boersmas(clarity, db):
    _, hnr_db = sounding([57.0] * 100, clarity=clarity).steady(100 * HOP, RATE)
    assert hnr_db == pytest.approx(db, abs=0.01)


def test_a_short_note_has_no_steady_part():
    assert sounding([57.0] * 14).steady(14 * HOP, RATE) == (None, None)


def test_the_newest_pitches_come_last():
    assert sounding([57.0, 57.1, 57.2]).newest(2) == [57.1, 57.2]
