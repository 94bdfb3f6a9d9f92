import numpy as np
import pytest

from dsp.errors import ParameterError
from dsp.evaluation.calibration import calibration
from dsp.evaluation.platt import Logistic, fit, held_out

RNG = np.random.default_rng(7)
TRUE = Logistic(-1.0, (2.0, 0.5))
FEATURES = RNG.normal(0.0, 1.5, (20_000, 2))
RIGHT = RNG.uniform(size=20_000) < TRUE.probability(FEATURES)


def test_known_weights_are_found_again():
    found = fit(FEATURES, RIGHT)
    assert found.intercept == pytest.approx(-1.0, abs=0.1)
    assert found.weights == pytest.approx((2.0, 0.5), abs=0.1)


def test_the_units_of_a_feature_do_not_matter():
    scaled = fit(FEATURES * [100.0, 0.01] + [5.0, -3.0], RIGHT)
    plain = fit(FEATURES, RIGHT).probability(FEATURES)
    np.testing.assert_allclose(scaled.probability(FEATURES * [100.0, 0.01] + [5.0, -3.0]), plain, atol=1e-3)


def test_the_mean_probability_is_the_share_that_was_right():
    assert fit(FEATURES, RIGHT).probability(FEATURES).mean() == pytest.approx(RIGHT.mean(), abs=1e-3)


def test_a_feature_of_which_more_is_worse_is_left_out():
    found = fit(np.column_stack([FEATURES[:, 0], -FEATURES[:, 0] - FEATURES[:, 1]]), RIGHT)
    assert found.weights[1] == 0.0
    assert found.weights[0] > 0.0


def test_features_that_part_right_from_wrong_completely_give_finite_weights():
    found = fit(np.arange(20.0)[:, None], np.arange(20) >= 10)
    assert np.isfinite([found.intercept, *found.weights]).all()
    assert found.probability([[0.0]])[0] < 0.1
    assert found.probability([[19.0]])[0] > 0.9


def test_an_origin_has_no_say_in_its_own_probabilities():
    origins = np.where(np.arange(RIGHT.size) % 2 == 0, "one", "other")
    fair = held_out(FEATURES, RIGHT, list(origins))
    flipped = held_out(FEATURES, np.where(origins == "one", ~RIGHT, RIGHT), list(origins))
    np.testing.assert_array_equal(fair[origins == "one"], flipped[origins == "one"])
    assert calibration(fair, RIGHT).expected_calibration_error < 0.02


@pytest.mark.parametrize("right", [True, False])
def test_nothing_can_be_learned_from_events_that_are_all_alike(right):
    with pytest.raises(ParameterError, match="all right or all wrong"):
        fit(FEATURES[:9], np.full(9, right))
