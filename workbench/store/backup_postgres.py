"""Postgres into a SQLite file, and back.

Out: `COPY (SELECT ...) TO STDOUT` of each table in one repeatable-read transaction of the role that sees
every player, straight into a SQLite file whose triggers rest meanwhile; no program but ours is needed.
In: whole frames by `bulk.insert_new` in one transaction of the tables' owner.
"""

# ruff: noqa: S608  every name in these statements is of a model of ours

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import Boolean, Column, Connection, Engine, Integer, Table, func, select, text, union

from workbench.store.backup import Progress
from workbench.store.columns import Finite, UtcDateTime
from workbench.store.engine import opened, status, upgrade
from workbench.store.errors import StoreError
from workbench.store.roles import OWNER, SET_REPORT, is_member
from workbench.store.schema import SCHEMA, Base
from workbench.store.schema_coach import SyncHeadRow
from workbench.store.schema_sync import ServerRow
from workbench.store.sync.link import renew_server
from workbench.store.sync.outbox import refill
from workbench.store.sync.tables import IN_ORDER
from workbench.store.transaction import transaction
from workbench.user import User

if TYPE_CHECKING:
    import polars as pl

_ROWS_AT_ONCE = 50_000
_SQLITE_TIME = "%Y-%m-%d %H:%M:%S%.f"


def copy_postgres(engine: Engine, file: Path, progress: Progress) -> None:
    """Write every player's rows into a new SQLite file.

    Raises
    ------
    StoreError
        when the database lacks migrations, so that it can't be read column by column
    """
    found = status(engine)
    if found.pending:
        raise StoreError(f"The database {found.place} is not up to date; run `fretcoach db upgrade` first.")
    with opened(f"sqlite:///{file}") as new:
        upgrade(new)
    with (
        engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection,
        closing(sqlite3.connect(file, isolation_level=None)) as target,
        connection.begin(),
    ):
        connection.execute(text(SET_REPORT))
        total = _count(connection)
        target.execute("BEGIN")
        triggers = target.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            target.execute(f'DROP TRIGGER "{name}"')
        done = 0
        for table in _tables():
            for count in _copy_table(connection, target, table):
                done += count
                progress(done, total)
        for _, statement in triggers:
            target.execute(statement)
        target.execute("COMMIT")
    with opened(f"sqlite:///{file}") as new:
        for user in _players(new):
            with transaction(new, user) as connection:
                # For whatever server this file may meet: none is known to have any of it.
                refill(connection, user)


def fill_postgres(engine: Engine, file: Path, progress: Progress) -> None:
    """Replace every player's rows by those of a SQLite file, all or none.

    Raises
    ------
    StoreError
        when the login may not act as the owner of the tables
    """
    with transaction(engine, None) as connection, closing(sqlite3.connect(file)) as source:
        connection.execute(text("RESET ROLE"))
        if not is_member(connection, OWNER):
            raise StoreError(f"Only a login in the role {OWNER} may restore a backup.")
        connection.execute(text(f"SET LOCAL ROLE {OWNER}"))
        # Triggers number what comes, on from where they are: the numbers of the file were another server's.
        tables = [table for table in _tables() if table is not SyncHeadRow.__table__]
        for table in reversed(tables):
            connection.execute(table.delete())
        total = sum(source.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0] for table in tables)
        done = 0
        for table in tables:
            for count in _fill_table(connection, source, table):
                done += count
                progress(done, total)
        if done != total:
            raise StoreError(f"Of {total} rows in {file} only {done} could be restored; nothing was changed.")
        renew_server(connection)


def _tables() -> list[Table]:
    """Every table with players' rows, a table before those that refer to it."""
    return [table for table in Base.metadata.sorted_tables if table is not ServerRow.__table__]


def _count(connection: Connection) -> int:
    return sum(
        connection.execute(select(func.count()).select_from(table)).scalar_one() for table in _tables()
    )


def _players(engine: Engine) -> list[User]:
    names = union(*(select(synced.table.c.user_id) for synced in IN_ORDER))
    with engine.connect() as connection:
        return [User(name) for name in sorted(connection.execute(names).scalars())]


def _copy_table(connection: Connection, target: sqlite3.Connection, table: Table) -> Iterator[int]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    columns = ", ".join(f"{_as_sqlite_has_it(column)}" for column in table.columns)
    marks = ", ".join("?" * len(table.columns))
    insert = f"INSERT INTO {table.name} ({', '.join(_quoted(table))}) VALUES ({marks})"
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY (SELECT {columns} FROM {SCHEMA}.{table.name}) TO STDOUT") as copy,
    ):
        rows: list[tuple[Any, ...]] = []
        for row in copy.rows():
            rows.append(row)
            if len(rows) == _ROWS_AT_ONCE:
                yield target.executemany(insert, rows).rowcount
                rows.clear()
        if rows:
            yield target.executemany(insert, rows).rowcount


def _quoted(table: Table) -> list[str]:
    return [f'"{column.name}"' for column in table.columns]


def _as_sqlite_has_it(column: Column[Any]) -> str:
    """The column's value as the text that SQLite's columns turn into what they hold."""
    name = f'"{column.name}"'
    if isinstance(column.type, UtcDateTime):
        return f"to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    if isinstance(column.type, Boolean):
        return f"{name}::int"
    return f"{name}::text"


def _fill_table(connection: Connection, source: sqlite3.Connection, table: Table) -> Iterator[int]:
    from workbench.store.bulk import insert_new  # noqa: PLC0415  only a restore needs Polars

    found = source.execute(f"SELECT {', '.join(_quoted(table))} FROM {table.name}")
    while rows := found.fetchmany(_ROWS_AT_ONCE):
        yield insert_new(connection, table, _frame(table, rows))


def _frame(table: Table, rows: list[tuple[Any, ...]]) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415  only a restore needs it

    def kind(column: Column[Any]) -> pl.DataType:
        if isinstance(column.type, Finite):
            return pl.Float64()
        return pl.Int64() if isinstance(column.type, Integer | Boolean) else pl.String()

    def value(column: Column[Any]) -> pl.Expr:
        if isinstance(column.type, UtcDateTime):
            time = pl.col(column.name).str.to_datetime(_SQLITE_TIME, time_unit="us")
            return time.dt.replace_time_zone("UTC")
        if isinstance(column.type, Boolean):
            return pl.col(column.name).cast(pl.Boolean)
        return pl.col(column.name)

    schema = {column.name: kind(column) for column in table.columns}
    return pl.DataFrame(rows, schema=schema, orient="row").select(value(column) for column in table.columns)
