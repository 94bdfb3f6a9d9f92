"""Everything a player has, into files: whole or not at all, in bounded memory.

A session that ends while the export runs is not in it: sessions are read first, and of the other tables only
what belongs to those.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl
from sqlalchemy import Engine

from workbench.store.read import read, read_batches
from workbench.transfer.manifest import TransferError
from workbench.transfer.tables import ANALYSES, NOTES, PARTS, SESSIONS, Part
from workbench.transfer.written import CsvWriter, JsonWriter, ParquetWriter, Writer
from workbench.user import User

TableFormat = Literal["csv", "json", "parquet"]

Advance = Callable[[int], object]
"""Told how many more rows are done."""


def count_rows(engine: Engine, users: Sequence[User], session_id: str | None = None) -> int:
    """About how many rows an export will have, for a progress bar."""
    parts = _parts(session_id)
    return sum(
        int(read(engine, user, part.count(session_id))["n"].item()) for user in users for part in parts
    )


def export_tables(
    engine: Engine,
    users: Sequence[User],
    kind: TableFormat,
    path: Path,
    *,
    session_id: str | None = None,
    advance: Advance = lambda rows: None,
) -> Counter[str]:
    """Write the rows of players.

    Parameters
    ----------
    engine : the database
    users : whose rows, each read as that player; several for Parquet only
    kind : of the files
    path : must not exist yet. JSON: a file. Parquet: a folder. CSV: a folder, or a file that ends in .zip
    session_id : only this session; then nothing but the session, its analyses and their notes
    advance : told about progress

    Returns
    -------
    number of rows by table

    Raises
    ------
    TransferError : the path can't be written, several users in one file, or no such session
    StoreError : the database can't be read
    """
    if len(users) > 1 and kind != "parquet":
        raise TransferError(f"A {kind.upper()} export holds one player; several go into Parquet.")
    packed = path.suffix.lower() == ".zip"
    if packed and kind == "parquet":
        raise TransferError("A Parquet export is a folder, so that it can be scanned; name one without .zip.")
    with whole_or_nothing(path) as made:
        writer = _writer(kind, made, users)
        for user in users:
            for part, rows in _rows(engine, user, session_id):
                writer.add(part, rows)
                advance(rows.height)
        done = writer.finish(tuple(user.id for user in users))
        if packed and kind == "csv":
            _pack(made)
        return done


def _parts(session_id: str | None) -> tuple[Part, ...]:
    return tuple(part for part in PARTS if part.of_session) if session_id else PARTS


def _writer(kind: TableFormat, made: Path, users: Sequence[User]) -> Writer:
    if kind == "json":
        return JsonWriter(made, tuple(user.id for user in users))
    made.mkdir()
    return CsvWriter(made) if kind == "csv" else ParquetWriter(made)


def _rows(engine: Engine, user: User, session_id: str | None) -> Iterator[tuple[Part, pl.DataFrame]]:
    """The rows of one player; of what belongs to sessions, only what belongs to those that are in it."""
    sessions, analyses = _Ids("session_id"), _Ids("analysis_id")
    for part in _parts(session_id):
        for batch in read_batches(engine, user, part.rows(session_id)):
            rows = batch
            if part is SESSIONS:
                sessions.add(rows)
            elif part is ANALYSES:
                rows = sessions.among(rows)
                analyses.add(rows)
            elif part is NOTES:
                rows = analyses.among(rows)
            yield part, rows
        if part is SESSIONS and session_id is not None and sessions.empty:
            raise TransferError(f"There is no finished session {session_id} of the player {user.id}.")


class _Ids:
    """Ids that were seen, and the rows that refer to them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._seen = pl.DataFrame(schema={name: pl.String})

    @property
    def empty(self) -> bool:
        return self._seen.is_empty()

    def add(self, rows: pl.DataFrame) -> None:
        self._seen = self._seen.vstack(rows.select(self._name))

    def among(self, rows: pl.DataFrame) -> pl.DataFrame:
        return rows.join(self._seen, on=self._name, how="semi", maintain_order="left")


@contextmanager
def whole_or_nothing(path: Path) -> Iterator[Path]:
    """A place beside `path` to write a file or a folder at; it becomes `path` when all went well.

    Raises
    ------
    TransferError : `path` exists already, or can't be written
    """
    target = path.absolute()
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise TransferError(f"{path} exists already; choose another name, or remove it first.")
    try:
        with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as folder:
            made = Path(folder, "export")
            yield made
            os.replace(made, target)
    except OSError as error:
        raise TransferError(f"{path} can't be written: {error.strerror}.") from error


def _pack(folder: Path) -> None:
    """A folder of files into a zip file in its place."""
    packed = folder.with_suffix(".zip")
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    shutil.rmtree(folder)
    packed.replace(folder)
