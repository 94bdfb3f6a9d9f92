"""Writing sessions. Every method is one transaction: it happens whole or not at all."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Engine

from workbench.store.records import Analysis, SessionEnd, SessionStart
from workbench.user import User


class Repository:
    """The writing side of the store; frames for reading come from `store.read`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin_session(self, start: SessionStart) -> None:
        """Store the row of a session that has just begun."""
        raise NotImplementedError

    def finish_session(self, user: User, end: SessionEnd) -> None:
        """Store the analysis, the notes and the summary of a session."""
        raise NotImplementedError

    def unfinished(self, user: User) -> list[UUID]:
        """Sessions that have no end yet, oldest first."""
        raise NotImplementedError

    def append_analysis(self, user: User, session_id: UUID, analysis: Analysis) -> UUID:
        """Add a later scoring and make it the current one."""
        raise NotImplementedError

    def set_comment(self, user: User, session_id: UUID, comment: str | None) -> None:
        """Keep the player's words about a session; None takes them away."""
        raise NotImplementedError

    def delete_session(self, user: User, session_id: UUID) -> None:
        """Mark a session as deleted."""
        raise NotImplementedError

    def undo_delete(self, user: User, session_id: UUID) -> None:
        """Take a deletion back."""
        raise NotImplementedError

    def erase_demo(self) -> int:
        """Remove everything that `demo-data` made."""
        raise NotImplementedError


def now() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)
