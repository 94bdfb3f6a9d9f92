"""Questions to the notes of many sessions: alike on both databases, and as Polars counts them itself."""

import inspect
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, product

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlalchemy import Engine
from sqlalchemy.dialects import sqlite

from workbench.demo.history import make_history, plan_history
from workbench.insight import faults
from workbench.insight.scope import scope_of
from workbench.store import queries, queries_notes
from workbench.store.columns import new_id
from workbench.store.queries_notes import Scope
from workbench.store.read import Query, read
from workbench.store.records import SessionEnd, SessionStart, StoredNote
from workbench.store.repository import Repository
from workbench.store.schema import SCHEMA
from workbench.user import User

ADA = User("demo-ada")
Question = Callable[[Scope], Query]
QUESTIONS: tuple[Question, ...] = (queries_notes.played, queries_notes.pitches, queries_notes.leaps)
HISTORY = list(make_history(plan_history(users=2, weeks=2, until=date(2026, 11, 22))))
EVERYTHING = Scope("demo", made_up=True)


def filled(engine: Engine) -> Engine:
    """Two weeks of two demo players; one of ada's sessions is deleted, one runs."""
    repository = Repository(engine)
    for _, sessions in groupby(HISTORY, key=lambda session: session[0].user.id):
        repository.add_finished(list(sessions))
    own = [start for start, _ in HISTORY if start.user == ADA]
    repository.delete_session(ADA, own[1].session_id)
    repository.begin_session(replace(own[0], session_id=new_id()))
    return engine


def scopes() -> Iterator[Scope]:
    yield EVERYTHING
    middle = sorted(start.started_at for start, _ in HISTORY if start.user == ADA)[3]
    yield replace(EVERYTHING, since=middle)
    yield replace(EVERYTHING, until=middle - timedelta(microseconds=1))
    yield replace(EVERYTHING, scales=(("A Minor", "pentatonic"), ("D'A", "%")))


@pytest.mark.postgres
def test_both_databases_answer_alike(sqlite_engine: Engine, postgres_engine: Engine) -> None:
    engines = [filled(engine) for engine in (sqlite_engine, postgres_engine)]
    for question in QUESTIONS:
        for scope in scopes():
            first, second = (read(engine, ADA, question(scope)) for engine in engines)
            assert first.schema == pl.Schema(question(scope).schema)
            assert first.height > 0
            assert_frame_equal(first, second, check_exact=True)


def test_no_question_is_forgotten() -> None:
    public = [value for name, value in vars(queries_notes).items() if not name.startswith("_")]
    functions = {f for f in public if inspect.isfunction(f) and f.__module__ == queries_notes.__name__}
    assert functions == set(QUESTIONS)


def test_sqlite_looks_up_the_notes_of_each_session(sqlite_engine: Engine) -> None:
    # Planned the other way round, every note of the player is read, and its session searched for each time:
    # a million notes took minutes.
    dialect = sqlite.dialect(paramstyle="qmark")
    with closing(sqlite3.connect(str(sqlite_engine.url.database))) as connection:
        for question, scope in product(QUESTIONS, scopes()):
            compiled = question(scope).statement.compile(
                dialect=dialect, schema_translate_map={SCHEMA: "main"}, render_schema_translate=True
            )
            values = ("x",) * len(compiled.positiontup or ())
            plan = [detail for *_, detail in connection.execute(f"EXPLAIN QUERY PLAN {compiled}", values)]
            looks = [line for line in plan if "notes" in line and "USING" in line]
            assert looks
            assert all("session_id=?" in line or "analysis_id=?" in line for line in looks)


def test_the_database_counts_as_polars_does(sqlite_engine: Engine) -> None:
    filled(sqlite_engine)
    for scope in scopes():
        played = read(sqlite_engine, ADA, queries_notes.played(scope))
        assert_frame_equal(read(sqlite_engine, ADA, queries_notes.pitches(scope)), faults.pitches(played))
        assert_frame_equal(read(sqlite_engine, ADA, queries_notes.leaps(scope)), faults.leaps(played))


def test_a_scope_takes_its_first_and_its_last_session(sqlite_engine: Engine) -> None:
    filled(sqlite_engine)
    sessions = read(sqlite_engine, ADA, queries.sessions())
    kept = sessions.filter(pl.col("end_timestamp").is_not_null())
    for some in (kept, kept.slice(2, 3), kept.head(1)):
        scope = scope_of(some)
        assert scope is not None
        played = read(sqlite_engine, ADA, queries_notes.played(scope))
        assert played["session_id"].unique(maintain_order=True).to_list() == some["session_id"].to_list()


def test_what_is_outside_the_scope_is_an_empty_frame_of_the_same_types(any_engine: Engine) -> None:
    filled(any_engine)
    outside = (
        Scope("demo"),
        Scope("dem", made_up=True),
        Scope("demo.1", made_up=True),
        replace(EVERYTHING, scales=(("A Minor", "natural"),)),
    )
    for question, scope in product(QUESTIONS, outside):
        frame = read(any_engine, ADA, question(scope))
        assert frame.is_empty()
        assert frame.schema == pl.Schema(question(scope).schema)


def test_nobody_reads_another_players_notes(any_engine: Engine) -> None:
    filled(any_engine)
    for question in QUESTIONS:
        assert read(any_engine, User("ben"), question(EVERYTHING)).is_empty()
    theirs = read(any_engine, User("demo-ben"), queries_notes.played(EVERYTHING))
    assert set(theirs["session_id"]) == {
        str(start.session_id) for start, _ in HISTORY if start.user.id == "demo-ben"
    }


def events(*changes: dict[str, object]) -> tuple[StoredNote, ...]:
    """A3 every half second, each event with its changes."""
    notes = []
    for index, change in enumerate(changes):
        plain = StoredNote(index, 0.5 * index, 0.4, 57.0, 0.0, -20.0, 0.9, True, "pick", 0.0)
        notes.append(replace(plain, **change))  # type: ignore[arg-type]
    return tuple(notes)


def test_an_edge_is_cut_alike_by_the_database_and_by_polars(
    any_engine: Engine, start: SessionStart, finish: Callable[[SessionStart], SessionEnd]
) -> None:
    notes = events(
        {"midi": 57.25, "cents": 25.0},
        {"midi": 56.75, "cents": -25.0, "deviation_ms": -60.0},
        {"midi": 59.5, "cents": -50.0},
        {"midi": None, "cents": None, "in_scale": None, "deviation_ms": None},
        {"midi": 57.3, "cents": 30.0, "in_scale": False, "deviation_ms": 60.0},
        {"onset_s": 9.0},
        {"onset_s": 9.5, "midi": 64.0, "deviation_ms": None},
    )
    repository = Repository(any_engine)
    repository.begin_session(start)
    repository.finish_session(start.user, replace(finish(start), notes=notes))
    scope = Scope("1")
    played = read(any_engine, start.user, queries_notes.played(scope))
    marked = faults.with_faults(played)
    assert marked["semitone"].to_list() == [57, 57, 60, 57, 57, 64]
    assert marked["leap"].to_list() == [None, 0, 3, None, None, 7]
    assert marked["sharp"].to_list() == [True, False, False, None, False, False]
    assert marked["flat"].to_list() == [False, True, True, None, False, False]
    assert marked["early"].to_list() == [False, True, False, False, False, None]
    assert marked["late"].to_list() == [False, False, False, True, False, None]
    assert_frame_equal(read(any_engine, start.user, queries_notes.leaps(scope)), faults.leaps(played))
    assert_frame_equal(read(any_engine, start.user, queries_notes.pitches(scope)), faults.pitches(played))
