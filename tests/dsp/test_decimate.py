import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.decimate import Decimator

RATE = 192_000
NOISE = np.random.default_rng(1).standard_normal(9000).astype(np.float32)


def decimated(samples, factor=2, chunk=100):
    return np.concatenate(Decimator(factor, chunk).push(samples.astype(np.float32)))


def tone(hz, seconds=0.1):
    return np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE)


@given(st.lists(st.integers(0, NOISE.size), max_size=20), st.sampled_from([2, 3, 4]))
def test_any_cutting_gives_the_same_bits(cuts, factor):
    decimator = Decimator(factor, 100)
    pieces = [chunk for part in np.split(NOISE, sorted(cuts)) for chunk in decimator.push(part)]
    np.testing.assert_array_equal(np.concatenate(pieces), decimated(NOISE, factor))


@pytest.mark.parametrize("factor", [2, 3, 4])
def test_a_guitar_passes_unchanged_but_for_the_delay(factor):
    samples = tone(1000.0)
    heard = decimated(samples, factor)
    source = (np.arange(heard.size) + 1) * factor - 1 - Decimator(factor, 100).delay
    settled = source > Decimator(factor, 100).delay
    np.testing.assert_allclose(heard[settled], samples[source[settled]], atol=1e-3)


@pytest.mark.parametrize("hz", [55_000.0, 70_000.0, 90_000.0])
def test_what_the_lower_rate_cannot_hold_is_gone(hz):
    steady = decimated(tone(hz))[200:]
    assert 20 * np.log10(np.abs(steady).max()) < -60.0


def test_an_offset_keeps_its_size():
    np.testing.assert_allclose(decimated(np.full(2000, 0.25)), 0.25, rtol=1e-5)


def test_reset_is_new():
    decimator = Decimator(2, 100)
    decimator.push(NOISE[:777])
    decimator.reset()
    np.testing.assert_array_equal(np.concatenate(decimator.push(NOISE)), decimated(NOISE))
