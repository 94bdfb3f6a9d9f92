"""Many rows at once: frames into tables, without a Python object per value where the database allows it.

Rows travel by COPY into a temporary table and from there by one INSERT, since COPY straight into a table
under row-level security is refused. SQLite has no such way; there it is one prepared INSERT for all rows.
Rows whose primary key is there already are left out, so the same frame can be given again.
"""

import json
from collections.abc import Sequence
from typing import Any

import polars as pl
import psycopg
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Double,
    Integer,
    MetaData,
    Table,
    column,
    exc,
    select,
)
from sqlalchemy import table as named_table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import JSON, TypeEngine

from workbench.store.columns import Finite, Identifier, UtcDateTime
from workbench.store.errors import StoreError, sentence

ROWS_AT_ONCE = 50_000
"""Rows that are turned to text at once: a few MB."""

_TIME = pl.Datetime("us", "UTC")
_SQLITE_TIME = "%Y-%m-%d %H:%M:%S%.6f"
_POSTGRES_TIME = "%Y-%m-%d %H:%M:%S%.6f%z"
_UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"

# What COPY's text format gives a meaning to (https://www.postgresql.org/docs/current/sql-copy.html). Its CSV
# format would need no such list, but before Postgres 18 it takes a line "\." in a comment for the end.
_SPECIAL = ["\\", "\t", "\n", "\r"]
_ESCAPED = ["\\\\", "\\t", "\\n", "\\r"]
_NULL = "\\N"


def insert_new(connection: Connection, table: Table, rows: pl.DataFrame) -> int:
    """Insert the rows whose primary key is not there yet, in the caller's transaction.

    Parameters
    ----------
    connection : inside a transaction that is bound to the player whose rows these are
    table : of `schema` or `schema_coach`, such as `NoteRow.__table__`
    rows : columns named as in the table, the primary key among them; columns left out get their defaults.
        Ids and JSON as text, times aware; NaN and infinity become null, as everywhere in the store

    Returns
    -------
    how many rows were inserted; the others were there before, or twice in the frame (the first one counts)

    Raises
    ------
    StoreError
        for a column that the table lacks, a value of another kind, a foreign key that points nowhere, a null
        where none may be. What a retry may mend (a deadlock, a failed serialization) is raised as SQLAlchemy
        raises it, for `transaction` to deal with
    """
    _check_columns(table, rows.columns)
    if rows.is_empty():
        return 0
    try:
        typed = rows.select(_typed(table.c[name], rows.schema[name]) for name in rows.columns)
    except pl.exceptions.PolarsError as error:
        raise StoreError(f"Rows for {table.name} hold what it can't: {_first_line(error)}") from error
    for name in rows.columns:
        _check_text(table.c[name], typed[name])
        if typed.schema[name] == pl.Int64 and rows.schema[name].is_float():
            _check_whole(rows[name])
    insert = _insert_sqlite if connection.dialect.name == "sqlite" else _insert_postgres
    try:
        return insert(connection, table, typed)
    except (exc.IntegrityError, exc.DataError, exc.ProgrammingError, psycopg.Error) as error:
        raise StoreError(sentence(error, connection.engine.url)) from error


def _check_columns(table: Table, names: Sequence[str]) -> None:
    unknown = [name for name in names if name not in table.c]
    if unknown:
        raise StoreError(f"The table {table.name} has no column {unknown[0]!r}.")
    missing = [key.name for key in table.primary_key if key.name not in names]
    if missing:
        raise StoreError(f"Rows for {table.name} lack {missing[0]!r}, a part of their key.")


