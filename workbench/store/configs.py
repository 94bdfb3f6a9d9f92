"""Named choices of a player, the same on all their devices."""

from typing import Any

from sqlalchemy import Engine, Table, select

from workbench.store.schema_coach import UserConfigRow
from workbench.store.transaction import repeated
from workbench.store.upsert import upsert
from workbench.user import User

MAX_NAME = 100
"""Length of the column of names."""


class Configs:
    """What players chose, by name ("coach.live", "coach.live_every_s").

    Every method raises `StoreError` with one sentence for what the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, user: User, name: str, default: Any) -> Any:
        """What the player chose, a plain JSON value; `default` where nothing was chosen."""
        query = select(UserConfigRow.value).where(
            UserConfigRow.user_id == user.id, UserConfigRow.name == name
        )
        found = repeated(self._engine, user, lambda connection: connection.execute(query).first())
        return default if found is None else found[0]

    def set(self, user: User, name: str, value: Any) -> None:
        """Keep a choice; on another device it replaces an older one with the next sync.

        Parameters
        ----------
        name : 1 to 100 characters, dotted
        value : any JSON value but null

        Raises
        ------
        ValueError : a name that is empty or too long, or no value
        """
        if not 0 < len(name) <= MAX_NAME:
            raise ValueError(f"The choice {name!r} needs a name of 1 to {MAX_NAME} characters.")
        if value is None:
            raise ValueError(f"The choice {name!r} needs a value; give what it is without a choice.")
        row = {"user_id": user.id, "name": name, "value": value}
        table = UserConfigRow.__table__
        assert isinstance(table, Table)
        repeated(self._engine, user, lambda connection: upsert(connection, table, [row]))
