import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.intervals import bootstrap, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    # Newcombe 1998, table I, method 3 (Wilson's score without continuity correction).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_agrees_with_the_published_table(successes, n, low, high):
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_stays_a_share(case):
    successes, n = case
    low, high = wilson(successes, n)
    assert 0.0 <= low <= successes / n <= high <= 1.0


def mean_of(values):
    return lambda draw: values[draw].mean(axis=1)


def test_bootstrap_of_a_mean_agrees_with_theory():
    values = np.random.default_rng(1).normal(10.0, 2.0, 400)
    low, high = bootstrap(mean_of(values), values.size)
    assert (high - low) / 2 == pytest.approx(1.96 * values.std() / 20, rel=0.15)
    assert low < values.mean() < high


def test_the_same_notes_give_the_same_interval():
    values = np.random.default_rng(2).normal(size=100)
    assert bootstrap(mean_of(values), 100) == bootstrap(mean_of(values), 100)
    assert bootstrap(mean_of(values[:20]), 20, block=4) == bootstrap(mean_of(values[:20]), 20, block=4)


def test_blocks_widen_the_interval_of_neighbours_that_move_together():
    steps = np.repeat(np.random.default_rng(3).normal(size=100), 4)
    alone, blocks = bootstrap(mean_of(steps), 400), bootstrap(mean_of(steps), 400, block=4)
    assert blocks[1] - blocks[0] > 1.4 * (alone[1] - alone[0])


@given(st.integers(1, 300), st.integers(1, 6))
def test_every_draw_is_as_long_as_the_data_and_made_of_blocks(n, block):
    seen = []

    def keep(draw):
        seen.append(draw)
        return np.zeros(len(draw))

    bootstrap(keep, n, block=block)
    draw = seen[0]
    assert draw.shape[1] == n
    assert draw.min() >= 0
    assert draw.max() < n
    inside = np.arange(1, n) % block != 0
    assert ((np.diff(draw, axis=1) % n)[:, inside] == 1 % n).all()


def test_draws_with_nothing_to_measure_are_left_out():
    values = np.array([np.nan, 1.0, 2.0, 3.0])
    low, high = bootstrap(mean_of(values), 4)
    assert np.isfinite([low, high]).all()
