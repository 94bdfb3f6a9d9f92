"""The truth of a history: means of the newest sessions, lines, weeks."""

from datetime import timedelta

import pytest

from coach.evals.player import LAST_DAY, SOLID, TODAY, SyntheticPlayer, practise
from coach.evals.stage import duration_s
from coach.evals.truth.history import history_figures, slope
from coach.evals.truth.take import take_figures


def _figures(**said):
    sessions = practise(SyntheticPlayer("one", **said))
    return sessions, history_figures(sessions, TODAY, duration_s)


def test_a_line_through_points_has_its_slope():
    assert slope([(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]) == pytest.approx(2.0)


def test_a_level_is_the_mean_of_the_newest_sessions():
    sessions, told = _figures(sessions=14)
    scores = [take_figures(played)["pitch_accuracy.score"] for played in sessions]
    assert told["pitch_accuracy.score"] == pytest.approx(sum(scores[-12:]) / 12)
    assert told["latest.pitch_accuracy"] == scores[-1]


def test_one_session_has_a_level_and_no_direction():
    _, told = _figures(sessions=1)
    assert "pitch_accuracy.score" in told
    assert not [name for name in told if name.startswith(("trend.", "change.", "pitch.cents"))]


def test_practice_is_counted_by_weeks_that_begin_on_monday():
    sessions, told = _figures()
    assert TODAY - timedelta(days=1) == LAST_DAY
    assert told["practice.sessions"] == len(sessions)
    assert told["practice.sessions_week"] == 2  # Monday 16 and Friday 20 November
    assert told["practice.days_off"] == 1


def test_nobody_has_no_figures():
    _, told = _figures(sessions=0, skill=SOLID)
    assert told == {}
