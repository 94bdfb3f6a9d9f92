"""What a player comes back to, and when: spaced practice by FSRS."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Engine, Table, func, select

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
    item_id : made of the player and of what is practised, so that it is the same on each of their devices
    kind : at most 50 characters
    content : what it is, plain JSON values
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
        StoreError : an id that another player's item has
        """
        rows = [asdict(item) | {"user_id": user.id, "deleted_at": None} for item in items]
        table = PracticeItemRow.__table__
        assert isinstance(table, Table)

        def write(connection: Connection) -> None:
            upsert(connection, table, rows)
            ids = {row["item_id"] for row in rows}
            mine = (PracticeItemRow.item_id.in_(ids), PracticeItemRow.user_id == user.id)
            if connection.execute(select(func.count()).where(*mine)).scalar_one() < len(ids):
                raise StoreError("A practice item has the id of another player's; nothing was stored.")

        repeated(self._engine, user, write)

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
