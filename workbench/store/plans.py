"""Practice plans of a coach, the sessions in which they were done, and whether they helped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Engine, insert, select, update

from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.schema_coach import PlanOutcomeRow, PracticePlanRow
from workbench.store.transaction import repeated
from workbench.user import User


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan as it is kept.

    Attributes
    ----------
    plan : plain JSON values, as they were saved; an earlier FretCoach's has other keys
    executed_session_id : the session in which it was done; None until it was
    """

    practice_id: UUID
    plan: Mapping[str, Any]
    generated_at: datetime
    executed_session_id: UUID | None
    executed_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredOutcome:
    """What came of a plan, as plain JSON values; `session_id` is the session in which it was done."""

    outcome_id: UUID
    practice_id: UUID
    session_id: UUID | None
    outcome: Mapping[str, Any]
    created_at: datetime


class Plans:
    """Plans and their outcomes; outcomes are added and never changed.

    Every method raises `StoreError` with one sentence for what the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, user: User, plan: Mapping[str, Any], practice_id: UUID | None = None) -> UUID:
        """Keep a plan of plain JSON values; its id.

        Parameters
        ----------
        practice_id : its id where one was made before; None = a new one
        """
        practice_id = practice_id or new_id()
        row = {
            "practice_id": practice_id,
            "user_id": user.id,
            "practice_plan": dict(plan),
            "generated_at": datetime.now(UTC),
        }

        def keep(connection: Connection) -> UUID:
            connection.execute(insert(PracticePlanRow), row)
            return practice_id

        return repeated(self._engine, user, keep)

    def get(self, user: User, practice_id: UUID) -> StoredPlan | None:
        """A plan of the player; None when there is none with that id."""
        found = self._read(user, None, PracticePlanRow.practice_id == practice_id)
        return found[0] if found else None

    def newest(self, user: User, limit: int) -> list[StoredPlan]:
        """The player's plans, newest first."""
        return self._read(user, limit)

    def mark_executed(self, user: User, practice_id: UUID, session_id: UUID) -> None:
        """Tell in which session a plan was done; a plan that is done already keeps its first session.

        Raises
        ------
        StoreError : there is no such plan of the player
        """
        mine = (PracticePlanRow.practice_id == practice_id, PracticePlanRow.user_id == user.id)
        done = {"executed_session_id": session_id, "executed_at": datetime.now(UTC)}

        def mark(connection: Connection) -> None:
            _require(connection, user, practice_id)
            open_still = PracticePlanRow.executed_session_id.is_(None)
            connection.execute(update(PracticePlanRow).where(*mine, open_still).values(done))

        repeated(self._engine, user, mark)

    def add_outcome(
        self, user: User, practice_id: UUID, session_id: UUID | None, outcome: Mapping[str, Any]
    ) -> UUID:
        """Keep what came of a plan, as plain JSON values; the id of that.

        Raises
        ------
        StoreError : there is no such plan of the player
        """
        outcome_id = new_id()
        row = {
            "outcome_id": outcome_id,
            "practice_id": practice_id,
            "user_id": user.id,
            "session_id": session_id,
            "outcome": dict(outcome),
            "created_at": datetime.now(UTC),
        }

        def keep(connection: Connection) -> UUID:
            _require(connection, user, practice_id)
            connection.execute(insert(PlanOutcomeRow), row)
            return outcome_id

        return repeated(self._engine, user, keep)

    def outcomes(self, user: User) -> list[StoredOutcome]:
        """What came of the player's plans, newest first."""
        query = (
            select(
                PlanOutcomeRow.outcome_id,
                PlanOutcomeRow.practice_id,
                PlanOutcomeRow.session_id,
                PlanOutcomeRow.outcome,
                PlanOutcomeRow.created_at,
            )
            .where(PlanOutcomeRow.user_id == user.id)
            .order_by(PlanOutcomeRow.created_at.desc(), PlanOutcomeRow.outcome_id.desc())
        )
        return repeated(
            self._engine,
            user,
            lambda connection: [StoredOutcome(*row) for row in connection.execute(query)],
        )

    def _read(self, user: User, limit: int | None, *more: ColumnElement[bool]) -> list[StoredPlan]:
        query = (
            select(
                PracticePlanRow.practice_id,
                PracticePlanRow.practice_plan,
                PracticePlanRow.generated_at,
                PracticePlanRow.executed_session_id,
                PracticePlanRow.executed_at,
            )
            .where(PracticePlanRow.user_id == user.id, *more)
            .order_by(PracticePlanRow.generated_at.desc(), PracticePlanRow.practice_id.desc())
            .limit(limit)
        )
        return repeated(
            self._engine, user, lambda connection: [StoredPlan(*row) for row in connection.execute(query)]
        )


def _require(connection: Connection, user: User, practice_id: UUID) -> None:
    query = select(PracticePlanRow.practice_id).where(
        PracticePlanRow.practice_id == practice_id, PracticePlanRow.user_id == user.id
    )
    if connection.execute(query.with_for_update()).first() is None:
        raise StoreError(f"There is no practice plan {practice_id} of the player {user.id}.")