def _typed(target: Column[Any], found: pl.DataType) -> pl.Expr:
    """The column as its table has it; strict, so that nothing is rounded or cut silently."""
    values = pl.col(target.name)
    if isinstance(target.type, UtcDateTime):
        if isinstance(found, pl.Datetime) and found.time_zone is None:
            raise StoreError(f"The times in {target.name!r} have no zone; give aware times.")
        return values.cast(_TIME)
    if isinstance(target.type, Identifier):
        return values.cast(pl.String).str.to_lowercase()
    if isinstance(target.type, Finite | Double):
        number = values.cast(pl.Float64)
        return pl.when(number.is_finite()).then(number).alias(target.name)
    if isinstance(target.type, Boolean):
        return values.cast(pl.Boolean)
    if isinstance(target.type, Integer):
        return values.cast(pl.Int64)
    return values.cast(pl.String)


def _check_text(target: Column[Any], values: pl.Series) -> None:
    """Postgres refuses what is no id or no JSON; SQLite would keep it, to fail when it is read."""
    if isinstance(target.type, Identifier):
        wrong = values.filter(~values.str.contains(_UUID))
        if not wrong.is_empty():
            raise StoreError(f"{wrong[0]!r} in {target.name!r} is not an id.")
    elif isinstance(target.type, JSON):
        for text in values.drop_nulls().unique():
            try:
                json.loads(text, parse_constant=_refuse)
            except ValueError as error:
                raise StoreError(f"A value in {target.name!r} is not JSON: {error}.") from error


def _check_whole(values: pl.Series) -> None:
    broken = values.filter(values != values.round())
    if not broken.is_empty():
        raise StoreError(f"{broken[0]} in {values.name!r} is no whole number.")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number that JSON knows")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") + "."


def _insert_sqlite(connection: Connection, table: Table, rows: pl.DataFrame) -> int:
    # Columns without types: the values are in SQLite's own form already.
    target = named_table(table.name, *(column(name) for name in rows.columns))
    keys = [key.name for key in table.primary_key]
    statement = sqlite.insert(target).on_conflict_do_nothing(index_elements=keys)
    compiled = statement.compile(dialect=connection.dialect, column_keys=rows.columns)
    times = [name for name, dtype in rows.schema.items() if dtype == _TIME]
    inserted = 0
    for part in rows.iter_slices(ROWS_AT_ONCE):
        text = part.with_columns(pl.col(times).dt.strftime(_SQLITE_TIME)).rows()
        inserted += connection.exec_driver_sql(str(compiled), text).rowcount
    return inserted


def _insert_postgres(connection: Connection, table: Table, rows: pl.DataFrame) -> int:
    incoming = Table(
        f"incoming_{table.name}",
        MetaData(),
        *(Column(name, _plain(table.c[name].type)) for name in rows.columns),
        prefixes=["TEMPORARY"],
    )
    incoming.create(connection, checkfirst=False)
    _copy(connection, incoming, rows)
    statement = (
        postgresql.insert(table)
        .from_select(rows.columns, select(*incoming.c), include_defaults=False)
        .on_conflict_do_nothing(index_elements=list(table.primary_key))
        .execution_options(preserve_rowcount=True)
    )
    inserted = connection.execute(statement).rowcount
    incoming.drop(connection, checkfirst=False)
    return inserted


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    # Room for any number: whether it fits is for the table itself to say.
    return postgresql.BIGINT() if isinstance(kind, Integer) else kind


def _copy(connection: Connection, incoming: Table, rows: pl.DataFrame) -> None:
    free_text = [
        name
        for name, dtype in rows.schema.items()
        if dtype == pl.String and not isinstance(incoming.c[name].type, Identifier)
    ]
    times = [name for name, dtype in rows.schema.items() if dtype == _TIME]
    quote = connection.dialect.identifier_preparer.format_table
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    with driver.cursor() as cursor, cursor.copy(f"COPY {quote(incoming)} FROM STDIN".encode()) as copy:
        for part in rows.iter_slices(ROWS_AT_ONCE):
            escaped = part.with_columns(
                pl.col(free_text).str.replace_many(_SPECIAL, _ESCAPED),
                pl.col(times).dt.strftime(_POSTGRES_TIME),
            )
            copy.write(
                escaped.write_csv(separator="\t", include_header=False, null_value=_NULL, quote_style="never")
            )
