"""Why an item comes in a session, in words that rest on its last review and on its schedule."""

from datetime import date, tzinfo

from fsrs import Rating

from coach.planner.item import Last, found_of, last_of, target_of
from coach.planner.schedule import day_of, recall
from coach.planner.target import Kind
from workbench.store.items import Item

_MEASURED: dict[Kind, str] = {
    "notes": "{score:.0f} of 100 notes were in the scale",
    "degree": "{score:.0f} of 100 notes on it were right and in tune",
    "intonation": "the pitch score was {score:.0f} of 100",
    "tempo": "the timing score was {score:.0f} of 100",
    "clean": "the noise score was {score:.0f} of 100",
}


def due_reason(item: Item, day: date, zone: tzinfo | None) -> str:
    """Why an item that is due comes on that day."""
    last = last_of(item)
    if last is None or item.last_review_at is None:
        return f"{found_of(item)} Found {ago((day - day_of(item.due_at, zone)).days)}."
    when = ago((day - day_of(item.last_review_at, zone)).days)
    measured = _measured(target_of(item).kind, last)
    if last.rating is Rating.Again:
        return f"Not there yet: {when} {measured}."
    left = f"Without practice it should go well {100 * recall(item, day, zone):.0f} times in 100 by now."
    return f"Due again: {when} {measured}. {left}"


def early_reason(item: Item, day: date, zone: tzinfo | None) -> str:
    """Why an item comes that is not due yet."""
    due = day_of(item.due_at, zone)
    when = "tomorrow" if (due - day).days == 1 else f"{due.day} {due:%B}"
    return f"Not due before {when}, but there is time left, and it gives the others their rest."


def ago(days: int) -> str:
    """Words for a day so long ago: 0 "today", 1 "yesterday", 12 "12 days ago"."""
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def _measured(kind: Kind, last: Last) -> str:
    return f"{_MEASURED[kind].format(score=100.0 * last.score)}, from {last.notes} notes"
