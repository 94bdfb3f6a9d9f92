"""A copy of the database while it is being written."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, text

from workbench.store.backup import back_up, check, save
from workbench.store.columns import new_id
from workbench.store.engine import open_engine
from workbench.store.errors import StoreError
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository

Finish = Callable[[SessionStart], SessionEnd]


def test_a_copy_is_whole_while_somebody_writes(
    sqlite_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    Repository(sqlite_engine).add_finished([(start, finish(start))])
    source = Path(str(sqlite_engine.url.database))
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM notes")
        copy = back_up(source, "now")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == (4,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert copy.parent == source.parent


def test_two_copies_do_not_overwrite_each_other(sqlite_engine: Engine) -> None:
    source = Path(str(sqlite_engine.url.database))
    assert back_up(source, "now") != back_up(source, "now")


def test_half_a_copy_is_not_left_behind(tmp_path: Path) -> None:
    source = tmp_path / "broken.sqlite"
    source.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(sqlite3.DatabaseError):
        back_up(source, "now")
    assert list(tmp_path.iterdir()) == [source]


@pytest.fixture
def busy(any_engine: Engine, start: SessionStart, finish: Finish) -> Iterator[Engine]:
    """A database that somebody stores one session after the other in, all the time."""
    over, begun = Event(), Event()

    def practise() -> None:
        repository = Repository(any_engine)
        while not over.is_set():
            another = replace(start, session_id=new_id())
            repository.begin_session(another)
            repository.finish_session(start.user, finish(another))
            begun.set()

    player = Thread(target=practise, name="player")
    player.start()
    assert begun.wait(30.0)
    yield any_engine
    over.set()
    player.join(30.0)
    assert not player.is_alive()


def test_a_backup_is_of_one_moment_while_sessions_are_stored(busy: Engine, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    file = tmp_path / "mine.sqlite"
    save(busy, file, lambda done, total: seen.append((done, total)))
    with closing(sqlite3.connect(file)) as copy:
        ended = copy.execute("SELECT count(*) FROM sessions WHERE end_timestamp IS NOT NULL").fetchone()[0]
        assert ended >= 1
        assert copy.execute("SELECT count(*) FROM notes").fetchone() == (4 * ended,)
        assert copy.execute("SELECT count(*) FROM analyses").fetchone() == (ended,)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    check(file)
    assert seen[-1][0] == seen[-1][1]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("mine")] == ["mine.sqlite"]


def test_an_existing_file_is_not_overwritten(any_engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "mine.sqlite"
    file.write_text("precious")
    with pytest.raises(StoreError, match="is there already"):
        save(any_engine, file)
    assert file.read_text() == "precious"


def test_a_backup_that_can_not_be_written_leaves_nothing(any_engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        save(any_engine, tmp_path / "no such folder" / "mine.sqlite")
    assert not (tmp_path / "no such folder").exists()


def test_nothing_is_no_backup(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'none.sqlite'}")
    with pytest.raises(StoreError, match="nothing to save"):
        save(engine, tmp_path / "mine.sqlite")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
def test_a_postgres_that_lacks_migrations_is_upgraded_first(empty_postgres: Engine, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="fretcoach db upgrade"):
        save(empty_postgres, tmp_path / "mine.sqlite")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
def test_a_player_does_not_back_up_the_others(app_engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not in a role"):
        save(app_engine, tmp_path / "mine.sqlite")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", [b"", b"just words" * 1000, None])
def test_a_damaged_file_is_found_out(damage: bytes | None, sqlite_engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "mine.sqlite"
    save(sqlite_engine, file)
    if damage is None:
        with file.open("r+b") as whole:
            whole.seek(4096)
            whole.write(b"\xff" * 8192)
    elif damage:
        file.write_bytes(damage)
    else:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(
                "INSERT INTO notes (analysis_id, position, session_id, user_id, onset_s)"
                " VALUES ('a', 0, 'b', 'c', 0.0)"
            )
            connection.commit()
    with pytest.raises(StoreError, match="damaged"):
        check(file)


def test_triggers_are_as_in_a_new_file(any_engine: Engine, sqlite_engine: Engine, tmp_path: Path) -> None:
    save(any_engine, tmp_path / "mine.sqlite")
    names = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'table', 'index') ORDER BY name"
    with closing(sqlite3.connect(tmp_path / "mine.sqlite")) as copy, sqlite_engine.connect() as new:
        assert copy.execute(names).fetchall() == [tuple(row) for row in new.execute(text(names)).all()]
