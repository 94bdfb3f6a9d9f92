"""Copies of the database while it is in use, each a SQLite file: of one moment, and complete in itself.

SQLite is copied by its own backup API out of one read transaction, Postgres by COPY out of one
repeatable-read transaction. Either file restores to either database: see `restore`.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from workbench.store.errors import DRIVER_ERRORS, StoreError, sentence

Progress = Callable[[int, int], object]
"""Called with how much is done and how much there is, in one unit."""

_PAGES_AT_ONCE = 2_000


def back_up(source: Path, label: str) -> Path:
    """Copy a SQLite database next to itself.

    Parameters
    ----------
    source : the SQLite file; whatever is still in its write-ahead log is copied too
    label : goes into the name, such as the revision that the copy holds

    Returns
    -------
    Path of the copy, `<name>.<label>-<time>.backup<suffix>`
    """
    copy = beside(source, label)
    try:
        copy_sqlite(source, copy)
    except sqlite3.Error:
        # Half a copy would look like a whole one later.
        copy.unlink(missing_ok=True)
        raise
    return copy


def beside(source: Path, label: str) -> Path:
    """A name for a copy next to the file itself."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return source.with_name(f"{source.stem}.{label}-{moment}.backup{source.suffix}")


def save(engine: Engine, file: Path, progress: Progress = lambda done, total: None) -> None:
    """Write a backup of the whole database, while others go on writing.

    Parameters
    ----------
    engine : the database; Postgres must be up to date, a SQLite file is copied as it is
    file : must not exist yet; it appears when it is whole and was checked

    Raises
    ------
    StoreError
        when the file is there already or can't be written, or the database can't be read
    """
    if file.exists():
        raise StoreError(f"The file {file} is there already; choose another name.")
    if not file.absolute().parent.is_dir():
        raise StoreError(f"There is no folder {file.absolute().parent}; make it, or choose another one.")
    source = Path(str(engine.url.database))
    if engine.dialect.name == "sqlite" and not source.exists():
        raise StoreError(f"There is no database {source} yet, so there is nothing to save.")
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        if engine.dialect.name == "sqlite":
            copy_sqlite(source, part, progress)
        else:
            from workbench.store.backup_postgres import copy_postgres  # noqa: PLC0415  it opens engines itself

            copy_postgres(engine, part, progress)
        check(part)
        part.replace(file)
    except OSError as error:
        raise StoreError(f"The backup {file} can't be written: {error.strerror}.") from error
    except DRIVER_ERRORS as error:
        raise StoreError(sentence(error, engine.url)) from error
    finally:
        part.unlink(missing_ok=True)


def copy_sqlite(source: Path, target: Path, progress: Progress = lambda done, total: None) -> None:
    """Copy a SQLite file into another one, whole or not at all; what the target held is gone.

    Both may be in use: readers and writers wait or see the state before.
    """
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        original.isolation_level = None
        # Held open, this makes all steps see one state, however much is written meanwhile.
        original.execute("BEGIN")
        original.execute("SELECT count(*) FROM sqlite_master").fetchone()
        original.backup(
            copy, pages=_PAGES_AT_ONCE, progress=lambda _, left, total: progress(total - left, total)
        )


def check(file: Path) -> None:
    """See that a SQLite file is whole, and complete without a write-ahead log beside it.

    Raises
    ------
    StoreError
        for a file that is damaged, or is no SQLite file
    """
    try:
        with closing(sqlite3.connect(file)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check").fetchone()
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise StoreError(f"The file {file} is no backup of FretCoach, or it is damaged: {error}.") from error
    if found != "ok" or broken is not None:
        raise StoreError(f"The file {file} is damaged; choose another backup.")
