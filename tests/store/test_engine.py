"""Opening databases, and one sentence for each way in which that fails."""

import logging
import os
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError

from workbench.store import engine as engine_module
from workbench.store.engine import open_engine, status, upgrade
from workbench.store.errors import StoreError
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.user import User


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_S", 0.05)


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar_one()


def test_sqlite_is_safe_against_a_power_cut_and_checks_references(sqlite_engine: Engine) -> None:
    assert pragma(sqlite_engine, "journal_mode") == "wal"
    assert pragma(sqlite_engine, "synchronous") == 2  # FULL
    assert pragma(sqlite_engine, "foreign_keys") == 1
    assert pragma(sqlite_engine, "busy_timeout") == 5000


def test_a_failed_change_of_tables_rolls_back(sqlite_engine: Engine) -> None:
    statements = ["CREATE TABLE half_done (x INTEGER)", "CREATE TABLE sessions (a TEXT)"]
    with pytest.raises(OperationalError, match="already exists"), sqlite_engine.begin() as connection:
        [connection.execute(text(statement)) for statement in statements]
    with sqlite_engine.connect() as connection:
        tables = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        )
    assert "sessions" in tables
    assert "half_done" not in tables


def test_the_folder_is_made(tmp_path: Path) -> None:
    upgrade(open_engine(f"sqlite:///{tmp_path / 'a' / 'b' / 'c.sqlite'}"))
    assert (tmp_path / "a" / "b" / "c.sqlite").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"folder .*file/sub can't be made"):
        open_engine(f"sqlite:///{tmp_path / 'file' / 'sub' / 'c.sqlite'}")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "song.sqlite"
    path.write_bytes(b"this is a song and not a database " * 100)
    with pytest.raises(StoreError, match=r"song\.sqlite is not a FretCoach database"):
        upgrade(open_engine(f"sqlite:///{path}"))
    assert path.read_bytes().startswith(b"this is a song"), "left as it was"


@pytest.mark.usefixtures("short_patience")
def test_a_locked_file(tmp_path: Path, start: SessionStart) -> None:
    path = tmp_path / "busy.sqlite"
    upgrade(open_engine(f"sqlite:///{path}"))
    engine = open_engine(f"sqlite:///{path}")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"busy\.sqlite is locked by another program"):
            Repository(engine).begin_session(start)
        other.execute("ROLLBACK")
    Repository(engine).begin_session(start)
    assert Repository(engine).unfinished(start.user) == [start.session_id]


def test_a_writer_waits_for_another_one(tmp_path: Path, start: SessionStart) -> None:
    path = tmp_path / "busy.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        writer = threading.Thread(target=Repository(engine).begin_session, args=(start,))
        writer.start()
        assert writer.is_alive()
        other.execute("COMMIT")
        writer.join(timeout=10)
    assert Repository(engine).unfinished(start.user) == [start.session_id]


def test_a_full_disk_loses_nothing_that_was_stored(
    tmp_path: Path, start: SessionStart, finish: Callable[[SessionStart], SessionEnd]
) -> None:
    from dataclasses import replace

    engine = open_engine(f"sqlite:///{tmp_path / 'full.sqlite'}")
    upgrade(engine)
    repository = Repository(engine)
    repository.begin_session(start)
    end = finish(start)
    many = tuple(replace(end.notes[0], position=index) for index in range(5000))

    def no_room(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite goes no lower than the present size

    event.listen(engine, "checkout", no_room)
    with pytest.raises(StoreError, match="no room left on the disk"):
        repository.finish_session(start.user, replace(end, notes=many))
    event.remove(engine, "checkout", no_room)
    engine.dispose()
    assert repository.unfinished(start.user) == [start.session_id]
    repository.finish_session(start.user, replace(end, notes=many))
    assert repository.unfinished(start.user) == []


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users of the machine may enter."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Root may write anything, so root turns into `nobody` for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_file(open_folder: Path, ada: User) -> None:
    path = open_folder / "kept.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE x (y)")
    path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    engine = open_engine(f"sqlite:///{path}")
    for attempt in (lambda: upgrade(engine), lambda: Repository(engine).unfinished(ada)):
        with as_ordinary_user(), pytest.raises(StoreError) as failure:
            attempt()
        assert str(failure.value) == (
            f"The database {path} is read-only; allow writing to the file and its folder."
        )


def test_a_database_of_a_newer_version(any_engine: Engine) -> None:
    schema = "fretcoach." if any_engine.dialect.name == "postgresql" else ""
    with any_engine.begin() as connection:
        connection.execute(text(f"UPDATE {schema}alembic_version SET version_num = '9999'"))
    for attempt in (upgrade, status):
        with pytest.raises(StoreError, match=r"made by a newer FretCoach .*9999.*update FretCoach\.$"):
            attempt(any_engine)


def test_a_postgres_that_is_not_there_keeps_the_password_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    engine = open_engine("postgres://ada:s3cret@127.0.0.1:1/music")
    with pytest.raises(StoreError, match=r"^Postgres at 127\.0\.0\.1:1/music can't be reached") as failure:
        status(engine)
    assert "s3cret" not in str(failure.value)
    assert "s3cret" not in str(failure.value.__cause__)
    assert "s3cret" not in caplog.text
    assert "s3cret" not in repr(engine)


@pytest.mark.postgres
def test_a_postgres_without_that_database(postgres_url: str) -> None:
    with pytest.raises(StoreError, match="check the database's name"):
        status(open_engine(postgres_url.replace("/postgres?", "/no_such_database?")))
