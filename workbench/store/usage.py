"""What players' calls of language models used and cost."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, Engine, case, func, insert, select, update

from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.schema_coach import LlmUsageRow
from workbench.store.transaction import repeated
from workbench.user import User

_LONGEST = 100
"""Characters of a model's name that are kept; names of local models can be paths."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What calls used together.

    Attributes
    ----------
    calls : how many there were
    refused : those whose answer claimed what was not measured, and was not shown
    cost_usd : of the calls whose price is known
    unpriced : calls whose price is not known
    """

    calls: int
    refused: int
    input_tokens: int
    output_tokens: int
    cost_usd: float
    unpriced: int


class Usage:
    """A row for each call that a model answered.

    Every method raises `StoreError` with one sentence for what the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self,
        user: User,
        model: str,
        purpose: str,
        *,
        input_tokens: int,
        output_tokens: int,
        cost_usd: float | None,
    ) -> UUID:
        """Keep what one call used.

        Parameters
        ----------
        purpose : "recommendation", "live", "chat" or "eval"
        cost_usd : None when the model's price is not known

        Returns
        -------
        id of the call, for `refuse`
        """
        usage_id = new_id()
        row = {
            "usage_id": usage_id,
            "user_id": user.id,
            "model": model[:_LONGEST],
            "purpose": purpose,
            "input_tokens": input_tokens,
            "output_tokens": output_tokens,
            "cost_usd": cost_usd,
            "created_at": datetime.now(UTC),
        }

        def keep(connection: Connection) -> UUID:
            connection.execute(insert(LlmUsageRow), row)
            return usage_id

        return repeated(self._engine, user, keep)

    def refuse(self, user: User, usage_id: UUID) -> None:
        """Tell that the answer of a call was not shown.

        Raises
        ------
        StoreError : there is no such call of the player
        """
        mine = (LlmUsageRow.usage_id == usage_id, LlmUsageRow.user_id == user.id)

        def mark(connection: Connection) -> None:
            if connection.execute(update(LlmUsageRow).where(*mine).values(refused=True)).rowcount == 0:
                raise StoreError(f"There is no call {usage_id} of a model for the player {user.id}.")

        repeated(self._engine, user, mark)

    def spent(self, user: User, since: datetime) -> Spent:
        """What the player's calls from a moment on used together."""
        query = select(
            func.count(),
            func.coalesce(func.sum(case((LlmUsageRow.refused, 1), else_=0)), 0),
            func.coalesce(func.sum(LlmUsageRow.input_tokens), 0),
            func.coalesce(func.sum(LlmUsageRow.output_tokens), 0),
            func.coalesce(func.sum(LlmUsageRow.cost_usd), 0.0),
            func.count() - func.count(LlmUsageRow.cost_usd),
        ).where(LlmUsageRow.user_id == user.id, LlmUsageRow.created_at >= since)
        return repeated(self._engine, user, lambda connection: Spent(*connection.execute(query).one()))
