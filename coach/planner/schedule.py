"""When something comes back: FSRS (Ye, Su and Cao 2022) on the days of the player's own clock.

Conventions
-----------
FSRS counts whole days between reviews, and a day's practice is one review, so it is given noon of each day on
the player's clock: Monday evening to Tuesday morning is a day, wherever the player is and whatever the clock
did in between. `due_at` is the midnight at which the day begins on which an item is due. There are no
learning steps of minutes: what a hand can do a minute later says little about tomorrow (Soderstrom and Bjork
2015).
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo

from fsrs import Card, Rating, Scheduler, State

from workbench.store.items import Item

RETENTION = 0.9
"""An item comes back when it is expected to go well nine times in ten; FSRS's own default."""

LONGEST_DAYS = 60
"""Two months: what a hand has known for long is worth hearing that often."""

_SCHEDULER = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)


def day_of(moment: datetime, zone: tzinfo | None) -> date:
    """The day on the player's clock; zone None = that of this machine."""
    return moment.astimezone(zone).date()


def midnight(day: date, zone: tzinfo | None) -> datetime:
    """The moment at which a day begins on the player's clock, in UTC."""
    begins = datetime.combine(day, time(), tzinfo=zone)
    return begins.astimezone(UTC)


def reviewed(item: Item, rating: Rating, at: datetime, zone: tzinfo | None) -> Item:
    """The item after a practice that was rated.

    An item that was reviewed on that day already, or later, stays as it is: only the first try of a day tells
    what was kept since the last one.
    """
    day = day_of(at, zone)
    if item.last_review_at is not None and day <= day_of(item.last_review_at, zone):
        return item
    card, _ = _SCHEDULER.review_card(_card(item, zone), rating, _noon(day))
    lost = rating is Rating.Again and item.last_review_at is not None
    return replace(
        item,
        due_at=midnight(card.due.date(), zone),
        stability=card.stability,
        difficulty=card.difficulty,
        state=int(card.state),
        step=card.step,
        last_review_at=at.astimezone(UTC),
        repetitions=item.repetitions + 1,
        lapses=item.lapses + lost,
    )


def recall(item: Item, day: date, zone: tzinfo | None) -> float:
    """Expected chance that the item goes well on that day, 0..1; 0 before its first review."""
    return _SCHEDULER.get_card_retrievability(_card(item, zone), _noon(day))


def _card(item: Item, zone: tzinfo | None) -> Card:
    last = None if item.last_review_at is None else _noon(day_of(item.last_review_at, zone))
    return Card(
        card_id=0,
        state=State(item.state),
        step=item.step,
        stability=item.stability,
        difficulty=item.difficulty,
        due=item.due_at,
        last_review=last,
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
