"""Opening the database: a SQLite file by default, or Postgres.

SQLite runs in WAL mode (readers never wait for the writer), syncs every commit to the disk (a power cut
loses nothing that was stored), enforces foreign keys, and begins each transaction with BEGIN IMMEDIATE: a
writer waits at the start for up to `BUSY_TIMEOUT_S` rather than fail half-way, and a failed migration rolls
back whole.
"""

import json
import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from workbench.store.address import parse_address
from workbench.store.errors import StoreError, place_of
from workbench.store.schema import SCHEMA
from workbench.store.versions import Status, Upgrade, database_status, upgrade_database

log = logging.getLogger(__name__)

BUSY_TIMEOUT_S = 5.0
"""How long a writer waits for another one; a stored session takes well under a second."""
_RETRY_S = 0.01

CONNECT_TIMEOUT_S = 5
"""How long to wait for a Postgres server before saying that it can't be reached."""

_FILE = "file"

_dump_json = partial(json.dumps, allow_nan=False, ensure_ascii=False)


def open_engine(url: str) -> Engine:
    """Open a database; the first use connects.

    Parameters
    ----------
    url : see `address.parse_address`; the folder of a SQLite file is made when it is missing

    Raises
    ------
    StoreError
        for an address that can't be read or a folder that can't be made
    """
    address = parse_address(url)
    log.debug("opening the database %s", place_of(address))
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address)
    return create_engine(
        address,
        json_serializer=_dump_json,
        pool_pre_ping=True,
        # Prepared statements live in one server connection, which PgBouncer gives to somebody else next time.
        connect_args={"prepare_threshold": None, "connect_timeout": CONNECT_TIMEOUT_S},
    )


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """`open_engine` for a while: its connections are closed at the end."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def upgrade(engine: Engine, adopt_in: tzinfo | None = None) -> Upgrade:
    """Bring a database up to date: all pending migrations in one transaction, the file copied before.

    Parameters
    ----------
    adopt_in : zone that the times of an earlier FretCoach are read in; None leaves its database alone

    Raises
    ------
    StoreError
        read-only, locked, not a database, disk full, unreachable, or made by a newer version
    """
    return upgrade_database(engine, adopt_in)


def status(engine: Engine) -> Status:
    """How far a database is, without changing it. Raises as `upgrade` does."""
    return database_status(engine)


def _open_sqlite(address: URL) -> Engine:
    folder = Path(str(address.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} can't be made: {error.strerror}.") from error
    engine = create_engine(
        address,
        json_serializer=_dump_json,
        connect_args={"timeout": BUSY_TIMEOUT_S},
        execution_options={"schema_translate_map": {SCHEMA: None}},
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "connect", _remember_file)
    event.listen(engine, "checkout", _refuse_another_file)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    # Python's driver would begin transactions itself, and not before DDL: we begin them.
    connection.isolation_level = None
    try:
        _keep_a_write_ahead_log(connection)
        for pragma in ("synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise


def _keep_a_write_ahead_log(connection: sqlite3.Connection) -> None:
    # While another connection does the same to a new database, SQLite may refuse this at once: here it does
    # not wait, whatever its time-out.
    give_up = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
        time.sleep(_RETRY_S)


def _remember_file(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    record.info[_FILE] = _file_of(connection)


def _refuse_another_file(connection: sqlite3.Connection, record: ConnectionPoolEntry, _: object) -> None:
    # A file that was moved, deleted or replaced takes what is written to it along, without a word.
    if record.info[_FILE] != _file_of(connection):
        raise DisconnectionError("the database file is another one now")


def _file_of(connection: sqlite3.Connection) -> tuple[int, int] | None:
    """Device and number of the file that is now in the place of the connection's."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
