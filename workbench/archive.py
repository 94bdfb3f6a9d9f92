"""One player's past as pages and notebooks read and change it: sessions, notes, figures, comments."""

import json
from uuid import UUID

import polars as pl
from sqlalchemy import Engine

from dsp.errors import ScaleError
from dsp.scales import Scale, scale_from
from dsp.summary import Summary
from workbench.demo.crowd_history import stored_players
from workbench.store import queries, queries_notes
from workbench.store.detail import detail_to_summary
from workbench.store.queries_notes import PLAYED_SCHEMA, Scope
from workbench.store.read import read
from workbench.store.repository import Repository
from workbench.user import User


class Archive:
    """The sessions of one player.

    Parameters
    ----------
    user : whose sessions
    engine : the database, up to date
    reading : where questions go; None = the database, as it must be where a change has to show at once
    """

    def __init__(self, user: User, engine: Engine, reading: Engine | None = None) -> None:
        self.user = user
        self.engine = engine
        self.reading = engine if reading is None else reading
        self._repository = Repository(engine)

    def of(self, user: User) -> "Archive":
        """The same database, seen as another player."""
        return Archive(user, self.engine, self.reading)

    def sessions(self) -> pl.DataFrame:
        """Frame of `queries.sessions`, newest first."""
        return read(self.reading, self.user, queries.sessions()).reverse()

    def notes(self, session_id: str) -> pl.DataFrame:
        """Frame of `queries.notes`."""
        return read(self.reading, self.user, queries.notes(session_id))

    def played(self, scope: Scope | None) -> pl.DataFrame:
        """Frame of `queries_notes.played`; empty for no scope."""
        if scope is None:
            return pl.DataFrame(schema=dict(PLAYED_SCHEMA))
        return read(self.reading, self.user, queries_notes.played(scope))

    def summary(self, session_id: str, analysis_id: str | None) -> Summary | None:
        """The metrics with their intervals as that analysis found them; None before the session has ended."""
        if analysis_id is None:
            return None
        rows = read(self.reading, self.user, queries.analyses(session_id)).filter(analysis_id=analysis_id)
        return None if rows.is_empty() else detail_to_summary(json.loads(rows["metric_detail"].item(0)))

    def set_comment(self, session_id: str, comment: str) -> None:
        """Keep the player's words; nothing but space takes them away."""
        self._repository.set_comment(self.user, UUID(session_id), comment)

    def delete(self, session_id: str) -> None:
        """Mark as deleted; `undo_delete` takes it back."""
        self._repository.delete_session(self.user, UUID(session_id))

    def undo_delete(self, session_id: str) -> None:
        """Take a deletion back."""
        self._repository.undo_delete(self.user, UUID(session_id))

    def delete_now(self, session_id: str) -> None:
        """Delete for good, recording included; nothing takes it back."""
        self._repository.delete_now(self.user, UUID(session_id))

    def erase_demo(self) -> int:
        """Remove every demo player's history; how many sessions that were."""
        return self._repository.erase_demo(reversed(stored_players(self.engine)))


def scale_of(chosen: str, scale_type: str) -> Scale | None:
    """The scale of a session's row; None when it was written by something that names scales otherwise."""
    try:
        return scale_from(chosen, scale_type)
    except ScaleError:
        return None


def scale_name(chosen: str, scale_type: str) -> str:
    """What the player calls that scale."""
    scale = scale_of(chosen, scale_type)
    return f"{chosen} {scale_type}" if scale is None else scale.name
