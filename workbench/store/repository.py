"""Writing sessions. Every method is one transaction: it happens whole or not at all."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, insert, select, update

from workbench.store import rows
from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.records import DEMO_DEVICE, Analysis, SessionEnd, SessionStart
from workbench.store.schema import AnalysisRow, NoteRow, SessionRow
from workbench.store.transaction import transaction
from workbench.user import User

UNDO_PERIOD = timedelta(days=7)
"""How long a deletion can be taken back."""


class Repository:
    """The writing side of the store; frames for reading come from `store.read`.

    Every method raises `StoreError` with one sentence for what the database refuses, and for a session that
    is not this player's.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin_session(self, start: SessionStart) -> None:
        """Store the row of a session that has just begun; beginning the same one again changes nothing."""
        with transaction(self._engine, start.user) as connection:
            _begin(connection, start)

    def finish_session(self, user: User, end: SessionEnd) -> None:
        """Store the analysis, the notes and the summary of a session, all or none.

        A session that is finished already stays as it is, so a recovery may try again.
        """
        with transaction(self._engine, user) as connection:
            _finish(connection, user, end)

    def add_finished(self, sessions: Iterable[tuple[SessionStart, SessionEnd]]) -> None:
        """Store whole sessions of one player in one transaction, as `begin_session` and `finish_session` do.

        Raises
        ------
        ValueError
            when the sessions belong to several players
        """
        pairs = list(sessions)
        if not pairs:
            return
        user = pairs[0][0].user
        if any(start.user != user for start, _ in pairs):
            raise ValueError("Sessions of several players in one call; store each player's on their own.")
        with transaction(self._engine, user) as connection:
            for start, end in pairs:
                _begin(connection, start)
                _finish(connection, user, end)

    def unfinished(self, user: User) -> list[UUID]:
        """Sessions that have no end yet and were not deleted, oldest first."""
        query = (
            select(SessionRow.session_id)
            .where(SessionRow.user_id == user.id)
            .where(SessionRow.end_timestamp.is_(None), SessionRow.deleted_at.is_(None))
            .order_by(SessionRow.start_timestamp, SessionRow.session_id)
        )
        with transaction(self._engine, user) as connection:
            return list(connection.execute(query).scalars())

    def append_analysis(self, user: User, session_id: UUID, analysis: Analysis) -> UUID:
        """Add a later scoring of a finished session and make it the current one; earlier ones stay.

        Returns
        -------
        id of the new analysis
        """
        with transaction(self._engine, user) as connection:
            if _locked_session(connection, user, session_id).end_timestamp is None:
                raise StoreError(
                    f"The session {session_id} is still running; score it again once it has ended."
                )
            return _add_analysis(connection, user, session_id, analysis, {})

    def set_comment(self, user: User, session_id: UUID, comment: str | None) -> None:
        """Keep the player's words about a session; None or nothing but space takes them away."""
        words = comment.strip() if comment else None
        with transaction(self._engine, user) as connection:
            _locked_session(connection, user, session_id)
            _change(connection, user, session_id, {"comment": words or None})

    def delete_session(self, user: User, session_id: UUID) -> None:
        """Mark a session as deleted: it leaves every view, and can be taken back for `UNDO_PERIOD`."""
        with transaction(self._engine, user) as connection:
            if _locked_session(connection, user, session_id).deleted_at is None:
                _change(connection, user, session_id, {"deleted_at": datetime.now(UTC)})

    def undo_delete(self, user: User, session_id: UUID) -> None:
        """Take a deletion back. A session that is not deleted stays as it is."""
        with transaction(self._engine, user) as connection:
            deleted_at = _locked_session(connection, user, session_id).deleted_at
            if deleted_at is not None and datetime.now(UTC) - deleted_at > UNDO_PERIOD:
                raise StoreError(
                    f"The session {session_id} was deleted on {deleted_at:%d %B %Y}; "
                    f"a deletion can be taken back for {UNDO_PERIOD.days} days."
                )
            _change(connection, user, session_id, {"deleted_at": None})

    def erase_demo(self) -> int:
        """Remove everything that the demo history brought, of all demo players.

        Returns
        -------
        number of sessions removed
        """
        # Both marks: somebody's machine may really be called "demo".
        made_up = (SessionRow.origin_device == DEMO_DEVICE, SessionRow.device_type == DEMO_DEVICE)
        demo = select(SessionRow.session_id).where(*made_up)
        with transaction(self._engine, None) as connection:
            connection.execute(delete(NoteRow).where(NoteRow.session_id.in_(demo)))
            connection.execute(delete(AnalysisRow).where(AnalysisRow.session_id.in_(demo)))
            gone = connection.execute(delete(SessionRow).where(*made_up))
            return gone.rowcount


def _begin(connection: Connection, start: SessionStart) -> None:
    owner = connection.execute(
        select(SessionRow.user_id).where(SessionRow.session_id == start.session_id)
    ).scalar_one_or_none()
    if owner is None:
        connection.execute(insert(SessionRow), rows.session_row(start))
    elif owner != start.user.id:
        raise StoreError(f"The session {start.session_id} belongs to another player.")


def _finish(connection: Connection, user: User, end: SessionEnd) -> None:
    if _locked_session(connection, user, end.session_id).end_timestamp is not None:
        return
    _add_analysis(connection, user, end.session_id, end.analysis, rows.ending_columns(end))


def _locked_session(connection: Connection, user: User, session_id: UUID) -> Any:
    """End and deletion of a player's session, locked against other writers until the transaction is over."""
    query = (
        select(SessionRow.end_timestamp, SessionRow.deleted_at)
        .where(SessionRow.session_id == session_id, SessionRow.user_id == user.id)
        .with_for_update()
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        raise StoreError(f"There is no session {session_id} of the player {user.id}.")
    return found


def _change(connection: Connection, user: User, session_id: UUID, columns: dict[str, Any]) -> None:
    mine = (SessionRow.session_id == session_id, SessionRow.user_id == user.id)
    connection.execute(update(SessionRow).where(*mine).values(columns))


def _add_analysis(
    connection: Connection, user: User, session_id: UUID, analysis: Analysis, more: dict[str, Any]
) -> UUID:
    analysis_id = new_id()
    owner = {"analysis_id": analysis_id, "session_id": session_id, "user_id": user.id}
    connection.execute(insert(AnalysisRow), owner | rows.analysis_columns(analysis))
    if analysis.notes:
        connection.execute(insert(NoteRow), [owner | rows.note_columns(note) for note in analysis.notes])
    summary = rows.summary_columns(analysis) | more | {"current_analysis_id": analysis_id}
    _change(connection, user, session_id, summary)
    return analysis_id
