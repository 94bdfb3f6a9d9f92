"""A practice session of so many minutes, from what the player has to come back to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo

from fsrs import Rating

from coach.drills.drill import Level
from coach.planner.choice import Choice, choices
from coach.planner.exercises import exercise, slower
from coach.planner.interleave import block_minutes, items_for, turns
from coach.planner.item import last_of, target_of
from coach.planner.new_material import notes_a_minute
from coach.planner.planned import LONGEST, SHORTEST, Block, PlannedSession, PlannerError
from coach.planner.review import catch_up
from coach.planner.schedule import day_of
from coach.planner.target import Target
from workbench.archive import Archive
from workbench.store.items import Item, Items
from workbench.user import User

_LEVELS: dict[Rating, Level] = {Rating.Again: 1, Rating.Hard: 2, Rating.Good: 2, Rating.Easy: 3}
"""Of the drills, by how the item went last."""

_NEXT_TURN = "Its next turn: finding the way back after something else is part of the exercise."


def plan_session(
    archive: Archive, items: Items, minutes: int, *, now: datetime, seed: int, zone: tzinfo | None = None
) -> PlannedSession:
    """What to practise now, after everything that was played until now is counted.

    Parameters
    ----------
    archive : of the player
    items : the store of the items; what was played since the last time is reviewed and kept there
    minutes : 5 to 120
    now : aware
    seed : another one is another order, and other drills
    zone : the player's time zone; None = that of this machine

    Raises
    ------
    PlannerError : minutes out of range
    StoreError : the database can't be read or written
    """
    return planned(archive.user, catch_up(archive, items, zone), minutes, now=now, seed=seed, zone=zone)


def planned(
    user: User, items: Iterable[Item], minutes: int, *, now: datetime, seed: int, zone: tzinfo | None = None
) -> PlannedSession:
    """The same from items at hand; pure."""
    if not SHORTEST <= minutes <= LONGEST:
        raise PlannerError(f"A session takes {SHORTEST} to {LONGEST} minutes, not {minutes}.")
    known = list(items)
    day = day_of(now, zone)
    lengths = block_minutes(minutes)
    chosen = choices(known, items_for(len(lengths)), day, zone)
    order = turns(range(len(chosen)), len(lengths), seed)
    return PlannedSession(
        day=day,
        minutes=minutes,
        made_at=now.astimezone(UTC),
        blocks=tuple(_blocks(user, [chosen[index] for index in order], lengths, _own_tempi(known), seed)),
        why=_why(chosen),
    )


def _blocks(
    user: User,
    order: Sequence[Choice],
    lengths: Sequence[int],
    tempi: dict[tuple[str, str], Target],
    seed: int,
) -> Iterable[Block]:
    left = Counter(choice.target for choice in order)
    number = {target: index for index, target in enumerate(left)}
    met: set[Target] = set()
    for choice, minutes in zip(order, lengths, strict=True):
        target = choice.target
        last = None if choice.item is None else last_of(choice.item)
        level = 1 if last is None else _LEVELS[last.rating]
        own = tempi.get((target.scale_chosen, target.scale_type))
        made = exercise(target, minutes, own=own, level=level, seed=seed + number[target])
        left[target] -= 1
        unsure = last is not None and last.rating is Rating.Again
        if target.kind == "tempo" and unsure and left[target] and target not in met:
            made = slower(made)
        yield Block(
            exercise=made,
            reason=_NEXT_TURN if target in met else choice.reason,
            item_id=target.item_id(user),
        )
        met.add(target)


def _own_tempi(items: Iterable[Item]) -> dict[tuple[str, str], Target]:
    """The fastest tempo that the player has used in each scale."""
    tempi = sorted((target_of(item) for item in items if item.kind == "tempo"), key=notes_a_minute)
    return {(target.scale_chosen, target.scale_type): target for target in tempi}


def _why(chosen: Sequence[Choice]) -> str:
    counted: Counter[str] = Counter(choice.why for choice in chosen)
    words = {"due": "due", "new": "new", "early": "a little early"}
    parts = [f"{counted[why]} {said}" for why, said in words.items() if counted[why]]
    return (
        f"{len(chosen)} things take turns: {', '.join(parts)}. Turns feel harder than finishing one thing "
        "first, and what is practised that way tends to be kept better."
    )
