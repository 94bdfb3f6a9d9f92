"""Everything that a player comes back to, as a table: played when, how it went, when it is due."""

from collections.abc import Iterable
from datetime import date, tzinfo

import polars as pl

from coach.planner.choice import at_the_edge
from coach.planner.item import found_of, last_of, target_of
from coach.planner.schedule import day_of, recall
from workbench.store.items import Item

OUTLOOK_SCHEMA = pl.Schema(
    {
        "name": pl.String,
        "last_day": pl.Date,
        "score": pl.Float64,
        "notes": pl.Int64,
        "recall": pl.Float64,
        "due_day": pl.Date,
        "what": pl.String,
    }
)
"""One row for each item that a session can hold, what is due first first: what it is; day, score (0..1) and
judged notes of its last review, null before it; expected chance (0..1) that it goes well today; the day on
which it is due."""


def outlook(items: Iterable[Item], day: date, zone: tzinfo | None) -> pl.DataFrame:
    """The items as they stand on a day; frame of `OUTLOOK_SCHEMA`.

    Parameters
    ----------
    zone : the player's time zone; None = that of this machine
    """
    rows = []
    for item in at_the_edge(items):
        last, at = last_of(item), item.last_review_at
        rows.append(
            (
                target_of(item).name,
                None if at is None else day_of(at, zone),
                None if last is None else last.score,
                None if last is None else last.notes,
                recall(item, day, zone),
                day_of(item.due_at, zone),
                _went(item),
            )
        )
    return pl.DataFrame(rows, schema=OUTLOOK_SCHEMA, orient="row").sort("due_day", "recall", "name")


def _went(item: Item) -> str:
    last = last_of(item)
    if last is None:
        return found_of(item)
    return f"last: {100.0 * last.score:.0f} of 100, from {last.notes} notes"
