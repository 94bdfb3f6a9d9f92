import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.circular import unwrap_about_centre, wrap


@given(st.lists(st.floats(-1e4, 1e4), min_size=1), st.floats(0.1, 200))
def test_wrapping_moves_by_whole_periods_into_the_first(x, period):
    wrapped = wrap(x, period)
    assert (wrapped >= -period / 2 - 1e-9).all()
    assert (wrapped <= period / 2 + 1e-9).all()
    turns = (np.array(x) - wrapped) / period
    assert turns == pytest.approx(np.round(turns), abs=1e-6)


@given(st.floats(-50, 49.9), st.floats(0.5, 10), st.integers(0, 2**32 - 1))
def test_a_cluster_across_the_seam_stays_together(centre, scatter, seed):
    true = centre + np.clip(np.random.default_rng(seed).normal(0, scatter, 30), -20, 20)
    together = unwrap_about_centre(wrap(true, 100.0), 100.0)
    assert np.ptp(together) == pytest.approx(np.ptp(true), abs=1e-9)
    assert -50.0 <= np.median(together) < 50.0
