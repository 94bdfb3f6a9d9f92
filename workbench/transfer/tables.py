"""What an export holds: the tables of a player, their columns, and the questions that read them.

Left out are what a database says of itself (`change_seq`, `updated_at`), deleted rows, sessions that still
run, and `recording_path`: it names a file on one computer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl
from sqlalchemy import Column, ColumnElement, Table, func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import JSON

from workbench.store.columns import Finite, Identifier, UtcDateTime
from workbench.store.query_parts import TIME, columns_of, identifier_text, the_player, the_session
from workbench.store.read import Query
from workbench.store.schema import AnalysisRow, Base, NoteRow, SessionRow
from workbench.store.schema_coach import (
    CoachMessageRow,
    PlanOutcomeRow,
    PracticeItemRow,
    PracticePlanRow,
    UserConfigRow,
)

MOMENT = "moment"
"""Column beside each row: when it belongs to, for its order and its partition; not part of the export."""

_LEFT_OUT = frozenset({"change_seq", "updated_at", "deleted_at", "purged_at", "recording_path"})


@dataclass(frozen=True)
class Part:
    """One table of an export.

    Attributes
    ----------
    model : its rows
    moment : the time that a row belongs to; of the session for what belongs to one
    of_session : whether each row belongs to one session
    """

    model: type[Base]
    moment: InstrumentedAttribute[object]
    of_session: bool = False

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.table.name

    @cached_property
    def table(self) -> Table:
        """The table itself."""
        table = self.model.__table__
        assert isinstance(table, Table)
        return table

    @cached_property
    def schema(self) -> Mapping[str, pl.DataType]:
        """Name and type of each exported column, ids and JSON as text."""
        return {column.name: _kind(column) for column in self.table.c if column.name not in _LEFT_OUT}

    @cached_property
    def json(self) -> frozenset[str]:
        """Columns of JSON text."""
        return frozenset(name for name in self.schema if isinstance(self.table.c[name].type, JSON))

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Columns that hold no null."""
        return tuple(name for name in self.schema if not self.table.c[name].nullable)

    def rows(self, session_id: str | None) -> Query:
        """The player's rows in the order of time, with `MOMENT`; those of one session when it is named."""
        keys = [column for column in self.table.primary_key if column.name != "position"]
        order = [self.moment, *(column for column in (self.table.c.get("session_id"),) if column is not None)]
        position = [self.table.c.position] if "position" in self.table.c else []
        statement = (
            select(*columns_of(self.model, self.schema), self.moment.label(MOMENT))
            .where(*self._mine(session_id))
            .order_by(*order, *keys, *position)
        )
        return Query(statement, {**self.schema, MOMENT: TIME}, _named(session_id), self.json)

    def count(self, session_id: str | None) -> Query:
        """How many rows that is, as column `n`."""
        statement = select(func.count().label("n")).select_from(self.table).where(*self._mine(session_id))
        return Query(statement, {"n": pl.Int64()}, _named(session_id))

    def _mine(self, session_id: str | None) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = [self.table.c.user_id == the_player()]
        if self.of_session and self.model is not SessionRow:
            conditions += [
                SessionRow.session_id == self.table.c.session_id,
                SessionRow.user_id == self.table.c.user_id,
            ]
        if self.model is SessionRow:
            conditions += [SessionRow.deleted_at.is_(None), SessionRow.end_timestamp.is_not(None)]
        elif "deleted_at" in self.table.c:
            conditions.append(self.table.c.deleted_at.is_(None))
        if session_id is not None:
            conditions.append(self.table.c.session_id == the_session())
        return conditions


def _kind(column: Column[object]) -> pl.DataType:
    if isinstance(column.type, UtcDateTime):
        return TIME
    if isinstance(column.type, Finite):
        return pl.Float64()
    if isinstance(column.type, Identifier | JSON):
        return pl.String()
    return {int: pl.Int64(), bool: pl.Boolean(), str: pl.String()}[column.type.python_type]


def _named(session_id: str | None) -> dict[str, str | int | float]:
    return {} if session_id is None else {"session_id": identifier_text(session_id)}


SESSIONS = Part(SessionRow, SessionRow.start_timestamp, of_session=True)
ANALYSES = Part(AnalysisRow, SessionRow.start_timestamp, of_session=True)
NOTES = Part(NoteRow, SessionRow.start_timestamp, of_session=True)
PLANS = Part(PracticePlanRow, PracticePlanRow.generated_at)
OUTCOMES = Part(PlanOutcomeRow, PlanOutcomeRow.created_at)

PARTS = (
    SESSIONS,
    ANALYSES,
    NOTES,
    PLANS,
    OUTCOMES,
    Part(PracticeItemRow, PracticeItemRow.created_at),
    Part(UserConfigRow, UserConfigRow.updated_at),
    Part(CoachMessageRow, CoachMessageRow.created_at),
)
"""Every part, in an order in which each refers only to those before it."""

BY_NAME: Mapping[str, Part] = {part.name: part for part in PARTS}
"""The parts by the names of their tables."""
