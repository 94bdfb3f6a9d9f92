import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dsp.framing import Framer


def windows(framer, blocks):
    return [(end, window.copy()) for block in blocks for end, window in framer.push(block)]


def obvious(samples, length, hop):
    """Every window by slicing, with the first sample standing still before the start."""
    padded = np.concatenate([np.full(length, samples[0], np.float32), samples])
    return [(end, padded[end : end + length]) for end in range(hop, samples.size + 1, hop)]


@given(
    length=st.integers(1, 40),
    hop=st.integers(1, 12),
    blocks=st.lists(st.integers(0, 90), min_size=1, max_size=20),
    seed=st.integers(0, 9),
)
def test_any_cutting_shows_the_same_windows(length, hop, blocks, seed):
    samples = np.random.default_rng(seed).standard_normal(sum(blocks) + 1).astype(np.float32)
    heard = windows(Framer(length, hop), np.split(samples, np.cumsum(blocks)))
    expected = obvious(samples, length, hop)
    assert [end for end, _ in heard] == [end for end, _ in expected]
    for (_, window), (_, slow) in zip(heard, expected, strict=True):
        np.testing.assert_array_equal(window, slow)


def test_a_long_stream_one_sample_at_a_time():
    samples = np.arange(3000, dtype=np.float32)
    heard = windows(Framer(7, 3), np.split(samples, 3000))
    assert len(heard) == 1000
    np.testing.assert_array_equal(heard[-1][1], samples[-7:])


def test_nothing_is_shown_before_a_hop_is_complete():
    framer = Framer(8, 4)
    assert windows(framer, [np.ones(3, np.float32), np.empty(0, np.float32)]) == []
    assert framer.end == 3


def test_reset_starts_a_new_grid_at_the_given_sample():
    framer = Framer(4, 2)
    windows(framer, [np.ones(5, np.float32)])
    framer.reset(100)
    ((end, window),) = windows(framer, [np.full(2, 3.0, np.float32)])
    assert end == 102
    np.testing.assert_array_equal(window, np.full(4, 3.0))
