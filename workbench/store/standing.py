"""What a database lacks beyond its migrations: roles on Postgres, and changes that no server has."""

from sqlalchemy import Engine

from workbench.store.errors import DRIVER_ERRORS, StoreError, sentence
from workbench.store.roles import missing_roles
from workbench.store.sync import outbox
from workbench.store.transaction import transaction
from workbench.user import User


def lacking_roles(engine: Engine) -> tuple[str, ...]:
    """The roles that a Postgres server lacks; a SQLite file needs none.

    Raises
    ------
    StoreError
        when the server can't be asked
    """
    if engine.dialect.name != "postgresql":
        return ()
    try:
        with engine.connect() as connection:
            return missing_roles(connection)
    except DRIVER_ERRORS as error:
        raise StoreError(sentence(error, engine.url)) from error


def not_sent(engine: Engine, user: User) -> int:
    """How many changes of a player in an upgraded SQLite file no server has yet."""
    with transaction(engine, user) as connection:
        return outbox.waiting(connection, user)
