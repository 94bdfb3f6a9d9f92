"""Sentences take turns, tenses follow the scope."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.fact import Facts, Scope
from coach.rules.wording import say, turn


@given(st.integers(-(10**12), 10**12), st.integers(3, 9), st.text(max_size=8))
def test_two_seeds_in_a_row_never_give_the_same(seed: int, count: int, slot: str) -> None:
    variants = [str(number) for number in range(count)]
    assert turn(variants, seed, slot) != turn(variants, seed + 1, slot)


def test_two_lists_do_not_turn_in_step() -> None:
    variants = [str(number) for number in range(4)]
    pairs = {(turn(variants, seed, "heard"), turn(variants, seed, "do")) for seed in range(200)}
    assert len(pairs) > 8


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ("session", "In this session the time ran."),
        ("history", "Lately the time runs."),
        ("live", "In the last 30 seconds the time runs."),
    ],
)
def test_the_tense_is_that_of_the_scope(facts_of: Callable[..., Facts], scope: Scope, said: str) -> None:
    variants = ("{Within} the {what} {runs}.",) * 3
    assert say(variants, facts_of(scope=scope), 0, "test", {"what": "time"}) == said
