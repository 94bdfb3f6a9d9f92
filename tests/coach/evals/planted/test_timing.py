"""The faults of time move onsets and leave the order of the notes alone."""

import numpy as np
import pytest

from coach.evals.planted.timing import HurriedLeap, OffBeat, UnevenTime
from coach.evals.player import Habits, SyntheticPlayer, practise


def _played(fault, tempo=90.0):
    player = SyntheticPlayer("one", (fault,), habits=Habits(tempi=(tempo,)), sessions=1, notes=300)
    return practise(player)[0]


def _late_ms(played):
    step = 30.0 / played.goal.bpm
    onsets = np.array([note.onset_s for note in played.notes])
    return 1000.0 * (onsets - step * np.rint(onsets / step))


def test_all_notes_come_early_by_what_was_planted():
    late = _late_ms(_played(OffBeat(-38.0)))
    assert np.median(late) == pytest.approx(-34.0, abs=2.0)  # players of the demo sit 4 ms late


def test_only_a_share_is_early_and_only_when_it_is_fast():
    fault = OffBeat(-70.0, share=0.35, from_bpm=110.0)
    assert (_late_ms(_played(fault, 114.0)) < -40.0).mean() == pytest.approx(0.35, abs=0.08)
    assert (_late_ms(_played(fault, 78.0)) < -40.0).mean() == 0.0


def test_uneven_time_scatters_to_both_sides():
    late = _late_ms(_played(UnevenTime(30.0)))
    assert np.std(late) == pytest.approx(31.0, abs=4.0)


def test_a_hurried_leap_comes_early_and_steps_do_not():
    played = _played(HurriedLeap(5, -60.0))
    late = _late_ms(played)
    heard = [note.pitch for note in played.notes]
    pairs = zip(heard, heard[1:], late[1:], strict=False)
    known = [(round(b) - round(a), ms) for a, b, ms in pairs if a is not None and b is not None]
    assert np.median([ms for leap, ms in known if leap >= 5]) == pytest.approx(-56.0, abs=4.0)
    assert np.median([ms for leap, ms in known if leap < 5]) == pytest.approx(4.0, abs=3.0)


@pytest.mark.parametrize("fault", [OffBeat(-250.0), UnevenTime(90.0)])
def test_notes_stay_in_order_whatever_is_planted(fault):
    onsets = [note.onset_s for note in _played(fault, 200.0).notes]
    assert min(np.diff(onsets)) > 0.0
    assert onsets[0] >= 0.0
