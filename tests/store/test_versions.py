"""Migrations: from nothing to the models, on both databases, and never over what is there."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    BLANK_SCHEMA,
    Column,
    Connection,
    Engine,
    MetaData,
    event,
    insert,
    inspect,
    text,
)
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table

from workbench.store import schema_coach, versions  # noqa: F401  the models join Base
from workbench.store.columns import Finite, new_id
from workbench.store.engine import open_engine, opened, status, upgrade
from workbench.store.errors import StoreError
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.store.schema import SCHEMA, Base
from workbench.store.schema_sync import LocalBase

ALL = ("0001", "0002", "0003", "0004", "0005")
"""Every migration, in order."""

OWN_BOOKS = {
    "alembic_version",
    "sync_server",
    "sync_heads",
    "sync_device",
    "sync_links",
    "sync_cursors",
    "sync_outbox",
}
"""Tables that migrations and triggers fill by themselves."""


def models_for(engine: Engine) -> MetaData:
    """The models as this database has them: SQLite knows no schema, Postgres no outbox."""
    if engine.dialect.name == "postgresql":
        return Base.metadata
    plain = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in (*Base.metadata.sorted_tables, *LocalBase.metadata.sorted_tables):
        table.to_metadata(plain, schema=None, referred_schema_fn=lambda *_: BLANK_SCHEMA)  # type: ignore[arg-type]
    return plain


def test_the_migrations_make_exactly_the_models(any_engine: Engine) -> None:
    with any_engine.connect() as connection:
        on_postgres = any_engine.dialect.name == "postgresql"
        options = {
            "compare_type": True,
            "compare_server_default": True,
            "include_schemas": on_postgres,
            "include_name": lambda name, kind, _: kind != "schema" or name == SCHEMA or not on_postgres,
            "version_table_schema": SCHEMA if on_postgres else None,
            # SQLite does not tell Alembic about DESC; the next test looks at it.
            "include_object": lambda item, name, *_: on_postgres or name != "idx_sessions_start_timestamp",
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, models_for(any_engine)) == []


def test_the_newest_session_is_found_without_sorting(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        plan = connection.execute(
            text("EXPLAIN QUERY PLAN SELECT session_id FROM sessions ORDER BY start_timestamp DESC LIMIT 1")
        ).all()
        index = connection.execute(
            text("SELECT sql FROM sqlite_master WHERE name = 'idx_sessions_start_timestamp'")
        ).scalar_one()
    assert [row.detail for row in plan] == ["SCAN sessions USING INDEX idx_sessions_start_timestamp"]
    assert index.endswith("(start_timestamp DESC)")


def test_every_constraint_has_the_same_name_on_both(any_engine: Engine) -> None:
    schema = SCHEMA if any_engine.dialect.name == "postgresql" else None
    inspector = inspect(any_engine)
    for table in models_for(any_engine).sorted_tables:
        # SQLite lets no key that it numbers itself bear a name.
        name = None if table.dialect_options["sqlite"]["autoincrement"] else f"{table.name}_pkey"
        assert inspector.get_pk_constraint(table.name, schema)["name"] == name
    references = [key["name"] for key in inspector.get_foreign_keys("notes", schema)]
    assert references == ["notes_analysis_id_session_id_user_id_fkey"]
    indexes = {index["name"] for index in inspector.get_indexes("sessions", schema)}
    assert {"idx_sessions_user_id", "idx_sessions_start_timestamp"} <= indexes


def test_an_older_client_can_still_insert_with_the_first_columns(any_engine: Engine) -> None:
    table = "fretcoach.sessions" if any_engine.dialect.name == "postgresql" else "sessions"
    with any_engine.begin() as connection:
        connection.execute(
            text(
                f"INSERT INTO {table} (session_id, user_id, start_timestamp, scale_chosen, strictness,"
                " sensitivity) VALUES ('0198c5a0-0000-7000-8000-000000000000', 'ada', '2026-01-01 10:00:00',"
                " 'C Major', 0.5, 0.5)"
            )
        )
        row = connection.execute(
            text(f"SELECT scale_type, total_notes_played, created_at, updated_at, change_seq FROM {table}")
        ).one()
    assert row[:2] == ("natural", 0)
    assert None not in row


def test_status_tells_what_is_pending(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    before = status(engine)
    assert (before.current, before.pending) == (None, ALL)
    done = upgrade(engine)
    assert (done.applied, done.backup) == (ALL, None)
    after = status(engine)
    assert (after.current, after.pending) == (ALL[-1], ())
    assert upgrade(engine).applied == ()
    engine.dispose()


def test_one_step_down_and_up_again(any_engine: Engine) -> None:
    with any_engine.begin() as connection:
        config = versions._config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert status(any_engine).pending == ALL
    assert upgrade(any_engine).applied == ALL


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def new_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database that has had no migration."""
    if request.param == "postgres":
        yield request.getfixturevalue("empty_postgres")
        return
    engine = open_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    yield engine
    engine.dispose()


def schema_of(engine: Engine) -> str | None:
    return SCHEMA if engine.dialect.name == "postgresql" else None


