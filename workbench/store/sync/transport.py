"""Rows from one database as the other takes them.

Ids and JSON are text in between, times aware: the same from SQLite and from Postgres.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import polars as pl
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    func,
    select,
    update,
)
from sqlalchemy.types import JSON, TypeEngine

from workbench.store.columns import Finite, Identifier, UtcDateTime
from workbench.store.errors import StoreError
from workbench.store.sync.tables import NOTES, Synced
from workbench.user import User

Row = dict[str, Any]


def chosen(table: Table, columns: Iterable[str], user: User) -> Select[Any]:
    """SELECT of a player's rows, ids and JSON as text."""
    return select(*(_as_text(table, name) for name in columns)).where(table.c.user_id == user.id)


def fetch(connection: Connection, statement: Select[Any]) -> list[Row]:
    """The rows as dictionaries."""
    return [dict(row) for row in connection.execute(statement).mappings()]


def fetch_by_id(connection: Connection, synced: Synced, user: User, ids: Sequence[str]) -> list[Row]:
    """Those of a player's rows that exist, with all columns that travel."""
    wanted = identified(synced, ids)
    return fetch(connection, chosen(synced.table, synced.columns, user).where(wanted)) if ids else []


def identified(synced: Synced, ids: Iterable[str]) -> ColumnElement[bool]:
    """Condition: one of these rows."""
    return synced.id.in_([synced.key_of(item) for item in ids])


def known_ids(connection: Connection, synced: Synced, user: User, ids: Sequence[str]) -> set[str]:
    """Which of these rows a player has here."""
    if not ids:
        return set()
    mine = select(cast(synced.id, Text)).where(synced.table.c.user_id == user.id, identified(synced, ids))
    return set(connection.execute(mine).scalars())


def check_owner(connection: Connection, synced: Synced, user: User, ids: Sequence[str]) -> None:
    """Refuse what could not be added because somebody else has that id.

    Raises
    ------
    StoreError
        names the first such row
    """
    foreign = sorted(set(ids) - known_ids(connection, synced, user, ids))
    if foreign:
        raise StoreError(
            f"The row {foreign[0]} of {synced.name} belongs to another player; nothing was stored, check the "
            "player's name (FRETCOACH_USER)."
        )


def note_counts(connection: Connection, user: User, analyses: Sequence[str]) -> dict[str, int]:
    """How many notes each of these analyses has; those without any are left out."""
    if not analyses:
        return {}
    of_these = NOTES.c.analysis_id.in_([UUID(item) for item in analyses])
    counted = (
        select(cast(NOTES.c.analysis_id, Text), func.count())
        .where(NOTES.c.user_id == user.id, of_these)
        .group_by(NOTES.c.analysis_id)
    )
    return {row[0]: row[1] for row in connection.execute(counted)}


def fetch_notes(connection: Connection, user: User, analyses: Sequence[str]) -> pl.DataFrame:
    """The notes of these analyses as a frame for `bulk.insert_new`."""
    names = NOTES.c.keys()
    statement = chosen(NOTES, names, user).where(NOTES.c.analysis_id.in_([UUID(item) for item in analyses]))
    rows = connection.execute(statement).all() if analyses else []
    return pl.DataFrame([tuple(row) for row in rows], _frame_schema(NOTES, names), orient="row")


def to_frame(synced: Synced, rows: Sequence[Row]) -> pl.DataFrame:
    """Rows as a frame for `bulk.insert_new`."""
    names = list(rows[0]) if rows else synced.columns
    values = [tuple(row[name] for name in names) for row in rows]
    return pl.DataFrame(values, _frame_schema(synced.table, names), orient="row")


def write_columns(
    connection: Connection, synced: Synced, user: User, rows: Sequence[Row], columns: Iterable[str]
) -> None:
    """Overwrite some columns of rows that exist."""
    names = [name for name in columns if name not in {synced.key, "user_id"}]
    if not rows:
        return
    table = synced.table
    statement = update(table).where(synced.id == bindparam("row_id"), table.c.user_id == user.id)
    connection.execute(
        statement.values({name: bindparam(f"new_{name}") for name in names}),
        [
            {"row_id": synced.key_of(row[synced.key])}
            | {f"new_{name}": _value(table.c[name].type, row[name]) for name in names}
            for row in rows
        ],
    )


def by_id(synced: Synced, rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by their key."""
    return {row[synced.key]: row for row in rows}


def _as_text(table: Table, name: str) -> ColumnElement[Any]:
    column = table.c[name]
    return cast(column, Text).label(name) if isinstance(column.type, Identifier | JSON) else column


def _value(kind: TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Identifier):
        return UUID(value)
    return json.loads(value) if isinstance(kind, JSON) else value


def _frame_schema(table: Table, names: Iterable[str]) -> dict[str, pl.DataType]:
    return {name: _frame_type(table.c[name].type) for name in names}


def _frame_type(kind: TypeEngine[Any]) -> pl.DataType:
    if isinstance(kind, UtcDateTime):
        return pl.Datetime("us", "UTC")
    if isinstance(kind, Finite):
        return pl.Float64()
    if isinstance(kind, Boolean):
        return pl.Boolean()
    return pl.Int64() if isinstance(kind, Integer) else pl.String()
