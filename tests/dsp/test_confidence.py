import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.confidence import LEGATO_RISE_DB, UNSURE_BELOW, confidence, features

CLARITY, RISE, LEVEL = st.floats(0, 1), st.floats(-30, 60), st.floats(-60, 3)


@given(CLARITY, RISE, LEVEL)
def test_it_is_a_probability(clarity, lead, level):
    assert 0.0 < confidence(clarity, lead, level) < 1.0


@given(st.tuples(CLARITY, RISE, LEVEL), st.tuples(CLARITY, RISE, LEVEL))
def test_more_of_anything_is_never_less_sure(one, other):
    worse = confidence(*map(min, one, other))
    better = confidence(*map(max, one, other))
    assert worse <= better


def test_beyond_its_bounds_a_figure_adds_nothing():
    assert confidence(0.9, 12.0, 0.0) == confidence(0.9, 40.0, 0.5)
    assert confidence(0.9, -3.0, -40.0) == confidence(0.9, -20.0, -80.0)
    assert features(0.9, 40.0, 0.5) == (0.9, 12.0, 0.0)


@pytest.mark.parametrize(
    ("clarity", "rise_db", "below_peak_db", "sure"),
    [
        (0.98, 12.0, 0.0, True),
        (0.95, 6.0, -6.0, True),
        (0.9, LEGATO_RISE_DB, -3.0, True),
        (0.75, 0.0, -18.0, False),
        (0.95, 3.0, -32.0, False),
    ],
)
def test_clear_plucked_notes_are_judged_and_faint_ones_that_hardly_rose_not(
    clarity, rise_db, below_peak_db, sure
):
    assert (confidence(clarity, rise_db, below_peak_db) >= UNSURE_BELOW) is sure