def upgrade_to(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        if schema_of(engine):
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        config = versions._config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def fill(engine: Engine) -> dict[str, int]:
    """A row in every table of the revision; how many rows each has then."""
    models = models_for(engine)
    names = set(inspect(engine).get_table_names(schema_of(engine))) - OWN_BOOKS
    known: dict[str, Any] = {}
    with engine.begin() as connection:
        for model in [table for table in models.sorted_tables if table.name in names]:
            there = inspect(connection).get_columns(model.name, model.schema)
            needed = [found for found in there if not found["nullable"] and found["default"] is None]
            # A column that is gone by now was a number.
            columns = [model.c.get(c["name"], Column(c["name"], Finite)) for c in needed]
            row = {column.name: model_value(column, known) for column in columns}
            connection.execute(insert(sql_table(model.name, *map(plain, columns), schema=model.schema)), row)
    return counts(engine, names)


def plain(column: Column[Any]) -> Any:
    return sql_column(column.name, column.type)


def model_value(column: Column[Any], known: dict[str, Any]) -> Any:
    kind = type(column.type).__name__
    if kind == "Identifier":
        return known.setdefault(column.name, new_id())
    if kind == "UtcDateTime":
        return datetime(2026, 1, 1, tzinfo=UTC)
    if kind in {"Finite", "Integer", "BigInteger"}:
        return 1
    return "it's" if kind in {"String", "Text"} else {"text": "it's"}


def counts(engine: Engine, names: Iterable[str]) -> dict[str, int]:
    prefix = f"{schema_of(engine)}." if schema_of(engine) else ""
    with engine.connect() as connection:
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {prefix}{name}")).scalar_one()
            for name in sorted(names)
        }


@pytest.mark.parametrize("revision", ALL[:-1])
def test_every_earlier_version_is_brought_up_with_all_its_rows(new_engine: Engine, revision: str) -> None:
    upgrade_to(new_engine, revision)
    before = fill(new_engine)
    assert set(before.values()) == {1}
    assert len(before) >= 3
    done = upgrade(new_engine)
    assert done.applied == ALL[ALL.index(revision) + 1 :]
    assert counts(new_engine, before) == before
    assert (done.backup is not None) == (new_engine.dialect.name == "sqlite")
    assert upgrade(new_engine).applied == ()


def test_a_broken_migration_leaves_the_database_as_it_was(
    new_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade_to(new_engine, ALL[0])
    before = fill(new_engine)
    tables = inspect(new_engine).get_table_names(schema_of(new_engine))

    def interrupted(config: object, revision: str) -> None:
        real_upgrade(config, revision)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    real_upgrade = command.upgrade
    monkeypatch.setattr(command, "upgrade", interrupted)
    with pytest.raises(KeyboardInterrupt):
        upgrade(new_engine)
    assert inspect(new_engine).get_table_names(schema_of(new_engine)) == tables
    assert status(new_engine).current == ALL[0]
    assert counts(new_engine, before) == before
    monkeypatch.undo()
    assert upgrade(new_engine).applied == ALL[1:]
    assert counts(new_engine, before) == before


@pytest.mark.postgres
def test_a_server_that_goes_away_during_a_migration_has_had_none_of_it(empty_postgres: Engine) -> None:
    def kill(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if "CREATE TABLE fretcoach.pupils" in statement:
            pid = connection.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
            with empty_postgres.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

    event.listen(empty_postgres, "before_cursor_execute", kill)
    with pytest.raises(StoreError, match="can't be reached"):
        upgrade(empty_postgres)
    event.remove(empty_postgres, "before_cursor_execute", kill)
    assert status(empty_postgres).current is None
    assert upgrade(empty_postgres).applied == ALL


def test_sessions_are_copied_before_an_upgrade(
    sqlite_engine: Engine,
    start: SessionStart,
    finish: Callable[[SessionStart], SessionEnd],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Repository(sqlite_engine).add_finished([(start, finish(start))])
    monkeypatch.setattr(versions, "_status", lambda connection: versions.Status("here", "0001", ("0002",)))
    copy = upgrade(sqlite_engine).backup
    assert copy is not None
    assert copy.parent == Path(str(sqlite_engine.url.database)).parent
    assert copy.name.startswith("fretcoach.revision-0001-")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == (4,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_tables_of_somebody_else_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE sessions (session_id TEXT, mine TEXT)")
        connection.execute("INSERT INTO sessions VALUES ('1', 'precious')")
        connection.commit()
    engine = open_engine(f"sqlite:///{path}")
    with pytest.raises(StoreError, match="did not make"):
        upgrade(engine)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT mine FROM sessions").fetchall() == [("precious",)]
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_several_upgrading_a_new_database_at_once_do_it_once(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    if kind == "postgres":
        url = request.getfixturevalue("empty_postgres").url.render_as_string(hide_password=False)
    together = Barrier(4)

    def upgrade_as_another_process(_: int) -> tuple[str, ...]:
        with opened(url) as engine:
            together.wait()
            return upgrade(engine).applied

    with ThreadPoolExecutor(max_workers=4) as pool:
        done = list(pool.map(upgrade_as_another_process, range(4)))
    assert sorted(done) == [(), (), (), ALL]
