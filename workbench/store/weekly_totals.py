"""Every player's practice by week: the one question that reads every note there is.

It is about no single player, so it is asked as the role `fretcoach_report`, which sees all rows and writes
none, and its answer names nobody. A SQLite file is its owner's. The notes are read once, from the first to
the last (one sequential pass, shared by parallel workers where Postgres has them): they are summed by
session, and the few sums meet the sessions' weeks afterwards.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Engine, Text, cast, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from workbench.store import adbc
from workbench.store.errors import StoreError, place_of, sentence
from workbench.store.read import READ_ERRORS, Question, compiled, kept_schema, typed
from workbench.store.roles import REPORT, SET_REPORT
from workbench.store.schema import NoteRow, SessionRow

WEEKLY_SCHEMA: Mapping[str, pl.DataType] = {
    "week": pl.Date(),
    "players": pl.Int64(),
    "sessions": pl.Int64(),
    "hours": pl.Float64(),
    "notes": pl.Int64(),
    "judged": pl.Int64(),
    "right_share": pl.Float64(),
    "mean_abs_cents": pl.Float64(),
    "mean_abs_deviation_ms": pl.Float64(),
    "overall": pl.Float64(),
}
"""Schema of `weekly_totals`."""

_NOT_ALLOWED = "permission denied to set role"
"""What Postgres says to a login that is no member of the role."""


def weekly_totals(engine: Engine) -> pl.DataFrame:
    """Sums and means over all players, one row a week (Monday, UTC), oldest first.

    Deleted sessions and those that are still running are left out; notes are those of the current analyses.

    Returns
    -------
    DataFrame of `WEEKLY_SCHEMA`; `right_share` is of the judged notes, `overall` the mean of the sessions

    Raises
    ------
    StoreError
        when the database can't be read, or the login may not see others' sessions
    """
    question = weekly_question()
    asked = compiled(engine, question, {})
    try:
        if engine.dialect.name == "sqlite":
            return typed(adbc.ask_sqlite(engine, asked, kept_schema(question)), question)
        return typed(adbc.ask_postgres(engine, (SET_REPORT, []), asked), question)
    except READ_ERRORS as error:
        if _NOT_ALLOWED in str(error):
            raise StoreError(
                f"Your login at {place_of(engine.url)} may not see the sessions of every player; "
                f"let an administrator run: GRANT {REPORT} TO your login."
            ) from error
        raise StoreError(sentence(error, engine.url)) from error


def weekly_question() -> Question:
    """What `weekly_totals` asks; for the benchmark, which shows its plan."""
    judged = NoteRow.in_scale.is_not(None)
    sums = (
        select(
            NoteRow.analysis_id,
            func.count().label("notes"),
            func.count().filter(judged).label("judged"),
            func.count().filter(NoteRow.in_scale.is_(True)).label("right"),
            func.sum(func.abs(NoteRow.cents)).filter(judged).label("cents"),
            func.sum(func.abs(NoteRow.deviation_ms)).label("late_ms"),
            func.count(NoteRow.deviation_ms).label("timed"),
        )
        .group_by(NoteRow.analysis_id)
        .subquery("sums")
    )
    week = Monday(SessionRow.start_timestamp)
    statement = (
        select(
            week.label("week"),
            func.count(SessionRow.user_id.distinct()).label("players"),
            func.count().label("sessions"),
            (func.sum(SessionRow.duration_seconds) / 3600.0).label("hours"),
            _whole(func.sum(sums.c.notes)).label("notes"),
            _whole(func.sum(sums.c.judged)).label("judged"),
            _ratio(sums.c.right, sums.c.judged).label("right_share"),
            _ratio(sums.c.cents, sums.c.judged).label("mean_abs_cents"),
            _ratio(sums.c.late_ms, sums.c.timed).label("mean_abs_deviation_ms"),
            func.avg(SessionRow.overall).label("overall"),
        )
        .outerjoin(sums, sums.c.analysis_id == SessionRow.current_analysis_id)
        .where(SessionRow.deleted_at.is_(None), SessionRow.end_timestamp.is_not(None))
        .group_by(week)
        .order_by(week)
    )
    return Question(statement, WEEKLY_SCHEMA)


class Monday(FunctionElement[str]):
    """The Monday of a time's week in UTC, as text: 2026-11-23."""

    inherit_cache = True
    type = Text()


@compiles(Monday, "sqlite")
def _on_sqlite(element: Monday, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, 'weekday 0', '-6 days')"


@compiles(Monday, "postgresql")
def _on_postgres(element: Monday, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"to_char(date_trunc('week', {moment} AT TIME ZONE 'UTC'), 'YYYY-MM-DD')"


def _whole(total: ColumnElement[Any]) -> ColumnElement[int]:
    # Postgres sums counts to a numeric, which comes back as text.
    return cast(func.coalesce(total, 0), SessionRow.change_seq.type)


def _ratio(part: ColumnElement[Any], whole: ColumnElement[Any]) -> ColumnElement[Any]:
    """Sum over sum; null where there is nothing to divide by."""
    return cast(func.sum(part), NoteRow.onset_s.type) / func.nullif(func.sum(whole), 0)
