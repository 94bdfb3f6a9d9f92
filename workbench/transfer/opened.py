"""An export as it is read back: what kind it is by its content, and its rows in batches, checked.

Nothing in it is trusted: a file that was cut, changed or made by another program is refused in one sentence.
"""

import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from workbench.transfer.checked import from_frame, from_objects, from_text
from workbench.transfer.manifest import FILE_NAME, Manifest, TransferError, read_manifest
from workbench.transfer.tables import BY_NAME, PARTS, Part

ROWS_AT_ONCE = 50_000
"""Rows in memory at once."""

Batches = Iterator[tuple[Part, pl.DataFrame]]


@dataclass(frozen=True, slots=True)
class Export:
    """An export that was found at `path`; `rows` is known for CSV and Parquet."""

    path: Path
    manifest: Manifest

    def batches(self) -> Batches:
        """All rows, in an order in which each refers only to those before it.

        Raises
        ------
        TransferError : the first thing that is wrong, the number of rows included
        """
        read = {"csv": _csv, "json": _json, "parquet": _parquet}[self.manifest.kind]
        return read(self)


@contextmanager
def opened_export(path: Path) -> Iterator[Export]:
    """Look what `path` is: a folder, a zip file of one, or a JSON file.

    Raises
    ------
    TransferError : nothing that FretCoach has exported
    """
    if path.is_dir():
        yield _in_folder(path, path)
    elif not path.exists():
        raise TransferError(f"There is no file or folder {path}.")
    elif zipfile.is_zipfile(path):
        with TemporaryDirectory(prefix="fretcoach-import-") as folder:
            _unpack(path, Path(folder))
            yield _in_folder(Path(folder), path)
    else:
        yield Export(path, read_manifest(_first_line(path), path.name))


def _in_folder(folder: Path, place: Path) -> Export:
    label = folder / FILE_NAME
    if not label.is_file():
        raise TransferError(f"{place} is no export of FretCoach: it holds no {FILE_NAME}.")
    return Export(folder, read_manifest(label.read_bytes(), place))


def _unpack(path: Path, folder: Path) -> None:
    """The files that an export has, and no others; names inside a zip file are never taken as paths."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {Path(name).name: name for name in archive.namelist()}
            for wanted in (FILE_NAME, *(f"{part.name}.csv" for part in PARTS)):
                if wanted in names:
                    with archive.open(names[wanted]) as packed, (folder / wanted).open("wb") as file:
                        while piece := packed.read(1 << 20):
                            file.write(piece)
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise TransferError(f"{path.name} is damaged and can't be unpacked: {error}.") from error


def _first_line(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.readline(1 << 16)
    except OSError as error:
        raise TransferError(f"{path} can't be read: {error.strerror}.") from error


def _csv(export: Export) -> Batches:
    for part in PARTS:
        path = export.path / f"{part.name}.csv"
        if part.name not in export.manifest.rows:
            continue
        if not path.is_file():
            raise TransferError(f"The export lacks the file {path.name}.")
        first = 1
        try:
            for rows in pl.scan_csv(path, infer_schema=False, truncate_ragged_lines=False).collect_batches(
                chunk_size=ROWS_AT_ONCE
            ):
                yield part, from_text(part, rows, path.name, first)
                first += rows.height
        except pl.exceptions.PolarsError as error:
            raise TransferError(f"{path.name} is damaged: {_first_sentence(error)}") from error
        _check_count(export.manifest.rows, part, first - 1, path.name)


def _parquet(export: Export) -> Batches:
    for part in PARTS:
        if part.name not in export.manifest.rows:
            continue
        first = 1
        for path in sorted((export.path / part.name).glob("user=*/month=*/*.parquet")):
            place = str(path.relative_to(export.path))
            try:
                batches = pl.scan_parquet(path, hive_partitioning=False).collect_batches(
                    chunk_size=ROWS_AT_ONCE
                )
                for rows in batches:
                    yield part, from_frame(part, rows, place, first)
                    first += rows.height
            except pl.exceptions.PolarsError as error:
                raise TransferError(f"{place} is damaged: {_first_sentence(error)}") from error
        _check_count(export.manifest.rows, part, first - 1, part.name)


def _json(export: Export) -> Batches:
    """Lines of one table follow each other; each run of them is cut into batches."""
    place, seen = export.path.name, Counter[str]()
    waiting: list[dict[str, Any]] = []
    table, end = "", None
    for number, line in _lines(export.path):
        if end is not None:
            raise TransferError(f"Line {number} of {place} stands behind the end.")
        if "end" in line:
            end = line["end"]
        name = str(line.pop("table", ""))
        if name != table or len(waiting) >= ROWS_AT_ONCE:
            yield from _batch(table, waiting, place, number - len(waiting))
            table, waiting = name, []
        if end is None:
            _check_table(name, number, place)
            seen[name] += 1
            waiting.append(line)
    if end is None:
        raise TransferError(f"{place} is not whole: its last line is missing.")
    for part in PARTS:
        _check_count(end if isinstance(end, dict) else {}, part, seen[part.name], place)


def _batch(table: str, rows: list[dict[str, Any]], place: str, first: int) -> Batches:
    if rows:
        yield BY_NAME[table], from_objects(BY_NAME[table], rows, place, first)


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open("rb") as file:
        for number, text in enumerate(file, start=1):
            if number == 1:
                continue
            try:
                line = json.loads(text, parse_constant=_no_number)
            except ValueError as error:
                raise TransferError(f"Line {number} of {path.name} is damaged: {error}.") from error
            if not isinstance(line, dict):
                raise TransferError(f"Line {number} of {path.name} is no row.")
            yield number, line


def _no_number(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


def _check_table(name: str, number: int, place: str) -> None:
    if name not in BY_NAME:
        raise TransferError(f"Line {number} of {place} belongs to no table that FretCoach has ({name!r}).")


def _check_count(wanted: Mapping[str, int], part: Part, found: int, place: str) -> None:
    due = wanted.get(part.name, 0)
    if due != found:
        raise TransferError(f"{place} is not whole: it holds {found} rows of {part.name} instead of {due}.")


def _first_sentence(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") + "."
