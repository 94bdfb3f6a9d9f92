"""Files of an export as they grow: rows in, one writer for each format. Memory holds one batch of rows.

CSV: a file for each table, UTF-8, a header; null is an empty field and an empty text is `""`; times are
ISO 8601 in UTC. JSON: one object a line, each row under its own column names with `table` first; the first
line is the label, the last says how many rows there must be. Parquet: `TABLE/user=U/month=YYYY-MM/N.parquet`,
the month being that of the session's start (UTC).
"""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import quote

import polars as pl

from workbench.transfer.manifest import FILE_NAME, Manifest
from workbench.transfer.tables import ANALYSES, MOMENT, NOTES, SESSIONS, Part

CSV_TIME = "%Y-%m-%dT%H:%M:%S%.6fZ"
"""How a time stands in CSV and JSON."""


class Writer(Protocol):
    """Takes rows table by table and finishes the export."""

    def add(self, part: Part, rows: pl.DataFrame) -> None:
        """Take rows of a table, with `MOMENT`; a table's batches come one after another."""

    def finish(self, users: tuple[str, ...]) -> Counter[str]:
        """Complete the files; how many rows each table has."""


class CsvWriter:
    """CSV files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: Counter[str] = Counter()
        for part in (SESSIONS, ANALYSES, NOTES):
            self.add(part, pl.DataFrame(schema={**part.schema, MOMENT: pl.Datetime("us", "UTC")}))

    def add(self, part: Part, rows: pl.DataFrame) -> None:
        """Append rows to the file of their table."""
        path = self._folder / f"{part.name}.csv"
        header = part.name not in self._rows
        self._rows[part.name] += rows.height
        with path.open("ab") as file:
            rows.drop(MOMENT).write_csv(file, include_header=header, datetime_format=CSV_TIME)

    def finish(self, users: tuple[str, ...]) -> Counter[str]:
        """Write the label."""
        _label(self._folder, "csv", users, self._rows)
        return self._rows


class JsonWriter:
    """One file of JSON lines."""

    def __init__(self, path: Path, users: tuple[str, ...]) -> None:
        self._path = path
        self._rows: Counter[str] = Counter()
        path.write_text(Manifest("json", users).to_text() + "\n", encoding="utf-8")

    def add(self, part: Part, rows: pl.DataFrame) -> None:
        """Append a line for each row."""
        self._rows[part.name] += rows.height
        times = [name for name, kind in part.schema.items() if kind == pl.Datetime]
        text = rows.drop(MOMENT).with_columns(pl.col(times).dt.strftime(CSV_TIME))
        with self._path.open("a", encoding="utf-8") as file:
            for row in text.iter_rows(named=True):
                _json_line(file, part, row)

    def finish(self, users: tuple[str, ...]) -> Counter[str]:
        """Write the last line, without which the file is not whole."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"end": dict(self._rows)}) + "\n")
        return self._rows


def _json_line(file: IO[str], part: Part, row: dict[str, object]) -> None:
    values = {
        name: json.loads(str(value)) if name in part.json and value is not None else value
        for name, value in row.items()
    }
    file.write(json.dumps({"table": part.name, **values}, ensure_ascii=False, allow_nan=False) + "\n")


class ParquetWriter:
    """Parquet files in a tree of folders, one branch for each user and month."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: Counter[str] = Counter()
        self._files: Counter[Path] = Counter()

    def add(self, part: Part, rows: pl.DataFrame) -> None:
        """Write the rows to the branches that they belong to."""
        self._rows[part.name] += rows.height
        keyed = rows.with_columns(pl.col(MOMENT).dt.strftime("%Y-%m"))
        for (user, month), branch in keyed.partition_by(
            "user_id", MOMENT, as_dict=True, maintain_order=True
        ).items():
            folder = self._folder / part.name / f"user={quote(str(user), safe='')}" / f"month={month}"
            folder.mkdir(parents=True, exist_ok=True)
            branch.drop(MOMENT).write_parquet(folder / f"{self._files[folder]:04d}.parquet")
            self._files[folder] += 1

    def finish(self, users: tuple[str, ...]) -> Counter[str]:
        """Write the label; a table without rows gets one empty file, so that it can be scanned."""
        for part in (SESSIONS, ANALYSES, NOTES):
            if not self._rows[part.name]:
                nothing = pl.DataFrame(schema=dict(part.schema))
                now = f"{datetime.now(UTC):%Y-%m}"
                folder = self._folder / part.name / f"user={quote(users[0], safe='')}" / f"month={now}"
                folder.mkdir(parents=True)
                nothing.write_parquet(folder / "0000.parquet")
        _label(self._folder, "parquet", users, self._rows)
        return self._rows


def _label(folder: Path, kind: str, users: tuple[str, ...], rows: Counter[str]) -> None:
    text = Manifest(kind, users, dict(rows)).to_text()
    (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")
