import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.pulse import ONE_INTERVAL, Grid, count_units, prediction_error

LONG_AND_SHORT = Grid("long and short", 1, (0, 1, 2, 3, 4))


def one_take(intervals):
    gaps = np.asarray(intervals, dtype=float)
    return gaps, np.ones(gaps.size, dtype=bool)


@given(st.lists(st.integers(1, 4), min_size=4, max_size=50), st.floats(0.1, 1.0), st.floats(0.97, 1.03))
def test_counts_the_units_of_a_steady_player(values, unit, guess):
    gaps, live = one_take(unit * np.array(values))
    assert count_units(gaps, live, unit * guess, LONG_AND_SHORT).tolist() == values


def test_follows_a_player_who_speeds_up():
    values = np.resize([2, 1, 1, 4], 120)
    gaps, live = one_take(values * np.linspace(0.30, 0.20, 120))
    assert count_units(gaps, live, 0.30, LONG_AND_SHORT).tolist() == values.tolist()


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 0.04), st.floats(1.2, 3))
def test_the_prediction_error_grows_with_the_jitter(seed, jitter, factor):
    noise = np.diff(np.random.default_rng(seed).normal(size=65))
    errors = [
        prediction_error(
            (1.0 + sigma * noise)[:, None], np.ones((64, 1), bool), np.array([[1.0]]), ONE_INTERVAL
        )[0, 0]
        for sigma in (jitter, jitter * factor)
    ]
    assert errors[0] < errors[1]


def test_a_pause_is_not_predicted_and_not_carried_on():
    gaps, live = np.array([1.0] * 8 + [7.3] + [1.0] * 8), np.array([True] * 8 + [False] + [True] * 8)
    assert prediction_error(gaps[:, None], live[:, None], np.array([[1.0]]), ONE_INTERVAL)[
        0, 0
    ] == pytest.approx(0.0)


def test_a_grid_finer_than_the_playing_is_no_explanation():
    gaps = np.full((32, 1), 1.0)
    errors = prediction_error(gaps, np.ones((32, 1), bool), np.array([[1.0, 0.5, 0.25]]), LONG_AND_SHORT)
    assert errors[0].tolist() == [0.0, np.inf, np.inf]


@pytest.mark.parametrize(("short_notes", "explains"), [(4, False), (12, True)])
def test_the_shortest_note_value_must_occur_now_and_then(short_notes, explains):
    gaps = np.full((64, 1), 1.0)
    gaps[: 2 * short_notes : 2] = 0.5
    error = prediction_error(gaps, np.ones((64, 1), bool), np.array([[0.5]]), LONG_AND_SHORT)[0, 0]
    assert np.isfinite(error) is np.bool_(explains)


def test_takes_followed_side_by_side_do_not_touch_each_other():
    rng = np.random.default_rng(1)
    gaps, live = rng.uniform(0.2, 0.8, (20, 5)), rng.random((20, 5)) > 0.1
    guesses = rng.uniform(0.2, 0.4, (5, 3))
    together = prediction_error(gaps, live, guesses, LONG_AND_SHORT)
    alone = [prediction_error(gaps[:, [i]], live[:, [i]], guesses[[i]], LONG_AND_SHORT)[0] for i in range(5)]
    assert together.tolist() == np.stack(alone).tolist()
