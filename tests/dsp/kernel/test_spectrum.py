import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.framing import fast_length
from dsp.kernel import fft, spectrum


def white(size, offset=0.3):
    return (offset + np.random.default_rng(size).standard_normal(size)).astype(np.float32)


def table_and_work(length):
    return fft.table(fft.plan((length,)), 0), np.zeros(2 * length, np.float32)


@given(st.integers(1, 700), st.data())
def test_autocorrelation_is_the_sum_of_products(size, data):
    lags = data.draw(st.integers(1, size))
    frame, out = white(size), np.zeros(lags, np.float32)
    spectrum.autocorrelate(frame, *table_and_work(fast_length(size + lags - 1)), out)
    centred = frame.astype(float) - frame.mean()
    slow = [centred[: size - lag] @ centred[lag:] for lag in range(lags)]
    np.testing.assert_allclose(out, slow, atol=1e-5 * size)


@given(st.integers(1, 700), st.sampled_from([0, 1, 7]))
def test_magnitude_is_that_of_numpy(size, fewer):
    length = fast_length(size)
    frame, out = white(size), np.zeros(max(length // 2 + 1 - fewer, 1), np.float32)
    window = np.hanning(size).astype(np.float32)
    spectrum.magnitude(frame, window, *table_and_work(length), out)
    expected = np.abs(np.fft.rfft((frame - frame.mean()) * window, length))[: out.size]
    np.testing.assert_allclose(out, expected, atol=1e-5 * np.sqrt(size))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 300, 1023, 1536, 3344])
def test_the_window_is_that_of_numpy(size):
    window = np.full(size, np.nan, np.float32)
    spectrum.hann(window)
    np.testing.assert_allclose(window, np.hanning(size), atol=3e-7)


def test_the_mean_of_nothing_is_zero():
    assert spectrum.mean(np.zeros(0, np.float32)) == 0.0
