"""A copy of the database while it is being written."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from workbench.store.backup import back_up
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository


def test_a_copy_is_whole_while_somebody_writes(
    sqlite_engine: Engine, start: SessionStart, finish: Callable[[SessionStart], SessionEnd]
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
