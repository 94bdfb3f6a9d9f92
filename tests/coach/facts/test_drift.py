"""Running away from the click, or not."""

import numpy as np
import pytest

from coach.facts.drift import drift

ONSETS = np.arange(96) * 0.5


@pytest.mark.parametrize(("slope", "direction"), [(-60.0, "speeding up"), (60.0, "slowing down")])
def test_a_planted_slope_is_found(slope: float, direction: str) -> None:
    late = slope * ONSETS / 60.0 + np.random.default_rng(1).normal(0.0, 8.0, 96)
    found = drift(ONSETS, late)

    assert found is not None
    assert found.direction == direction
    assert found.low < slope < found.high


def test_chance_is_seldom_called_a_drift() -> None:
    rng = np.random.default_rng(2)
    found = [drift(ONSETS, rng.normal(0.0, 15.0, 96)) for _ in range(200)]

    assert sum(each is not None for each in found) <= 20


def test_too_few_notes_or_all_at_once_have_no_slope() -> None:
    assert drift(ONSETS[:20], ONSETS[:20]) is None
    assert drift(np.zeros(96), ONSETS) is None
    assert drift(ONSETS, np.full(96, np.nan)) is None
