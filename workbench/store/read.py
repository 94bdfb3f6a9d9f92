"""The one way from the database into Polars.

A read takes a connection (to Postgres by ADBC: Arrow all the way), binds the player, runs one query, casts
to the schema that the query declares, and rolls back. SQLite and Postgres give the same columns,
the same types and the same values; an empty answer has the same types as a full one.

`polars.read_database_uri` must not be used: it opens a connection that no player is bound to, and under
row-level security that reads as "no rows" rather than as an error.
"""

import json
import sqlite3
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import polars as pl
from sqlalchemy import Engine, SelectBase
from sqlalchemy.dialects import postgresql, sqlite

from workbench.store import adbc
from workbench.store.errors import StoreError, sentence
from workbench.store.roles import SET_USER
from workbench.store.schema import SCHEMA
from workbench.user import User

USER_PARAMETER = "user_id"
"""Name of the parameter that every query binds to the player."""

READ_ERRORS = (*adbc.ERRORS, sqlite3.Error)

_SQLITE_DIALECT = sqlite.dialect(paramstyle="qmark")
_POSTGRES_DIALECT = postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]

_SQLITE_TIME = "%Y-%m-%d %H:%M:%S%.f"

Value = str | int | float

_Parts = Generator[pl.DataFrame, None, None]


@dataclass(frozen=True, slots=True)
class Question:
    """A SELECT and what its answer looks like.

    Attributes
    ----------
    statement : ids and JSON selected as text
    schema : name and type of each column, in the order of the SELECT
    parameters : values of the bound parameters
    json : columns of JSON text, brought to one spelling on both databases
    """

    statement: SelectBase
    schema: Mapping[str, pl.DataType]
    parameters: Mapping[str, Value] = field(default_factory=dict)
    json: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Query(Question):
    """A question to one player's rows: the statement limits them to `bindparam("user_id")`."""

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
    asked = compiled(engine, query, {USER_PARAMETER: user.id})
    try:
        if engine.dialect.name == "sqlite":
            answer = adbc.ask_sqlite(engine, asked, kept_schema(query))
        else:
            answer = adbc.ask_postgres(engine, _as_player(user), asked)
    except READ_ERRORS as error:
        raise StoreError(sentence(error, engine.url)) from error
    return typed(answer, query)


def read_batches(engine: Engine, user: User, query: Query) -> Iterator[pl.DataFrame]:
    """The same answer as that of `read`, in parts of some 20,000 rows, so that memory is bounded.

    All parts are of one moment. An empty answer is no part at all. The database is held until the last part
    has been taken or the iterator is closed.

    Raises
    ------
    StoreError
        when the database can't be read, also in the middle
    """
    asked = compiled(engine, query, {USER_PARAMETER: user.id})
    try:
        if engine.dialect.name == "sqlite":
            parts: _Parts = adbc.sqlite_batches(engine, asked, kept_schema(query))
        else:
            parts = adbc.postgres_batches(engine, _as_player(user), asked)
        # Closed also when a part can't be typed: the connection must not wait for the error to be forgotten.
        with closing(parts):
            for part in parts:
                yield typed(part, query)
    except READ_ERRORS as error:
        raise StoreError(sentence(error, engine.url)) from error


def compiled(engine: Engine, question: Question, values: Mapping[str, Value]) -> adbc.Statement:
    """The SQL of that database, and the values of its parameters in their order."""
    if engine.dialect.name == "sqlite":
        made: Any = question.statement.compile(
            dialect=_SQLITE_DIALECT, schema_translate_map={SCHEMA: "main"}, render_schema_translate=True
        )
    else:
        made = question.statement.compile(dialect=_POSTGRES_DIALECT)
    known = {**made.params, **question.parameters, **values}
    return made.string, [known[name] for name in made.positiontup]


def typed(answer: pl.DataFrame, question: Question) -> pl.DataFrame:
    """An answer with exactly the columns and types that the question declares."""
    columns = [
        _cast(pl.col(name), answer.schema[name], wanted, name in question.json)
        for name, wanted in question.schema.items()
    ]
    return answer.select(columns)


def _as_player(user: User) -> adbc.Statement:
    return SET_USER.format(parameter="$1"), [user.id]


def kept_schema(question: Question) -> pl.Schema:
    """What SQLite keeps such columns as."""
    kept: dict[pl.DataType, pl.DataType] = {pl.Boolean(): pl.Int64()}
    return pl.Schema(
        {
            name: pl.String() if isinstance(wanted, pl.Datetime | pl.Date) else kept.get(wanted, wanted)
            for name, wanted in question.schema.items()
        }
    )


def _cast(column: pl.Expr, found: pl.DataType, wanted: pl.DataType, is_json: bool) -> pl.Expr:
    if isinstance(wanted, pl.Datetime) and found == pl.String:
        return column.str.to_datetime(_SQLITE_TIME, time_unit="us").dt.replace_time_zone("UTC")
    if isinstance(wanted, pl.Date) and found == pl.String:
        return column.str.to_date("%Y-%m-%d")
    column = column.cast(wanted)
    return column.map_elements(_one_spelling, return_dtype=pl.String) if is_json else column


# Most sessions have the same few metrics switched on.
@lru_cache(maxsize=256)
def _one_spelling(text: str) -> str:
    """JSONB reorders keys and rewrites numbers; this gives the same text for the same value."""
    return json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False)
