"""Conversations with the coach, kept across restarts and devices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Connection, Engine, func, insert, select

from workbench.store.columns import new_id
from workbench.store.schema_coach import CoachMessageRow
from workbench.store.transaction import repeated
from workbench.user import User

Role = Literal["user", "coach", "break"]
"""Who speaks; "break" begins a new conversation and says nothing."""


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One turn of a conversation.

    Attributes
    ----------
    role : see `Role`
    evidence : what the turn rests on, as whoever wrote it chose; None where it rests on nothing
    session_id : the practice that it is about, if it is about one
    """

    message_id: UUID
    role: Role
    content: str
    evidence: Mapping[str, Any] | None
    session_id: UUID | None
    created_at: datetime


class Messages:
    """The turns of players' conversations; rows are added and never changed.

    Every method raises `StoreError` with one sentence for what the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self,
        user: User,
        role: Role,
        content: str,
        evidence: Mapping[str, Any] | None = None,
        session_id: UUID | None = None,
    ) -> UUID:
        """Keep one turn.

        Parameters
        ----------
        evidence : plain JSON values

        Returns
        -------
        id of the turn
        """
        message_id = new_id()
        row = {
            "message_id": message_id,
            "user_id": user.id,
            "role": role,
            # Postgres takes no NUL in a text, and nobody means one.
            "content": content.replace("\x00", ""),
            "evidence": None if evidence is None else dict(evidence),
            "session_id": session_id,
            # The default of SQLite knows whole seconds only: two turns of one second would change places.
            "created_at": datetime.now(UTC),
        }

        def keep(connection: Connection) -> UUID:
            connection.execute(insert(CoachMessageRow), row)
            return message_id

        return repeated(self._engine, user, keep)

    def newest(self, user: User, limit: int) -> list[StoredMessage]:
        """The newest turns of the conversation that goes on (since its last "break"), oldest first."""
        mine = CoachMessageRow.user_id == user.id
        broken_off = select(func.max(CoachMessageRow.created_at)).where(mine, CoachMessageRow.role == "break")
        query = (
            select(
                CoachMessageRow.message_id,
                CoachMessageRow.role,
                CoachMessageRow.content,
                CoachMessageRow.evidence,
                CoachMessageRow.session_id,
                CoachMessageRow.created_at,
            )
            .where(mine, CoachMessageRow.role != "break")
            .order_by(CoachMessageRow.created_at.desc(), CoachMessageRow.message_id.desc())
            .limit(limit)
        )

        def read(connection: Connection) -> list[StoredMessage]:
            since = connection.execute(broken_off).scalar_one()
            of_this = query if since is None else query.where(CoachMessageRow.created_at > since)
            return [StoredMessage(*row) for row in connection.execute(of_this)][::-1]

        return repeated(self._engine, user, read)
