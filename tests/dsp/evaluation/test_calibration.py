import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.errors import ParameterError
from dsp.evaluation.calibration import BIN_EDGES, calibration, reliability, risk_coverage
from dsp.intervals import wilson

EVENTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_a_sure_and_right_engine_is_perfect():
    found = calibration(np.ones(50), np.ones(50, bool))
    assert (found.brier, found.expected_calibration_error, found.area, found.right) == (0.0, 0.0, 0.0, 1.0)


def test_an_honest_coin_is_calibrated_but_not_sharp():
    found = calibration(np.full(100, 0.5), np.arange(100) % 2 == 0)
    assert found.expected_calibration_error == pytest.approx(0.0)
    assert (found.brier, found.area) == (pytest.approx(0.25), pytest.approx(0.5))


def test_overconfidence_shows_in_the_error_and_not_in_the_order():
    right = np.arange(100) >= 30
    found = calibration(np.where(right, 0.99, 0.9), right)
    assert found.expected_calibration_error == pytest.approx(0.3 * 0.9 + 0.7 * 0.01)
    assert found.risk[0] == 0.0
    assert found.coverage == (pytest.approx(0.7), 1.0)


def test_drawn_from_its_own_word_it_is_calibrated():
    rng = np.random.default_rng(5)
    sure = rng.uniform(0, 1, 20_000)
    found = calibration(sure, rng.uniform(0, 1, sure.size) < sure)
    assert found.expected_calibration_error < 0.02
    assert found.brier == pytest.approx(1 / 6, abs=0.01)
    assert all(
        entry.right_low <= entry.confidence + 0.03 and entry.confidence - 0.03 <= entry.right_high
        for entry in found.bins
    )


@given(EVENTS)
def test_bins_hold_every_event_once(events):
    sure, right = np.array([s for s, _ in events]), np.array([r for _, r in events])
    bins = reliability(sure, right)
    assert sum(entry.n for entry in bins) == len(events)
    assert sum(entry.right * entry.n for entry in bins) == pytest.approx(right.sum())
    for entry in bins:
        assert entry.low <= entry.confidence <= entry.high
        assert (entry.right_low, entry.right_high) == wilson(round(entry.right * entry.n), entry.n)


@given(EVENTS)
def test_scores_stay_in_their_bounds_and_the_curve_ends_with_everything(events):
    found = calibration([s for s, _ in events], [r for _, r in events])
    for value in (found.brier, found.expected_calibration_error, found.area):
        assert 0.0 <= value <= 1.0
    assert found.coverage[-1] == 1.0
    assert found.risk[-1] == pytest.approx(1 - found.right)
    assert list(found.coverage) == sorted(found.coverage)


def test_putting_the_wrong_ones_last_makes_the_area_smallest():
    right = np.arange(40) >= 10
    best, worst = (calibration(np.linspace(*ends, 40), right).area for ends in ((0.1, 0.9), (0.9, 0.1)))
    assert best < calibration(np.full(40, 0.5), right).area < worst


def test_equals_are_let_in_together():
    coverage, risk = risk_coverage(np.array([0.9, 0.9, 0.9, 0.2]), np.array([False, True, True, True]))
    assert coverage.tolist() == [0.75, 1.0]
    assert risk.tolist() == [pytest.approx(1 / 3), 0.25]


def test_edges_cover_every_confidence():
    assert (BIN_EDGES[0], BIN_EDGES[-1]) == (0.0, 1.0)
    assert list(BIN_EDGES) == sorted(BIN_EDGES)


def test_nothing_to_measure():
    assert calibration([], []) is None


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(confidence):
    with pytest.raises(ParameterError, match="between 0 and 1"):
        calibration([confidence], [True])
