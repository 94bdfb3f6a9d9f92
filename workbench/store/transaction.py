"""One transaction for one player: begun, bound to the player, committed whole or rolled back whole."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from workbench.store.errors import DRIVER_ERRORS, StoreError, sentence
from workbench.user import User

SET_USER = "SELECT set_config('fretcoach.user', {parameter}, true)"
"""Binds a Postgres transaction to a player; the third argument lets the setting end with the transaction."""


@contextmanager
def transaction(engine: Engine, user: User | None) -> Iterator[Connection]:
    """Write as one player; None only for what concerns no single player.

    Raises
    ------
    StoreError
        for whatever the database refuses; nothing of the transaction is kept then
    """
    try:
        with engine.begin() as connection:
            if user is not None and connection.dialect.name == "postgresql":
                connection.execute(text(SET_USER.format(parameter=":user_id")), {"user_id": user.id})
            yield connection
    except DRIVER_ERRORS as error:
        raise StoreError(sentence(error, engine.url)) from error
