"""ADBC: Arrow from Postgres all the way into Polars, no row object in Python; and the same for a SQLite file.

Connections to Postgres are kept, since opening one is what costs: the driver asks the server for every type
that it knows (some 30 ms, where a small answer takes one). SQLite's are opened for each read: that takes a
fifth of a millisecond, and a file that was replaced is never read by its old content.
"""

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, finalize

import polars as pl
from adbc_driver_manager.dbapi import Cursor, Error
from sqlalchemy import Engine, QueuePool, event

from workbench.store.address import libpq_address
from workbench.store.engine import BUSY_TIMEOUT_S, CONNECT_TIMEOUT_S

if TYPE_CHECKING:
    from sqlalchemy.pool import PoolProxiedConnection

Values = Sequence[str | int | float]
Statement = tuple[str, Values]

ROWS_AT_ONCE = 20_000
"""Rows of a batch: a few MB."""

KEPT = 4
"""Idle connections that are kept for each database; more are opened when more threads read at once."""

_RENEWED_S = 600

# COPY, which is otherwise quicker, can't read from a cursor.
_NO_COPY = {"adbc.postgresql.use_copy": "false"}

ERRORS = (Error, pl.exceptions.ComputeError)
"""What a read may raise: by the driver at once, or by Polars while it takes the answer."""

_pools: WeakKeyDictionary[Engine, QueuePool] = WeakKeyDictionary()
_pools_lock = Lock()


def ask_sqlite(engine: Engine, question: Statement, schema: pl.Schema) -> pl.DataFrame:
    """The whole answer of a file, all of one moment; columns as the schema says."""
    return pl.concat([pl.DataFrame(schema=schema), *sqlite_batches(engine, question, schema)])


def sqlite_batches(
    engine: Engine, question: Statement, schema: pl.Schema
) -> Generator[pl.DataFrame, None, None]:
    """The answer of a file in parts, all of one moment; columns as the schema says.

    Goes through Python's own driver, which writes too. ADBC's brings another copy of SQLite, and two copies
    in one process do not see each other's locks (https://www.sqlite.org/howtocorrupt.html, 2.2.1): one that
    reads while the other writes ends the process by a bus error, or leaves the file damaged.
    """
    with closing(sqlite3.connect(_read_only(engine), uri=True, timeout=BUSY_TIMEOUT_S)) as connection:
        rows = connection.execute(*question)
        while part := rows.fetchmany(ROWS_AT_ONCE):
            yield pl.DataFrame(part, schema=schema, orient="row")


def ask_postgres(engine: Engine, binding: Statement, question: Statement) -> pl.DataFrame:
    """The whole answer of a server to whoever `binding` says is asking."""
    with _bound(engine, binding) as cursor:
        return _frame(cursor, question)


def postgres_batches(
    engine: Engine, binding: Statement, question: Statement
) -> Generator[pl.DataFrame, None, None]:
    """The answer of a server in parts, all of one moment: by a cursor on the server."""
    sql, values = question
    with _bound(engine, binding) as cursor:
        # A cursor is planned for its first rows, unless told that all of them are wanted.
        _frame(cursor, ("SELECT set_config('cursor_tuple_fraction', '1', true)", ()))
        cursor.execute(f"DECLARE batches NO SCROLL CURSOR FOR {sql}", tuple(values))
        cursor.adbc_statement.set_options(**_NO_COPY)
        fetch = (f"FETCH FORWARD {ROWS_AT_ONCE} FROM batches", ())
        while not (part := _frame(cursor, fetch)).is_empty():
            yield part


@contextmanager
def _bound(engine: Engine, binding: Statement) -> Iterator[Cursor]:
    """A cursor inside a transaction that is bound; rolled back at the end, and its connection kept."""
    with closing(_checked_out(_pool(engine), binding)) as kept:
        try:
            with closing(_cursor(kept)) as cursor:
                yield cursor
        except BaseException:
            # In the middle of an answer, or broken: the next one begins afresh.
            kept.invalidate()
            raise


def _checked_out(pool: QueuePool, binding: Statement) -> "PoolProxiedConnection":
    while True:
        connection = pool.connect()
        is_new = not connection.info
        connection.info["used"] = True
        try:
            with closing(_cursor(connection)) as cursor:
                _frame(cursor, binding)
        except ERRORS:
            connection.invalidate()
            # The server may have been restarted since a kept one was made; a new one says what is wrong.
            if is_new:
                raise
        else:
            return connection


def _cursor(connection: "PoolProxiedConnection") -> Cursor:
    cursor: Any = connection.cursor()
    assert isinstance(cursor, Cursor)
    return cursor


def _pool(engine: Engine) -> QueuePool:
    with _pools_lock:
        if engine not in _pools:
            _pools[engine] = pool = _new_pool(engine)
            finalize(engine, pool.dispose)
            event.listen(engine, "engine_disposed", _forget)
        return _pools[engine]


def _new_pool(engine: Engine) -> QueuePool:
    from adbc_driver_postgresql import dbapi  # noqa: PLC0415  a player loads one driver, not both

    patient = engine.url.update_query_dict({"connect_timeout": str(CONNECT_TIMEOUT_S)})
    address = libpq_address(patient)
    return QueuePool(lambda: dbapi.connect(address), pool_size=KEPT, max_overflow=-1, recycle=_RENEWED_S)


def _forget(engine: Engine) -> None:
    with _pools_lock:
        pool = _pools.pop(engine, None)
    if pool is not None:
        pool.dispose()


def _read_only(engine: Engine) -> str:
    # mode=ro: a read never makes a file, and a folder that can't be written can still be read.
    return Path(str(engine.url.database)).as_uri() + "?mode=ro"


def _frame(cursor: Cursor, question: Statement) -> pl.DataFrame:
    sql, values = question
    cursor.execute(sql, tuple(values) if values else None)
    # Taken whole before the next question, which would end it.
    return pl.DataFrame(cursor.fetch_arrow())
