import numpy as np
import pytest

from dsp.swing import find_swing
from dsp.timing import Click, timing_stability

STEP_S = 0.25


def swung(ratio, jitter, seed, n=40):
    """Lateness of even notes of which every second one is delayed; jitter in steps."""
    delay = STEP_S * (ratio - 1) / (ratio + 1)
    late = np.where(np.arange(n) % 2 == 1, delay, 0.0)
    return late + STEP_S * np.random.default_rng(seed).normal(0.0, jitter, n)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("jitter", [0.0, 0.03, 0.06])
@pytest.mark.parametrize("ratio", [1.5, 2.0, 2.4])
def test_the_ratio_is_long_over_short(ratio, jitter, seed):
    found = find_swing(swung(ratio, jitter, seed), np.arange(40), STEP_S, downbeat_known=True)
    assert found.ratio == pytest.approx(ratio, rel=0.25 if jitter > 0.03 else 0.15)
    assert found.delayed.tolist() == [False, True] * 20


@pytest.mark.parametrize("jitter", [0.0, 0.05, 0.1, 0.15])
def test_straight_playing_does_not_swing_however_loose(jitter):
    found = [
        find_swing(swung(1.0, jitter, seed), np.arange(40), STEP_S, downbeat_known=True)
        for seed in range(200)
    ]
    assert sum(swing is not None for swing in found) <= 2


def test_the_short_notes_are_those_off_the_beat_if_that_is_known():
    late, shifted = swung(2.0, 0.01, 1), np.arange(1, 41)
    assert find_swing(late, shifted, STEP_S, downbeat_known=True) is None
    assert find_swing(late, shifted, STEP_S, downbeat_known=False).ratio == pytest.approx(2.0, rel=0.1)


def test_a_few_notes_do_not_swing():
    assert find_swing(swung(2.0, 0.0, 1, n=10), np.arange(10), STEP_S, downbeat_known=True) is None


@pytest.mark.parametrize("start_s", [1.0, None])
@pytest.mark.parametrize("ratio", [1.5, 2.0, 2.5])
def test_a_player_who_swings_keeps_time_as_well_as_a_straight_one(take, start_s, ratio):
    places = 1.0 + STEP_S * np.arange(64)
    jitter = np.random.default_rng(4).normal(0.0, 0.006, 64)
    click = Click(120.0, 2, start_s)
    straight = timing_stability(take([60] * 64, onsets=places + jitter), click)
    late = STEP_S * (ratio - 1) / (ratio + 1) * (np.arange(64) % 2)
    metric = timing_stability(take([60] * 64, onsets=places + late + jitter), click)
    assert metric.value == pytest.approx(straight.value, rel=0.15)
    assert metric.detail["swing"] == pytest.approx(ratio, rel=0.1)
    assert straight.detail["swing"] is None
