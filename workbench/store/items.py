"""What a player comes back to, and when: spaced practice by FSRS."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import ColumnElement, Engine, Table, select

from workbench.store.errors import StoreError
from workbench.store.schema_coach import PracticeItemRow
from workbench.store.transaction import repeated
from workbench.store.upsert import upsert
from workbench.user import User

LEARNING = 1
"""The state of an item that is new to the scheduler."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something to practise again, with its card of FSRS (github.com/open-spaced-repetition/py-fsrs).

    Attributes
    ----------
    item_id : from `item_id`, so that the same thing has the same id on each of a player's devices
    kind : "exercise", "degree", "tempo", at most 50 characters
    content : what it is, plain JSON values; never changed, the id is made of it
    due_at : when it should come next
    stability : days after which it is recalled with 90 %; None before the first review
    difficulty : 1..10; None before the first review
    state : 1 learning, 2 review, 3 relearning
    step : of learning or relearning; None in review
    last_review_at : None before the first review
    repetitions : reviews so far
    lapses : reviews that failed
    """

    item_id: UUID
    kind: str
    content: Mapping[str, Any]
    due_at: datetime
    stability: float | None = None
    difficulty: float | None = None
    state: int = LEARNING
    step: int | None = 0
    last_review_at: datetime | None = None
    repetitions: int = 0
    lapses: int = 0


def item_id(user: User, kind: str, content: Mapping[str, Any]) -> UUID:
    """The id of a thing to practise: the same for the same player, kind and content, on every device."""
    said = json.dumps([user.id, kind, content], sort_keys=True, ensure_ascii=False)
    return uuid5(NAMESPACE_URL, f"fretcoach:practice-item:{said}")


_COLUMNS = (
    PracticeItemRow.item_id,
    PracticeItemRow.kind,
    PracticeItemRow.content,
    PracticeItemRow.due_at,
    PracticeItemRow.stability,
    PracticeItemRow.difficulty,
    PracticeItemRow.state,
    PracticeItemRow.step,
    PracticeItemRow.last_review_at,
    PracticeItemRow.repetitions,
    PracticeItemRow.lapses,
)


class Items:
    """The items of players.

    Every method raises `StoreError` with one sentence for what the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, user: User, items: Iterable[Item]) -> None:
        """Add items, or bring those that are there up to date; all or none.

        Raises
        ------
        StoreError : an id that was not made by `item_id` of this player
        """
        rows = [asdict(item) | {"user_id": user.id, "deleted_at": None} for item in items]
        for row in rows:
            if row["item_id"] != item_id(user, row["kind"], row["content"]):
                raise StoreError(f"The practice item {row['item_id']} is not one of the player {user.id}.")
        table = PracticeItemRow.__table__
        assert isinstance(table, Table)
        repeated(self._engine, user, lambda connection: upsert(connection, table, rows))

    def all(self, user: User) -> list[Item]:
        """Every item of the player, the one that is due first first."""
        return self._read(user)

    def due(self, user: User, at: datetime) -> list[Item]:
        """Those that should have come by then, the one that is due first first."""
        return self._read(user, PracticeItemRow.due_at <= at)

    def _read(self, user: User, *more: ColumnElement[bool]) -> list[Item]:
        query = (
            select(*_COLUMNS)
            .where(PracticeItemRow.user_id == user.id, PracticeItemRow.deleted_at.is_(None), *more)
            .order_by(PracticeItemRow.due_at, PracticeItemRow.item_id)
        )
        return repeated(
            self._engine, user, lambda connection: [Item(*row) for row in connection.execute(query)]
        )
