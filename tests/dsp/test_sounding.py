from dataclasses import replace

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


def test_an_event_without_a_pitch_has_no_slur_and_no_bend():
    held = sounding([57.0] * 30 + [59.0] * 60, claimed=None)
    assert held.slur(RATE) is None
    assert held.ended(80 * HOP, 0.46, RATE, 1536).bend_cents is None


def test_a_slur_is_found_in_the_track():
    assert sounding([57.0] * 30 + [58.0] + [59.0] * 4).slur(RATE).midi == 59.0


def test_a_bent_note_ends_as_one_that_is_judged_on_its_target():
    track = [57.0] * 20 + list(np.linspace(57.0, 59.1, 40)) + [59.1] * 60
    note = sounding(track).ended(120 * HOP, 0.7, RATE, 1536)
    assert (note.articulation, note.offset_s) == ("bend", 0.7)
    assert note.bend_cents == pytest.approx(210.0, abs=1.0)
    assert note.steady_midi == pytest.approx(59.1, abs=0.01)


def test_a_curl_is_judged_where_it_was_plucked():
    track = [57.0] * 20 + list(np.linspace(57.0, 57.5, 40)) + [57.5] * 60
    note = sounding(track).ended(120 * HOP, 0.7, RATE, 1536)
    assert (note.bend_cents, note.steady_midi) == (pytest.approx(50.0, abs=1.0), 57.0)


def test_a_note_with_vibrato_is_judged_on_its_centre():
    time = np.arange(150) * HOP / RATE
    track = 57.1 + 0.3 * np.sin(2 * np.pi * 6.0 * time)
    note = sounding(list(track)).ended(150 * HOP, 0.87, RATE, 1536)
    assert note.articulation == "vibrato"
    assert note.vibrato_hz == pytest.approx(6.0, abs=0.1)
    assert note.steady_midi == pytest.approx(57.1, abs=0.02)
    assert note.bend_cents is None


def test_what_a_finger_made_keeps_its_name_when_it_is_bent():
    held = sounding([57.0] * 20 + list(np.linspace(57.0, 58.0, 40)) + [58.0] * 60)
    held.note = replace(held.note, articulation="hammer")
    note = held.ended(120 * HOP, 0.7, RATE, 1536)
    assert (note.articulation, note.bend_cents) == ("hammer", pytest.approx(100.0, abs=1.0))


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
