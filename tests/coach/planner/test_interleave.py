"""Blocks that take turns."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.planner.interleave import MOST_ITEMS, block_minutes, items_for, turns


@given(st.integers(5, 120))
def test_the_minutes_are_kept_in_blocks_of_about_three(minutes: int) -> None:
    blocks = block_minutes(minutes)
    assert sum(blocks) == minutes
    assert set(blocks) <= {2, 3, 4}
    assert 2 <= items_for(len(blocks)) <= MOST_ITEMS


@pytest.mark.parametrize(
    ("minutes", "blocks", "items"), [(5, [3, 2], 2), (20, [3] * 6 + [2], 3), (60, [3] * 20, 6)]
)
def test_usual_lengths(minutes: int, blocks: list[int], items: int) -> None:
    assert block_minutes(minutes) == blocks
    assert items_for(len(blocks)) == items


@given(st.integers(2, 6), st.integers(2, 40), st.integers(0, 2**32))
def test_all_take_turns_and_none_comes_twice_in_a_row(items: int, blocks: int, seed: int) -> None:
    order = turns(range(items), blocks, seed)
    assert len(order) == blocks
    assert all(one != other for one, other in pairwise(order))
    counts = Counter(dict.fromkeys(range(min(items, blocks)), 0))
    counts.update(order)
    assert max(counts.values()) - min(counts.values()) <= 2
    for first in range(0, blocks - items + 1, items):
        assert set(order[first : first + items]) == set(range(items)), (
            "every item comes before one comes again"
        )


def test_the_first_round_goes_by_urgency_and_the_seed_orders_the_rest() -> None:
    orders = {tuple(turns("abcd", 12, seed)) for seed in range(20)}
    assert {order[:4] for order in orders} == {("a", "b", "c", "d")}
    assert len(orders) > 10
    assert turns("abcd", 12, 3) == turns("abcd", 12, 3)


def test_a_short_last_round_takes_the_most_urgent() -> None:
    assert all(set(turns("abc", 5, seed)[3:]) == {"a", "b"} for seed in range(20))
