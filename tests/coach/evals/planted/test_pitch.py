"""The faults of pitch show in the notes where they were planted, and nowhere else."""

import numpy as np
import pytest

from coach.evals.planted.pitch import OffPitch, UnsurePitch, WrongDegree, WrongNotes
from coach.evals.player import Habits, SyntheticPlayer, practise

PENTATONIC = Habits()


def _notes(fault=None, habits=PENTATONIC, notes=400):
    player = SyntheticPlayer("one", (fault,) if fault else (), habits=habits, sessions=1, notes=notes)
    return practise(player)[0]


def _cents(played):
    pitches = np.array([note.pitch for note in played.notes if note.judged])
    return np.rint(pitches), 100.0 * (pitches - np.rint(pitches))


def test_a_region_is_flat_and_the_rest_is_not():
    semitones, cents = _cents(_notes(OffPitch(-32.0, lowest=60)))
    assert np.median(cents[semitones >= 60]) == pytest.approx(-32.0, abs=2.0)
    assert np.median(cents[semitones < 60]) == pytest.approx(0.0, abs=2.0)


def test_no_note_becomes_its_neighbour():
    before, _ = _cents(_notes())
    after, cents = _cents(_notes(OffPitch(44.0)))
    assert (before == after).all()
    assert cents.max() <= 45.001


def test_unsure_pitch_scatters_to_both_sides():
    _, cents = _cents(_notes(UnsurePitch(20.0)))
    assert np.std(cents) == pytest.approx(20.0, abs=3.0)
    assert np.median(cents) == pytest.approx(0.0, abs=4.0)


@pytest.mark.parametrize(("scale", "degree"), [("A minor pentatonic", 4), ("E dorian", 2), ("G blues", 2)])
def test_a_degree_is_missed_about_as_often_as_was_planted(scale, degree):
    habits = Habits((scale,))
    clean, missed = _notes(habits=habits), _notes(WrongDegree(degree, 0.5), habits)
    there = [
        after.pitch
        for before, after in zip(clean.notes, missed.notes, strict=True)
        if before.judged and clean.goal.scale.degree(before.pitch) == degree
    ]
    wrong = [pitch for pitch in there if not missed.goal.scale.contains(pitch)]
    assert len(wrong) / len(there) == pytest.approx(0.5, abs=0.12)


def test_wrong_notes_are_outside_the_scale():
    played = _notes(WrongNotes(0.25))
    outside = [not played.goal.scale.contains(note.pitch) for note in played.notes if note.judged]
    assert np.mean(outside) == pytest.approx(0.25, abs=0.06)
