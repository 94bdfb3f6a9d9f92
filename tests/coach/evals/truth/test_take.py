"""The truth of a session is right on takes that can be counted by hand."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from coach.evals.player import PlayedSession
from coach.evals.truth.take import cents_off, late_ms, take_figures, together
from dsp.events import Note
from dsp.scales import parse_scale
from workbench.practice.goal import Goal

CLICK = Goal(parse_scale("C major"), bpm=60.0, notes_per_beat=2, click_start_s=0.0)


def _take(pitches, onsets=None, goal=CLICK, **of_each):
    onsets = onsets or [0.5 * (i + 1) for i in range(len(pitches))]
    notes = [
        Note(i, onset, onset, pitch, 0.9, -20.0, steady_midi=pitch, **of_each)
        for i, (pitch, onset) in enumerate(zip(pitches, onsets, strict=True))
    ]
    return PlayedSession(UUID(int=0), datetime(2026, 11, 20, tzinfo=UTC), goal, notes)


def test_wrong_notes_are_counted_and_named():
    told = take_figures(_take([60.0, 61.0, 62.0, 61.0, 64.0, 65.0, 66.0, 67.0]))
    assert told["scale.wrong"] == 3
    assert told["scale.adherence"] == 0.625
    assert told["scale.wrong_note.C#4"] == 2
    assert told["scale.wrong_note.F#4"] == 1


def test_pitch_is_counted_in_cents_from_the_nearest_semitone():
    told = take_figures(_take([60.2] * 5 + [59.95] * 3))
    assert told["pitch.cents"] == pytest.approx(20.0)
    assert told["pitch.bias_cents"] == pytest.approx(20.0)
    assert told["pitch.within_10"] == pytest.approx(3 / 8)
    assert told["pitch_accuracy.score"] == pytest.approx(1 / (1 + 0.8**2))


def test_late_is_measured_from_the_nearest_place_of_the_click():
    late = late_ms(_take([60.0] * 3, [0.52, 0.99, 1.53]))
    assert late == pytest.approx([20.0, -10.0, 30.0])


def test_notes_about_half_a_period_off_lie_together():
    assert together([48.0, -49.0, 49.0], 100.0) == pytest.approx([48.0, 51.0, 49.0])
    assert abs(cents_off(60.48)) == pytest.approx(48.0)


def test_too_few_notes_tell_nothing():
    assert take_figures(_take([60.0] * 7)) == {}


def test_ringing_strings_are_counted_in_a_hundred_notes():
    quiet, ringing = _take([60.0] * 8), _take([60.0] * 8, ring_over_db=-8.0)
    assert take_figures(quiet)["noise.ring_overs"] == 0.0
    assert take_figures(ringing)["noise.ring_overs"] == 100.0
