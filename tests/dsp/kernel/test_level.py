import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dsp.kernel.engine import level_dbfs
from dsp.level import level_dbfs as reference_level


@given(arrays(np.float32, st.integers(1, 600), elements=st.floats(-1, 1, width=32)))
def test_the_level_is_the_same(samples):
    assert level_dbfs(samples) == pytest.approx(reference_level(samples), abs=1e-6)
