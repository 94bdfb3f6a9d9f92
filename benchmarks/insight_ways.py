"""The same work by the store, by plain ORM objects, and by pandas, in one process each."""

import resource
import subprocess
import sys
import time
from typing import Any, cast
from uuid import UUID

import pandas as pd
from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.orm import Session

from workbench.demo.crowd_history import Crowd, History
from workbench.insight.scope import scope_of
from workbench.store import bulk, queries, queries_notes
from workbench.store.engine import open_engine
from workbench.store.read import read, read_batches
from workbench.store.schema import SCHEMA, AnalysisRow, NoteRow, SessionRow
from workbench.store.transaction import transaction
from workbench.user import User

NOTES = cast(Table, NoteRow.__table__)

WAYS = ("store", "ORM", "pandas")


def insert(engine: Engine, way: str, crowd: Crowd) -> float:
    """Seconds to insert the notes of a crowd's first player, whose sessions are there; rolled back."""
    history = next(crowd.histories())
    with transaction(engine, history.user) as connection:
        bulk.insert_new(connection, cast(Table, SessionRow.__table__), history.sessions)
        bulk.insert_new(connection, cast(Table, AnalysisRow.__table__), history.analyses)
        begin = time.perf_counter()
        _insert(connection, way, history)
        spent = time.perf_counter() - begin
        connection.rollback()
        return spent


def _insert(connection: Connection, way: str, history: History) -> None:
    if way == "store":
        bulk.insert_new(connection, NOTES, history.notes)
    elif way == "ORM":
        with Session(connection) as session:
            for row in history.notes.iter_rows(named=True):
                ids = {name: UUID(row[name]) for name in ("analysis_id", "session_id")}
                session.add(NoteRow(**{**row, **ids}))
            session.flush()
    else:
        rows = pd.DataFrame(history.notes.to_dict(as_series=False))
        types: Any = {name: NOTES.c[name].type for name in ("analysis_id", "session_id")}
        if connection.dialect.name == "postgresql":
            for name in types:
                rows[name] = rows[name].map(UUID)
        schema = SCHEMA if connection.dialect.name == "postgresql" else None
        rows.to_sql("notes", connection, schema=schema, if_exists="append", index=False, dtype=types)


def read_notes(engine: Engine, way: str, user: User) -> int:
    """All notes of a player in memory; how many."""
    scope = scope_of(read(engine, user, queries.sessions()))
    assert scope is not None
    if way == "store":
        return read(engine, user, queries_notes.played(scope)).height
    query = (
        select(NoteRow, SessionRow)
        .join(SessionRow, SessionRow.current_analysis_id == NoteRow.analysis_id)
        .where(NoteRow.user_id == user.id, SessionRow.session_id == NoteRow.session_id)
        .order_by(SessionRow.start_timestamp, NoteRow.position)
    )
    with transaction(engine, user) as connection:
        if way == "ORM":
            with Session(connection) as session:
                return len(session.execute(query).all())
        columns = [
            (SessionRow if hasattr(SessionRow, name) else NoteRow).__table__.c[name]
            for name in queries_notes.PLAYED_SCHEMA
        ]
        return len(pd.read_sql(query.with_only_columns(*columns), connection))


def export(engine: Engine, how: str, user: User) -> tuple[int, float]:
    """Write every note of a player to nowhere, streamed or whole: rows, and MB that memory grew to at most.

    In a process of its own, since a peak never goes down.
    """
    url = engine.url.render_as_string(hide_password=False)
    run = subprocess.run(
        [sys.executable, __file__, url, how, user.id], capture_output=True, text=True, check=True
    )
    rows, peak = run.stdout.split()
    return int(rows), float(peak)


def main() -> None:
    """Export in this process, and print rows and growth of the peak."""
    url, how, name = sys.argv[1:]
    engine, user = open_engine(url), User(name)
    scope = scope_of(read(engine, user, queries.sessions()))
    assert scope is not None
    query = queries_notes.played(scope)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if how == "streamed":
        rows = sum(len(part.write_csv()) and part.height for part in read_batches(engine, user, query))
    else:
        whole = read(engine, user, query)
        rows = len(whole.write_csv()) and whole.height
    print(rows, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024.0)
    engine.dispose()


if __name__ == "__main__":
    main()
