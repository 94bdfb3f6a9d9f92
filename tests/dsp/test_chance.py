import numpy as np
import pytest

from dsp.chance import GRIDS, beats_shuffles, chance_limits, even_error, search, side_by_side


def rng():
    return np.random.default_rng(440)


def lucky_grids(intervals):
    """Which grids predict the intervals better than luck."""
    errors, _ = search(intervals[:, None], np.ones((intervals.size, 1), dtype=bool), [intervals])
    return errors[:, 0] < chance_limits([intervals], rng())[:, 0]


@pytest.mark.parametrize("grid", range(len(GRIDS)), ids=[grid.name for grid in GRIDS])
def test_the_right_grid_beats_luck_and_finds_its_unit(grid):
    values = np.random.default_rng(1).choice(GRIDS[grid].values[1:4], 48)
    jitter = np.diff(np.random.default_rng(2).normal(0, 0.002, 49))
    intervals = 0.1 * values + jitter
    _, units = search(intervals[:, None], np.ones((48, 1), dtype=bool), [intervals])
    assert lucky_grids(intervals)[grid]
    assert units[grid, 0] == pytest.approx(0.1, rel=0.05)


def test_random_intervals_hardly_ever_beat_luck():
    draws = np.random.default_rng(3).uniform(0.25, 0.75, (40, 40))
    assert sum(lucky_grids(intervals).any() for intervals in draws) <= 2


def test_among_many_takes_each_borrows_the_chance_level_of_one_like_it():
    even, uneven = np.full(40, 0.5) + 0.01 * np.random.default_rng(4).normal(size=40), draws_like(5)
    limits = chance_limits([even] * 40 + [uneven] * 40, rng())
    assert limits[:, :38].max() < limits[:, -38:].min()


def draws_like(seed):
    return np.random.default_rng(seed).uniform(0.25, 0.75, 40)


def steady(takes):
    gaps, live = side_by_side(takes, [np.ones(take.size, dtype=bool) for take in takes])
    return beats_shuffles(takes, even_error(gaps, live, takes), rng())


def test_jitter_about_a_beat_beats_its_shuffles_and_random_intervals_do_not():
    loose_beat = [1.0 + np.diff(np.random.default_rng(seed).normal(0, 0.15, 65)) for seed in range(10)]
    no_beat = [np.random.default_rng(seed).uniform(0.5, 1.5, 64) for seed in range(10)]
    assert steady(loose_beat).all()
    assert steady(no_beat).sum() <= 1


def test_rows_of_different_lengths_stand_side_by_side():
    gaps, mask = side_by_side(
        [np.array([1.0, 2.0]), np.array([3.0])], [np.array([True, False]), np.array([True])]
    )
    assert gaps.tolist() == [[1.0, 3.0], [2.0, 0.0]]
    assert mask.tolist() == [[True, True], [False, False]]
