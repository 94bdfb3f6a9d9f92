import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.framing import fast_length
from dsp.kernel import fft

SIZES = [4, 12, 16, 24, 36, 64, 72, 96, 128, 144, 288, 512, 768, 1024, 1152, 2048, 2304]


def transformed(z):
    """The compiled transform of complex numbers; its size is half a real length."""
    chosen = fft.plan((2 * z.size,))
    x = fft.Split(z.real.astype(np.float32), z.imag.astype(np.float32))
    y = fft.Split(np.empty_like(x.re), np.empty_like(x.im))
    back = fft.transform(fft.table(chosen, 0).factors, x, y)
    result = x if back else y
    return result.re + 1j * result.im


@pytest.mark.parametrize("size", SIZES)
def test_the_transform_is_that_of_numpy(size):
    rng = np.random.default_rng(size)
    z = rng.standard_normal(size) + 1j * rng.standard_normal(size)
    expected = np.fft.fft(z)
    np.testing.assert_allclose(transformed(z), expected, atol=1e-6 * np.abs(expected).max())


@given(st.integers(0, 191), st.integers(0, 191))
def test_one_impulse_is_one_wave(at, bin_):
    z = np.zeros(192, complex)
    z[at] = 1.0
    assert transformed(z)[bin_] == pytest.approx(np.exp(-2j * np.pi * at * bin_ / 192), abs=1e-6)


@given(st.integers(8, 20_000))
def test_every_fast_length_has_a_table(least):
    length = fast_length(least)
    assert least <= length < 1.5 * least + 8
    assert fft.table(fft.plan((length,)), least).length == length


def test_the_first_length_that_is_long_enough_is_taken():
    plan = fft.plan((512, 128, 2304))
    assert [fft.table(plan, least).length for least in (1, 128, 129, 512, 513, 2304, 9999)] == [
        *(128, 128, 512, 512, 2304, 2304, 2304)
    ]


def test_tables_are_shared():
    assert fft.plan((256, 512)) is fft.plan((256, 512))
