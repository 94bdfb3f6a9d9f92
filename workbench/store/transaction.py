"""One transaction for one player: begun, bound to the player, committed whole or rolled back whole."""

import logging
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from workbench.store.errors import DRIVER_ERRORS, StoreError, sentence
from workbench.store.roles import SET_USER
from workbench.user import User

log = logging.getLogger(__name__)

T = TypeVar("T")

TRIES = 5
"""How often a unit of work is begun before its failure is believed."""

GIVE_UP_S = 4.0
"""No try begins later than this after the first: a locked file has been waited for already each time."""

_FIRST_PAUSE_S = 0.02

_PASSING_STATES = frozenset({"40001", "40P01"})
"""SQLSTATE of a failed serialization and of a deadlock: https://www.postgresql.org/docs/current/errcodes-appendix.html"""


@contextmanager
def transaction(engine: Engine, user: User | None) -> Iterator[Connection]:
    """Write as one player; None sees no player's rows on Postgres.

    Raises
    ------
    StoreError
        for whatever the database refuses; nothing of the transaction is kept then
    """
    try:
        with _bound(engine, user) as connection:
            yield connection
    except DRIVER_ERRORS as error:
        raise StoreError(sentence(error, engine.url)) from error


def repeated(engine: Engine, user: User | None, work: Callable[[Connection], T]) -> T:
    """Do a whole unit of work as one player, again from its start when others were in the way.

    Parameters
    ----------
    engine, user : as for `transaction`
    work : everything that belongs together; it may be called several times, each time in a new transaction
        that knows nothing of the one before, so it must change nothing but the database

    Returns
    -------
    what `work` returned in the transaction that was committed

    Raises
    ------
    StoreError
        for whatever the database refuses, and for a deadlock, a failed serialization or a locked file that
        did not pass within `TRIES` tries
    """
    give_up = time.monotonic() + GIVE_UP_S
    for attempt in range(1, TRIES + 1):
        try:
            with _bound(engine, user) as connection:
                return work(connection)
        except DRIVER_ERRORS as error:
            if attempt == TRIES or time.monotonic() > give_up or not passes(error):
                raise StoreError(sentence(error, engine.url)) from error
            log.info("try %d of %d did not get through: %s", attempt, TRIES, error)
        # Two that were in each other's way must not come back at the same moment.
        time.sleep(_FIRST_PAUSE_S * 2**attempt * random.uniform(0.5, 1.0))  # noqa: S311  no secret
    raise AssertionError("the last try returns or raises")


def passes(error: BaseException) -> bool:
    """Whether the same work may succeed a moment later: a deadlock, a failed serialization, a locked file."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(cause, "sqlstate", None) in _PASSING_STATES


@contextmanager
def _bound(engine: Engine, user: User | None) -> Iterator[Connection]:
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            player = "" if user is None else user.id
            connection.execute(text(SET_USER.format(parameter=":user_id")), {"user_id": player})
        yield connection
