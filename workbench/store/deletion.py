"""Taking a session out: marked first, so that it can be taken back, and then gone for good.

A purged session keeps its row as a tombstone (ids, its place in time, when it was deleted and purged), and so
does each of its analyses; notes, recording, comment, scores and details are removed. The tombstone is what
tells the player's other devices.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, func, select, update

from dsp.summary import METRICS
from workbench.store.errors import StoreError
from workbench.store.records import DEMO_DEVICE
from workbench.store.schema import AnalysisRow, NoteRow, SessionRow
from workbench.store.schema_coach import CoachMessageRow, PlanOutcomeRow, PracticeItemRow, PracticePlanRow
from workbench.user import User

log = logging.getLogger(__name__)

UNDO_PERIOD = timedelta(days=7)
"""How long a deletion can be taken back."""

_EMPTY: dict[str, Any] = {
    **dict.fromkeys((*METRICS, "overall", "unique_notes_used", "duration_seconds")),
    **dict.fromkeys(("total_notes_played", "correct_notes_played", "bad_notes_played", "unjudged_notes"), 0),
    **dict.fromkeys(("enabled_metrics", "bpm", "a4_hz", "latency_ms", "device_type", "recording_path")),
    "comment": None,
    "scale_chosen": "",
    "strictness": 0.0,
    "sensitivity": 0.0,
}
"""What a tombstone has in the columns that told something about the practice."""

_AT_ONCE = 500
"""Sessions in one statement; SQLite counts each as a parameter."""


def clock(connection: Connection) -> datetime:
    """The time that deletions go by: the server's, or this machine's for a file."""
    if connection.dialect.name == "postgresql":
        now: datetime = connection.execute(select(func.now())).scalar_one()
        return now.astimezone(UTC)
    return datetime.now(UTC)


def due(connection: Connection, user: User) -> list[UUID]:
    """The player's deleted sessions that can no longer be taken back, and are not purged yet.

    A clock that stands before a deletion (a machine that woke up in 1970) makes none due.
    """
    long_ago = clock(connection) - UNDO_PERIOD
    query = (
        select(SessionRow.session_id)
        .where(SessionRow.user_id == user.id, SessionRow.purged_at.is_(None))
        .where(SessionRow.deleted_at <= long_ago)
    )
    return list(connection.execute(query).scalars())


def recordings(connection: Connection, user: User, session_ids: Iterable[UUID]) -> list[Path]:
    """The sound files of these sessions.

    Only files that bear the session's own id: a row from elsewhere must not name a file of this machine.
    """
    files: list[Path] = []
    for some in _batches(session_ids):
        query = select(SessionRow.session_id, SessionRow.recording_path).where(
            SessionRow.user_id == user.id,
            SessionRow.session_id.in_(some),
            SessionRow.recording_path.is_not(None),
        )
        found = ((session_id, Path(str(path))) for session_id, path in connection.execute(query).all())
        files += [path for session_id, path in found if path.stem == str(session_id)]
    return files


def tombstones(connection: Connection, user: User, session_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these sessions of the player are purged."""
    found: set[UUID] = set()
    for some in _batches(session_ids):
        query = select(SessionRow.session_id).where(
            SessionRow.user_id == user.id,
            SessionRow.session_id.in_(some),
            SessionRow.purged_at.is_not(None),
        )
        found.update(connection.execute(query).scalars())
    return found


def empty(connection: Connection, user: User, session_ids: Iterable[UUID], purged_at: datetime) -> int:
    """Leave nothing of these sessions but their tombstones; those that are purged already stay as they are.

    Returns
    -------
    how many became tombstones
    """
    count = 0
    for some in _batches(session_ids):
        mine = (
            SessionRow.user_id == user.id,
            SessionRow.session_id.in_(some),
            SessionRow.purged_at.is_(None),
        )
        ids = list(connection.execute(select(SessionRow.session_id).where(*mine)).scalars())
        connection.execute(delete(NoteRow).where(NoteRow.user_id == user.id, NoteRow.session_id.in_(ids)))
        analyses = (AnalysisRow.user_id == user.id, AnalysisRow.session_id.in_(ids))
        connection.execute(update(AnalysisRow).where(*analyses).values(settings={}, metric_detail={}))
        tombstone = _EMPTY | {
            "deleted_at": func.coalesce(SessionRow.deleted_at, purged_at),
            "purged_at": purged_at,
        }
        connection.execute(update(SessionRow).where(*mine).values(tombstone))
        count += len(ids)
    return count


def erase_demo(connection: Connection, user: User) -> int:
    """Remove a player's made-up sessions, how many; and what a coach told somebody who has no others."""
    # Both marks: somebody's machine may really be called "demo".
    made_up = (SessionRow.origin_device == DEMO_DEVICE, SessionRow.device_type == DEMO_DEVICE)
    mine = (SessionRow.user_id == user.id, *made_up)
    demo = select(SessionRow.session_id).where(*mine)
    connection.execute(delete(NoteRow).where(NoteRow.user_id == user.id, NoteRow.session_id.in_(demo)))
    connection.execute(
        delete(AnalysisRow).where(AnalysisRow.user_id == user.id, AnalysisRow.session_id.in_(demo))
    )
    removed = connection.execute(delete(SessionRow).where(*mine)).rowcount
    own = select(SessionRow.session_id).where(SessionRow.user_id == user.id).limit(1)
    if removed and connection.execute(own).first() is None:
        _forget_coaching(connection, user)
    return removed


def remove_files(files: Iterable[Path]) -> None:
    """Remove recordings; one that is gone already is fine.

    Raises
    ------
    StoreError
        for a file that can't be removed
    """
    for path in files:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"The recording {path} can't be removed: {error.strerror}.") from error
        log.info("removed the recording %s", path)


def _batches(session_ids: Iterable[UUID]) -> Iterable[list[UUID]]:
    ids = list(session_ids)
    return (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))


def _forget_coaching(connection: Connection, user: User) -> None:
    """Remove a player's plans, practice items and conversations; what models cost was spent and stays."""
    for model in (PlanOutcomeRow, PracticePlanRow, PracticeItemRow, CoachMessageRow):
        connection.execute(delete(model).where(model.user_id == user.id))
