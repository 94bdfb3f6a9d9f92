"""Putting a backup in the place of what a database holds, which is kept as another backup first.

A restored database is a new device, or a new server, for whoever syncs with it: nothing that it lost may
count as known.
"""

import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, func, select

from workbench.store.backup import Progress, back_up, beside, check, copy_sqlite, save
from workbench.store.engine import opened, status, upgrade
from workbench.store.errors import DRIVER_ERRORS, StoreError, place_of, sentence
from workbench.store.schema import NoteRow, SessionRow
from workbench.store.sync.link import renew_device


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes
    ----------
    sessions, notes : how many the database holds now
    kept : the copy of what it held before; None when it held nothing
    """

    sessions: int
    notes: int
    kept: Path | None


def restore(
    engine: Engine, file: Path, folder: Path, progress: Progress = lambda done, total: None
) -> Restored:
    """Replace everything that a database holds by a backup.

    Parameters
    ----------
    engine : SQLite or Postgres, whichever the backup came from
    file : from `backup.save`, of this version or an older one; it stays as it is
    folder : where a copy of a Postgres database goes; that of a SQLite file goes beside it

    Raises
    ------
    StoreError
        for a file that is damaged, no backup, or made by a newer version; the database is as it was then
    """
    if not file.is_file():
        raise StoreError(f"There is no backup {file}.")
    with TemporaryDirectory(prefix="fretcoach-restore-") as scratch:
        ready = _made_ready(file, Path(scratch) / "backup.sqlite")
        counts = _counts(ready)
        if engine.dialect.name == "sqlite":
            kept = _replace_file(engine, ready, progress)
        else:
            kept = _replace_rows(engine, ready, folder, progress)
    return Restored(*counts, kept)


def _made_ready(file: Path, copy: Path) -> Path:
    """A checked copy of the backup, brought up to date, that is nobody's copy any more."""
    try:
        shutil.copyfile(file, copy)
    except OSError as error:
        raise StoreError(f"The backup {file} can't be read: {error.strerror}.") from error
    check(copy)
    with opened(f"sqlite:///{copy}") as engine:
        try:
            current = status(engine).current
        except StoreError as error:
            raise StoreError(str(error).replace(str(copy), str(file))) from error
        if current is None:
            raise StoreError(f"The file {file} is no backup of FretCoach.")
        upgrade(engine)
        with engine.begin() as connection:
            renew_device(connection)
    check(copy)
    return copy


def _counts(file: Path) -> tuple[int, int]:
    with opened(f"sqlite:///{file}") as engine, engine.connect() as connection:
        sessions, notes = (
            connection.execute(select(func.count()).select_from(model)).scalar_one()
            for model in (SessionRow, NoteRow)
        )
    return sessions, notes


def _replace_file(engine: Engine, ready: Path, progress: Progress) -> Path | None:
    place = Path(str(engine.url.database))
    try:
        kept = back_up(place, "before-restore") if place.exists() and place.stat().st_size else None
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise StoreError(sentence(error, engine.url)) from error
        # Too damaged to be copied page by page, which may be why it is replaced.
        kept = _moved_aside(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        copy_sqlite(ready, place, progress)
    except DRIVER_ERRORS as error:
        raise StoreError(sentence(error, engine.url)) from error
    return kept


def _moved_aside(place: Path) -> Path:
    aside = beside(place, "damaged")
    place.replace(aside)
    for suffix in ("-wal", "-shm"):
        log = place.with_name(place.name + suffix)
        if log.exists():
            log.replace(aside.with_name(aside.name + suffix))
    return aside


def _replace_rows(engine: Engine, ready: Path, folder: Path, progress: Progress) -> Path | None:
    from workbench.store.backup_postgres import fill_postgres  # noqa: PLC0415  it brings Polars

    upgrade(engine)
    folder.mkdir(parents=True, exist_ok=True)
    name = place_of(engine.url).rpartition("/")[2]
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    kept = folder / f"{name}.before-restore-{moment}.backup.sqlite"
    save(engine, kept)
    fill_postgres(engine, ready, progress)
    return kept
