"""From finished sessions to the state of the items: what was played is rated by what was measured.

Right notes and tempi become items as soon as they are played; intonation and clean playing only where they
went badly, and a degree only where `weak_spots` finds that it stands out, so that the list holds what a
player has to come back to and not everything that was ever measured.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

import polars as pl
from fsrs import Rating

from coach.planner.item import new_item, with_last
from coach.planner.results import Result, results
from coach.planner.schedule import reviewed
from coach.planner.target import Target
from workbench.archive import Archive
from workbench.insight.comparable import comparable
from workbench.insight.scope import scope_of
from workbench.insight.weak_spots import RECENT_SESSIONS, weak_spots
from workbench.store.items import Item, Items
from workbench.user import User

_FAULTS_OF_PITCH = ("wrong", "sharp", "flat")
"""What an item of a degree is rated by; when a degree comes early, its tempo is the item."""

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


def review(user: User, items: Iterable[Item], measured: Iterable[Result], zone: tzinfo | None) -> list[Item]:
    """The items that changed and those that are new.

    A result of a day on which its item was reviewed already changes nothing, so that it may be given again.

    Parameters
    ----------
    items : all that the player has
    measured : results, oldest first
    zone : the player's time zone; None = that of this machine
    """
    known = {item.item_id: item for item in items}
    changed: dict[object, Item] = {}
    for result in measured:
        item_id = result.target.item_id(user)
        item = known.get(item_id)
        if not _begins(result) if item is None else _led_to(item, result):
            continue
        before = item or new_item(user, result.target, result.at)
        after = reviewed(before, result.rating, result.at, zone)
        if after is not before:
            known[item_id] = changed[item_id] = with_last(after, result)
    return list(changed.values())


def _begins(result: Result) -> bool:
    """Whether a result makes an item of what was none."""
    kind = result.target.kind
    return kind in {"notes", "tempo"} or (kind != "degree" and result.rating is Rating.Again)


def _led_to(item: Item, result: Result) -> bool:
    """Whether an item that waits for its first review was made because of that result."""
    return item.last_review_at is None and result.at <= item.due_at


def weak_degrees(user: User, items: Iterable[Item], played: pl.DataFrame) -> list[Item]:
    """New items for the degrees that stand out and are none yet; due at once.

    Parameters
    ----------
    played : frame of `queries_notes.played` of the newest `RECENT_SESSIONS`
    """
    known = {item.item_id for item in items}
    spots = weak_spots(played).filter(pl.col("kind") == "degree", pl.col("fault").is_in(_FAULTS_OF_PITCH))
    made = {}
    for spot in spots.iter_rows(named=True):
        degree = int(spot["where"].rpartition(":")[2])
        target = Target("degree", spot["scale_chosen"], spot["scale_type"], degree)
        item = new_item(user, target, played["start_timestamp"].max(), spot["sentence"])  # type: ignore[arg-type]
        made[item.item_id] = item
    return [item for item_id, item in made.items() if item_id not in known]


def catch_up(archive: Archive, store: Items, zone: tzinfo | None = None) -> list[Item]:
    """Review what was played since the last review, keep it, and return all items of the player.

    The first time it looks at the newest `RECENT_SESSIONS`; after that, at the sessions that are new.
    """
    items = store.all(archive.user)
    sessions = comparable(archive.sessions()).tail(RECENT_SESSIONS)
    reviewed_until = max((item.last_review_at for item in items if item.last_review_at), default=None)
    if sessions.filter(pl.col("start_timestamp") > (reviewed_until or _BEFORE_ALL)).is_empty():
        return items
    played = archive.played(scope_of(sessions))
    changed = review(archive.user, items, results(sessions, played), zone)
    merged = {item.item_id: item for item in [*items, *changed]}
    new = weak_degrees(archive.user, merged.values(), played)
    store.put(archive.user, [*changed, *new])
    return [*merged.values(), *new]
