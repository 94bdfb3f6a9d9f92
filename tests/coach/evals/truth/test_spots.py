"""How often a fault happens at a place is what was planted there."""

import pytest

from coach.evals.planted.pitch import OffPitch, WrongDegree
from coach.evals.planted.timing import HurriedLeap, OffBeat
from coach.evals.player import Habits, SyntheticPlayer
from coach.evals.truth.spots import spot_rates


def _rates(fault, place, side, **said):
    return spot_rates(SyntheticPlayer("one", (fault,), sessions=4, **said), place, side)


def test_a_degree_is_missed_as_often_as_planted():
    here, elsewhere = _rates(WrongDegree(4), "degree 4 (5) of minor pentatonic scales", "")
    assert here == pytest.approx(0.45, abs=0.1)
    assert elsewhere < 0.02


def test_a_region_is_flat_and_nothing_else():
    here, elsewhere = _rates(OffPitch(-40.0, lowest=64), "the notes from E4 to A4", "flat")
    assert here == pytest.approx(1.0, abs=0.02)
    assert elsewhere == pytest.approx(0.0, abs=0.02)


def test_a_leap_is_hurried():
    here, elsewhere = _rates(HurriedLeap(), "the note after a fourth up", "early")
    assert here > 0.9
    assert elsewhere < 0.05


def test_a_tempo_is_rushed():
    fault, habits = OffBeat(-70.0, share=0.35, from_bpm=110.0), Habits(tempi=(78.0, 114.0))
    here, elsewhere = _rates(fault, "notes at 110 to 119 bpm", "early", habits=habits)
    assert here == pytest.approx(0.35, abs=0.08)
    assert elsewhere == 0.0


def test_a_place_that_nobody_knows_has_no_rate():
    assert _rates(OffPitch(-40.0), "the middle of the neck", "flat") is None
