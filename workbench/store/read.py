"""The one way from the database into Polars.

A read opens its own ADBC connection (Arrow all the way, no row object in Python), binds the player, runs one
query, casts to the schema that the query declares, and rolls back. SQLite and Postgres give the same columns,
the same types and the same values; an empty answer has the same types as a full one.

`polars.read_database_uri` must not be used: it opens a connection that no player is bound to, and under
row-level security that reads as "no rows" rather than as an error.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from adbc_driver_manager.dbapi import Connection, Cursor
from adbc_driver_manager.dbapi import Error as AdbcError
from sqlalchemy import Engine, SelectBase
from sqlalchemy.dialects import postgresql, sqlite

from workbench.store.address import libpq_address
from workbench.store.engine import CONNECT_TIMEOUT_S
from workbench.store.errors import StoreError, sentence
from workbench.store.roles import SET_USER
from workbench.store.schema import SCHEMA
from workbench.user import User

USER_PARAMETER = "user_id"
"""Name of the parameter that every query binds to the player."""

_SQLITE_DIALECT = sqlite.dialect(paramstyle="qmark")
_POSTGRES_DIALECT = postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]

_WHOLE_RESULT = {"adbc.sqlite.query.batch_rows": 2**31 - 2}
"""SQLite's columns have no type; the driver guesses it from the first batch and fails when a later row
differs, so the whole result is one batch (memory is taken for the rows that exist, not for this number)."""

_SQLITE_TIME = "%Y-%m-%d %H:%M:%S%.f"


@dataclass(frozen=True, slots=True)
class Query:
    """One question to the store.

    Attributes
    ----------
    statement : a SELECT whose rows are limited to `bindparam("user_id")`; ids and JSON selected as text
    schema : name and type of each column, in the order of the SELECT
    parameters : values of the other bound parameters
    json : columns of JSON text, brought to one spelling on both databases
    """

    statement: SelectBase
    schema: Mapping[str, pl.DataType]
    parameters: Mapping[str, str | int | float] = field(default_factory=dict)
    json: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        params = self.statement.compile().params
        if USER_PARAMETER not in params:
            raise ValueError(
                "This query is not bound to a player; compare user_id with bindparam('user_id')."
            )
        missing = {name for name, value in params.items() if value is None}
        missing -= {USER_PARAMETER, *self.parameters}
        if missing:
            raise ValueError(f"This query lacks the values of {', '.join(sorted(missing))}.")


def read(engine: Engine, user: User, query: Query) -> pl.DataFrame:
    """Ask the store as one player.

    Parameters
    ----------
    engine : says where the database is; its pool is not used
    user : whose rows
    query : see `workbench.store.queries`

    Returns
    -------
    DataFrame with exactly the query's schema; times are aware (UTC, microseconds)

    Raises
    ------
    StoreError
        when the database can't be read
    """
    ask = _ask_sqlite if engine.dialect.name == "sqlite" else _ask_postgres
    try:
        answer = ask(engine, user, query)
    except AdbcError as error:
        raise StoreError(sentence(error, engine.url)) from error
    return _typed(answer, query)


def _ask_sqlite(engine: Engine, user: User, query: Query) -> pl.DataFrame:
    from adbc_driver_sqlite import dbapi  # noqa: PLC0415  a player loads one driver, not both

    # mode=ro: a read never makes a file, and a folder that can't be written can still be read.
    address = Path(str(engine.url.database)).as_uri() + "?mode=ro"
    compiled = query.statement.compile(
        dialect=_SQLITE_DIALECT, schema_translate_map={SCHEMA: "main"}, render_schema_translate=True
    )
    with _cursor(dbapi.connect(address)) as cursor:
        cursor.adbc_statement.set_options(**_WHOLE_RESULT)
        return _fetch(cursor, compiled, user, query)


def _ask_postgres(engine: Engine, user: User, query: Query) -> pl.DataFrame:
    from adbc_driver_postgresql import dbapi  # noqa: PLC0415  a player loads one driver, not both

    patient = engine.url.update_query_dict({"connect_timeout": str(CONNECT_TIMEOUT_S)})
    compiled = query.statement.compile(dialect=_POSTGRES_DIALECT)
    with _cursor(dbapi.connect(libpq_address(patient))) as cursor:
        cursor.execute(SET_USER.format(parameter="$1"), (user.id,))
        pl.DataFrame(cursor.fetch_arrow())  # the answer must be taken before the next question
        return _fetch(cursor, compiled, user, query)


@contextmanager
def _cursor(connection: Connection) -> Iterator[Cursor]:
    with closing(connection), closing(connection.cursor()) as cursor:
        yield cursor
        connection.rollback()


def _fetch(cursor: Cursor, compiled: Any, user: User, query: Query) -> pl.DataFrame:
    values = {**compiled.params, **query.parameters, USER_PARAMETER: user.id}
    cursor.execute(compiled.string, tuple(values[name] for name in compiled.positiontup))
    return pl.DataFrame(cursor.fetch_arrow())


def _typed(answer: pl.DataFrame, query: Query) -> pl.DataFrame:
    columns = [
        _cast(pl.col(name), answer.schema[name], wanted, name in query.json)
        for name, wanted in query.schema.items()
    ]
    return answer.select(columns)


def _cast(column: pl.Expr, found: pl.DataType, wanted: pl.DataType, is_json: bool) -> pl.Expr:
    if isinstance(wanted, pl.Datetime) and found == pl.String:
        return column.str.to_datetime(_SQLITE_TIME, time_unit="us").dt.replace_time_zone("UTC")
    column = column.cast(wanted)
    return column.map_elements(_one_spelling, return_dtype=pl.String) if is_json else column


def _one_spelling(text: str) -> str:
    """JSONB reorders keys and rewrites numbers; this gives the same text for the same value."""
    return json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False)
