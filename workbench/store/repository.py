"""Writing sessions. Every method is one transaction: it happens whole or not at all."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, insert, select, update

from workbench.store import deletion, rows
from workbench.store.columns import new_id
from workbench.store.deletion import UNDO_PERIOD
from workbench.store.errors import StoreError
from workbench.store.records import Analysis, SessionEnd, SessionStart
from workbench.store.schema import AnalysisRow, NoteRow, SessionRow
from workbench.store.transaction import repeated
from workbench.user import User


class Repository:
    """The writing side of the store; frames for reading come from `store.read`.

    Every method is done again when another writer was in its way, and raises `StoreError` with one sentence
    for what the database refuses, and for a session that is not this player's.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin_session(self, start: SessionStart) -> None:
        """Store the row of a session that has just begun; beginning the same one again changes nothing."""
        repeated(self._engine, start.user, lambda connection: _begin(connection, start))

    def finish_session(self, user: User, end: SessionEnd) -> None:
        """Store the analysis, the notes and the summary of a session, all or none.

        A session that is finished already stays as it is, so a recovery may try again; so does a tombstone.
        """
        repeated(self._engine, user, lambda connection: _finish(connection, user, end))

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

        def add(connection: Connection) -> None:
            for start, end in pairs:
                _begin(connection, start)
                _finish(connection, user, end)

        repeated(self._engine, user, add)

    def unfinished(self, user: User) -> list[UUID]:
        """Sessions that have no end yet and were not deleted, oldest first."""
        query = (
            select(SessionRow.session_id)
            .where(SessionRow.user_id == user.id)
            .where(SessionRow.end_timestamp.is_(None), SessionRow.deleted_at.is_(None))
            .order_by(SessionRow.start_timestamp, SessionRow.session_id)
        )
        return repeated(self._engine, user, lambda connection: list(connection.execute(query).scalars()))

    def append_analysis(self, user: User, session_id: UUID, analysis: Analysis) -> UUID:
        """Add a later scoring of a finished session and make it the current one; earlier ones stay.

        Returns
        -------
        id of the new analysis
        """

        def append(connection: Connection) -> UUID:
            if _living_session(connection, user, session_id).end_timestamp is None:
                raise StoreError(
                    f"The session {session_id} is still running; score it again once it has ended."
                )
            return _add_analysis(connection, user, session_id, analysis, {})

        return repeated(self._engine, user, append)

    def set_comment(self, user: User, session_id: UUID, comment: str | None) -> None:
        """Keep the player's words about a session; None or nothing but space takes them away."""
        words = comment.strip() if comment else None

        def change(connection: Connection) -> None:
            _living_session(connection, user, session_id)
            _change(connection, user, session_id, {"comment": words or None})

        repeated(self._engine, user, change)

    def delete_session(self, user: User, session_id: UUID) -> None:
        """Mark a session as deleted: it leaves every view, and can be taken back for `UNDO_PERIOD`."""
        repeated(self._engine, user, lambda connection: _mark_deleted(connection, user, session_id))

    def undo_delete(self, user: User, session_id: UUID) -> None:
        """Take a deletion back. A session that is not deleted stays as it is."""

        def undo(connection: Connection) -> None:
            found = _locked_session(connection, user, session_id)
            if found.purged_at is not None or (
                found.deleted_at is not None and deletion.clock(connection) - found.deleted_at > UNDO_PERIOD
            ):
                raise StoreError(
                    f"The session {session_id} was deleted on {found.deleted_at:%d %B %Y}; "
                    f"a deletion can be taken back for {UNDO_PERIOD.days} days, unless it was for good."
                )
            if found.deleted_at is not None:
                _change(connection, user, session_id, {"deleted_at": None})

        repeated(self._engine, user, undo)

    def delete_now(self, user: User, session_id: UUID) -> None:
        """Delete a session for good: notes, scores, comment and recording can't be brought back."""

        def forget(connection: Connection) -> None:
            # Two steps, so that what keeps the devices in step sees the deletion before the purge.
            _mark_deleted(connection, user, session_id)
            deletion.empty(connection, user, [session_id], deletion.clock(connection))

        self._remove_recordings(user, [session_id])
        repeated(self._engine, user, forget)

    def purge(self, user: User) -> int:
        """Remove for good whatever was deleted longer than `UNDO_PERIOD` ago, recordings too.

        Returns
        -------
        how many sessions became tombstones
        """
        ids = repeated(self._engine, user, lambda connection: deletion.due(connection, user))
        if not ids:
            return 0
        self._remove_recordings(user, ids)
        return repeated(
            self._engine,
            user,
            lambda connection: deletion.empty(connection, user, ids, deletion.clock(connection)),
        )

    def remove_purged(self, user: User, recordings: Iterable[Path]) -> int:
        """Remove those recordings whose sessions are purged; how many.

        Another device may have purged them on the server that this machine works on.

        Parameters
        ----------
        recordings : files that bear the id of their session
        """
        files = {UUID(path.stem): path for path in recordings}
        purged = repeated(self._engine, user, lambda connection: deletion.tombstones(connection, user, files))
        deletion.remove_files(files[session_id] for session_id in purged)
        return len(purged)

    def erase_demo(self, players: Iterable[User]) -> int:
        """Remove everything that the demo history brought to these players.

        What a coach told somebody who has nothing but made-up sessions goes too.

        Returns
        -------
        number of sessions removed
        """
        return sum(repeated(self._engine, user, partial(deletion.erase_demo, user=user)) for user in players)

    def _remove_recordings(self, user: User, session_ids: Sequence[UUID]) -> None:
        # Before the rows forget where they are: what fails half-way is found again by the next purge.
        deletion.remove_files(
            repeated(
                self._engine, user, lambda connection: deletion.recordings(connection, user, session_ids)
            )
        )


def _begin(connection: Connection, start: SessionStart) -> None:
    owner = connection.execute(
        select(SessionRow.user_id).where(SessionRow.session_id == start.session_id)
    ).scalar_one_or_none()
    if owner is None:
        connection.execute(insert(SessionRow), rows.session_row(start))
    elif owner != start.user.id:
        raise StoreError(f"The session {start.session_id} belongs to another player.")


def _finish(connection: Connection, user: User, end: SessionEnd) -> None:
    found = _locked_session(connection, user, end.session_id)
    if found.end_timestamp is not None or found.purged_at is not None:
        return
    _add_analysis(connection, user, end.session_id, end.analysis, rows.ending_columns(end))


def _locked_session(connection: Connection, user: User, session_id: UUID) -> Any:
    """End and deletion of a player's session, locked against other writers until the transaction is over."""
    query = (
        select(SessionRow.end_timestamp, SessionRow.deleted_at, SessionRow.purged_at)
        .where(SessionRow.session_id == session_id, SessionRow.user_id == user.id)
        .with_for_update()
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        raise StoreError(f"There is no session {session_id} of the player {user.id}.")
    return found


def _living_session(connection: Connection, user: User, session_id: UUID) -> Any:
    """As `_locked_session`, of a session that is no tombstone: nothing may be told of that again."""
    found = _locked_session(connection, user, session_id)
    if found.purged_at is not None:
        raise StoreError(f"The session {session_id} was deleted for good.")
    return found


def _mark_deleted(connection: Connection, user: User, session_id: UUID) -> None:
    if _locked_session(connection, user, session_id).deleted_at is None:
        _change(connection, user, session_id, {"deleted_at": deletion.clock(connection)})


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
