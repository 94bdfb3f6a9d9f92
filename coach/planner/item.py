"""What a row of `practice_items` holds of a target: what it is, what was measured last, what brought it up.

The card of FSRS stands in the row's own columns (`workbench.store.items.Item`); `content` holds the rest.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from fsrs import Rating

from coach.planner.results import Result
from coach.planner.target import Target
from workbench.store.items import Item
from workbench.user import User


@dataclass(frozen=True, slots=True)
class Last:
    """What the last review measured; the moment is the item's `last_review_at`.

    Attributes
    ----------
    score : 0..1, as in `results.Result`
    notes : judged notes behind it
    """

    rating: Rating
    score: float
    notes: int


def new_item(user: User, target: Target, due_at: datetime, found: str = "") -> Item:
    """An item before its first review.

    Parameters
    ----------
    found : the finding that brought it up, a sentence; "" when it was simply played
    """
    content = {"target": asdict(target), "found": found}
    return Item(target.item_id(user), target.kind, content, due_at)


def target_of(item: Item) -> Target:
    """What is practised."""
    return Target(**item.content["target"])


def found_of(item: Item) -> str:
    """The finding that brought it up; "" when it was simply played."""
    return str(item.content["found"])


def last_of(item: Item) -> Last | None:
    """What the last review measured; None before it."""
    last = item.content.get("last")
    return None if last is None else Last(Rating(last["rating"]), last["score"], last["notes"])


def with_last(item: Item, result: Result) -> Item:
    """The item with what was measured."""
    last = {"rating": int(result.rating), "score": round(result.score, 4), "notes": result.notes}
    return replace(item, content={**item.content, "last": last})
