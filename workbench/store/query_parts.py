"""What every question to the store is put together from: columns as text where databases differ, the player.

Both databases must give the same value for the same row: ids and JSON are asked for as text, and a time that
is compared comes as text in UTC, which Postgres is told to read as a time and SQLite compares as it is.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy import ColumnElement, Text, bindparam, cast
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from workbench.store.columns import Identifier, UtcDateTime
from workbench.store.errors import StoreError
from workbench.store.read import USER_PARAMETER
from workbench.store.schema import Base

TIME = pl.Datetime("us", "UTC")
"""Type of every time in a frame."""


def columns_of(model: type[Base], schema: Mapping[str, pl.DataType]) -> list[ColumnElement[Any]]:
    """The columns of a model that a schema names, those that are text in it cast to text."""
    return [_as_text_if_needed(getattr(model, name), wanted) for name, wanted in schema.items()]


def _as_text_if_needed(column: InstrumentedAttribute[Any], wanted: pl.DataType) -> ColumnElement[Any]:
    # Ids and JSON have types of their own on Postgres; as text they are the same everywhere.
    return cast(column, Text).label(column.key) if wanted == pl.String else column.label(column.key)


def the_player() -> ColumnElement[str]:
    """The parameter that `read` binds to the player."""
    return bindparam(USER_PARAMETER, type_=Text)


def the_session() -> ColumnElement[UUID]:
    """The parameter `session_id`, an id as `identifier_text` gives it."""
    return cast(bindparam("session_id", type_=Text), Identifier)


def identifier_text(session_id: UUID | str) -> str:
    """The id of a session as a parameter. Raises `StoreError` when it is none."""
    try:
        return str(UUID(str(session_id)))
    except ValueError:
        raise StoreError(f"{session_id!r} is not the id of a session; ids look like {UUID(int=0)}.") from None


class Moment(FunctionElement[datetime]):
    """The parameter `name`, a time as `time_text` gives it."""

    inherit_cache = True
    type = UtcDateTime()

    def __init__(self, name: str) -> None:
        super().__init__(bindparam(name, type_=Text))


@compiles(Moment)
def _as_it_is(element: Moment, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(Moment, "postgresql")
def _as_a_time(element: Moment, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} || '+00' AS TIMESTAMP WITH TIME ZONE)"


def time_text(moment: datetime) -> str:
    """An aware time as a parameter: in UTC, with microseconds, as SQLite keeps times."""
    if moment.tzinfo is None:
        raise ValueError(f"The time {moment} has no zone; give an aware time, such as datetime.now(UTC).")
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
