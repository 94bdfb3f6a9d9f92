"""Which items a session holds: what is due, then a little that is new, then what is due soonest.

Whatever is likeliest to have slipped comes first, so that after weeks away the hard things come back before
the easy ones. Two things of the same scale or of the same kind are less of a change than two that share
nothing, so they have to be a little more urgent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import groupby, islice
from typing import Literal

from fsrs import Rating

from coach.ladder import START
from coach.planner.item import last_of, target_of
from coach.planner.new_material import new_material, notes_a_minute
from coach.planner.reasons import due_reason, early_reason
from coach.planner.schedule import day_of, recall
from coach.planner.target import Target
from workbench.store.items import Item

MOST_NEW = 1
"""New things in a session of a player who has others: what is known has to be kept, too."""

MOST_FIRST = 3
"""New things in a very first session."""

ALIKE = 0.2
"""What each item of the same scale, and each of the same kind, counts as in expected chance of going well."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One item of a session.

    Attributes
    ----------
    item : None for something new
    why : "due", "new" or "early"
    reason : the same in words
    """

    target: Target
    item: Item | None
    why: Literal["due", "new", "early"]
    reason: str


def choices(items: Iterable[Item], count: int, day: date, zone: tzinfo | None) -> list[Choice]:
    """The items of a session on that day, the most urgent first; each at most once.

    Parameters
    ----------
    items : all that the player has
    count : how many; fewer come back only in a very first session
    """
    known = list(items)
    active = at_the_edge(known)
    waiting = [item for item in active if day_of(item.due_at, zone) <= day]
    resting = [item for item in active if day_of(item.due_at, zone) > day]
    due = [
        Choice(target_of(item), item, "due", due_reason(item, day, zone))
        for item in _varied(waiting, count, day, zone)
    ]
    room = count - len(due)
    fresh = list(islice(new_material(known), max(0, min(room, MOST_NEW if known else MOST_FIRST))))
    new = [Choice(target, None, "new", reason) for target, reason in fresh]
    early = [
        Choice(target_of(item), item, "early", early_reason(item, day, zone))
        for item in _varied(resting, room - len(new), day, zone)
    ]
    return _filled([*due, *new, *early], known, count)


def _filled(chosen: list[Choice], known: list[Item], count: int) -> list[Choice]:
    """Two things to take turns with even for a player who knows one."""
    if len(chosen) >= min(count, 2):
        return chosen
    there = {choice.target for choice in chosen}
    more = ((target, reason) for target, reason in new_material(known) if target not in there)
    target, reason = next(more)
    return [*chosen, Choice(target, None, "new", reason)]


def at_the_edge(items: Iterable[Item]) -> list[Item]:
    """The items with two tempi of a scale at most: the fastest that is sure, and the next one above it.

    Slower ones are in the faster one, and what is faster still waits for the next one to be sure. Where none
    is sure, it is the slowest one that is not far below what the player plays now.
    """
    kept = [item for item in items if item.kind != "tempo"]
    tempi = sorted((item for item in items if item.kind == "tempo"), key=_notes_a_minute)
    for _, group in groupby(sorted(tempi, key=_scale), key=_scale):
        ladder = _near_the_newest(list(group))
        sure = max((rung for rung, item in enumerate(ladder) if _is_sure(item)), default=-1)
        kept += ladder[max(sure, 0) : sure + 2]
    return kept


def _near_the_newest(ladder: list[Item]) -> list[Item]:
    """The tempi from four fifths of the one that was played last: the others belong to another time."""
    newest = max(ladder, key=lambda item: item.last_review_at or item.due_at)
    return [item for item in ladder if _notes_a_minute(item) >= START * _notes_a_minute(newest)]


def _notes_a_minute(item: Item) -> int:
    return notes_a_minute(target_of(item))


def _is_sure(item: Item) -> bool:
    last = last_of(item)
    return last is not None and last.rating > Rating.Again


def _varied(items: Iterable[Item], count: int, day: date, zone: tzinfo | None) -> list[Item]:
    """The items likeliest to have slipped, with a preference for what shares nothing with the others."""
    left = sorted(items, key=lambda item: (recall(item, day, zone), item.due_at, item.item_id))
    picked: list[Item] = []
    while left and len(picked) < count:
        urgency = [recall(item, day, zone) + ALIKE * _likeness(item, picked) for item in left]
        picked.append(left.pop(urgency.index(min(urgency))))
    return picked


def _likeness(item: Item, others: Iterable[Item]) -> int:
    return sum((_scale(item) == _scale(other)) + (item.kind == other.kind) for other in others)


def _scale(item: Item) -> tuple[str, str]:
    target = target_of(item)
    return target.scale_chosen, target.scale_type
