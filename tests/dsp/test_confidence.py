import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.confidence import UNSURE_BELOW, confidence

CLARITY, LEAD, LEVEL = st.floats(0, 1), st.floats(-2, 2), st.floats(-60, 0)


@given(CLARITY, LEAD, LEVEL)
def test_it_is_a_probability(clarity, lead, level):
    assert 0.0 < confidence(clarity, lead, level) < 1.0


@given(st.tuples(CLARITY, LEAD, LEVEL), st.tuples(CLARITY, LEAD, LEVEL))
def test_more_of_anything_is_never_less_sure(one, other):
    worse = confidence(*map(min, one, other))
    better = confidence(*map(max, one, other))
    assert worse <= better


def test_a_lead_beyond_one_adds_nothing():
    assert confidence(0.9, 1.0, -3.0) == confidence(0.9, 1.7, -3.0)


@pytest.mark.parametrize(
    ("clarity", "lead", "below_peak_db", "sure"),
    [(0.98, 1.0, 0.0, True), (0.98, 0.3, -6.0, True), (0.7, 0.0, -12.0, False), (0.98, 1.0, -30.0, False)],
)
def test_clear_loud_notes_are_judged_and_faint_blurred_ones_not(clarity, lead, below_peak_db, sure):
    assert (confidence(clarity, lead, below_peak_db) >= UNSURE_BELOW) is sure
