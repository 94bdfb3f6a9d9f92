"""The order of a session: short blocks that take turns.

Method
------
Practising things in turn feels harder than finishing one before the next, and movements that were learned so
are kept better (contextual interference: Shea and Morgan 1979). In music the effect is smaller: of ten
clarinettists who practised pieces in turns of three minutes or in one stretch each, where raters heard a
difference they preferred the turns (Carter and Grahn 2016); beginners on wind instruments gained little
(Stambaugh 2011). It costs nothing, and it keeps the attention awake. So blocks take about
three minutes, every item comes before any comes again, and the same item never comes twice in a row. The
first round goes by urgency, while hands and head are fresh; the later ones can't be foreseen.
"""

from collections.abc import Sequence
from itertools import chain
from random import Random
from typing import TypeVar

BLOCK_MINUTES = 3
"""Of the turns in Carter and Grahn (2016)."""

VISITS = 2
"""How often an item should come in a session: once is no turn."""

MOST_ITEMS = 6
"""More than this is a list to get through."""

T = TypeVar("T")


def block_minutes(minutes: int) -> list[int]:
    """Whole minutes of each block, longer ones first; their sum is `minutes` (>= 1)."""
    count = max(1, round(minutes / BLOCK_MINUTES))
    each, over = divmod(minutes, count)
    return [each + 1] * over + [each] * (count - over)


def items_for(blocks: int) -> int:
    """How many different items that many blocks should hold."""
    return max(min(blocks, 2), min(MOST_ITEMS, blocks // VISITS))


def turns(items: Sequence[T], blocks: int, seed: int) -> list[T]:
    """The item of each block, round by round.

    Parameters
    ----------
    items : different ones, the most urgent first: when the last round is short, those come in it
    blocks : how many; more than one needs two items or more
    """
    rng = Random(seed)  # noqa: S311  an order, no secret
    rounds: list[list[T]] = []
    while blocks > 0:
        order = list(items[:blocks])
        if rounds:
            rng.shuffle(order)
        if rounds and order[0] == rounds[-1][-1]:
            order = _not_first(order, items)
        rounds.append(order)
        blocks -= len(order)
    return list(chain.from_iterable(rounds))


def _not_first(order: list[T], items: Sequence[T]) -> list[T]:
    """The round with another item first."""
    if len(order) > 1:
        return [*order[1:], order[0]]
    return [next(item for item in items if item != order[0])]
