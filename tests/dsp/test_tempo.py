import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.tempo import find_beat, local_quadratic, straight_line
from dsp.timing import timing_stability


def accelerando(positions, change):
    """Times of places on a grid of half a second whose tempo goes linearly from -change/2 to +change/2."""
    tempo = 1.0 - change / 2 + change * positions / positions[-1]
    return np.concatenate([[0.0], np.cumsum(0.5 * np.diff(positions) / ((tempo[1:] + tempo[:-1]) / 2))])


@pytest.mark.parametrize("change", [0.10, -0.10])
@pytest.mark.parametrize("pattern", [[1], [2, 1, 1]], ids=["quarters", "quarters and eighths"])
def test_a_steady_tempo_change_is_no_error_and_shows_in_the_curve(take, change, pattern):
    positions = np.concatenate([[0], np.cumsum(np.resize(pattern, 89 + 30 * len(pattern)))]).astype(float)
    positions = positions[positions <= 120]
    onsets = accelerando(positions, change) + np.random.default_rng(1).normal(0, 0.005, positions.size)
    metric = timing_stability(take([60] * onsets.size, onsets=onsets))
    curve = metric.detail["tempo"]["steps_per_minute"]
    assert metric.score > 0.9
    assert curve[-1] / curve[0] - 1 == pytest.approx(change, abs=0.02)
    assert curve[0] == pytest.approx(120 * (1 - change / 2), rel=0.01)


@pytest.mark.parametrize("period_s", [15.0, 30.0])
def test_rubato_is_no_error(take, period_s):
    onsets = [0.0]
    while len(onsets) < 120:
        onsets.append(onsets[-1] + 0.5 * (1 + 0.06 * np.sin(2 * np.pi * onsets[-1] / period_s)))
    assert timing_stability(take([60] * 120, onsets=onsets)).score > 0.95


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.01, 0.03, 0.06]))
@settings(max_examples=25)
def test_residuals_estimate_white_jitter(seed, share):
    white = np.random.default_rng(seed).normal(0.0, share, 200)
    beat = find_beat(np.arange(200) + white)
    assert beat.found
    assert np.std(beat.residual_s / beat.step_s) == pytest.approx(np.std(white), rel=0.1)


def test_the_interval_variation_is_the_residual_times_root_two():
    white = np.random.default_rng(3).normal(0.0, 0.04, 2000)
    beat = find_beat(np.arange(2000) + white)
    assert np.std(beat.relative_interval) == pytest.approx(np.sqrt(2) * np.std(beat.residual_s), rel=0.05)


@given(st.integers(8, 60), st.integers(3, 12), st.floats(-2, 2), st.floats(-2, 2), st.floats(0.1, 3))
def test_a_local_quadratic_reproduces_a_parabola(n, half_width, a, b, c):
    x = np.arange(n, dtype=float)
    fit = local_quadratic(a + b * x + c * x * x / n, x, half_width)
    told = np.isfinite(fit.held_out)
    assert told.sum() >= n - 6
    assert np.abs(fit.held_out[told]).max() < 1e-4 * max(1.0, c * n)
    assert fit.slope[told] == pytest.approx((b + 2 * c * x / n)[told], abs=1e-4 * max(1.0, c * n))


@pytest.mark.parametrize("half_width", [4, 10, 40])
def test_the_held_out_residual_is_that_of_a_fit_without_the_note(half_width):
    rng = np.random.default_rng(4)
    x, y = np.cumsum(rng.integers(1, 3, 40)).astype(float), rng.normal(size=40)
    fit, i = local_quadratic(y, x, half_width), 20
    near = np.arange(max(0, i - half_width), min(40, i + half_width + 1))
    distance = np.abs(near - i)
    weight = (1 - (distance / (distance.max() + 1)) ** 3) ** 1.5
    others = near != i
    parabola = np.polynomial.Polynomial.fit(x[near][others], y[near][others], 2, w=weight[others])
    assert fit.held_out[i] == pytest.approx(y[i] - parabola(x[i]), abs=1e-5)


def test_a_straight_line_leaves_out_each_note_in_turn():
    rng = np.random.default_rng(5)
    x, y = np.arange(20.0), rng.normal(size=20)
    line = np.polynomial.Polynomial.fit(np.delete(x, 7), np.delete(y, 7), 1)
    assert straight_line(y, x).held_out[7] == pytest.approx(y[7] - line(x[7]))


@pytest.mark.parametrize("n", [1, 2])
def test_too_few_points_say_nothing(n):
    assert np.isnan(straight_line(np.zeros(n), np.arange(float(n))).studentised).all()
