"""The earlier FretCoach's sessions out of a CSV file, as `SELECT * FROM fretcoach.sessions` gives them.

Read as psql, Supabase and pgAdmin write it: an empty field is null, `t` and `true` are true, and times have
no zone.
"""

import csv
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

import polars as pl

from workbench.store.prototype import PROTOTYPE_COLUMNS, adopted_rows
from workbench.transfer.manifest import TransferError
from workbench.transfer.opened import Batches
from workbench.transfer.tables import ANALYSES, SESSIONS, Part

_MARKS = frozenset({"session_id", "start_timestamp", "strictness"})
"""Columns by which such a file is known before it is checked."""

_LATER = frozenset({"scale_type", "created_at", "total_inscale_notes", "ambient_light_option"})
"""Columns that not each of its versions had."""

_REQUIRED = ("session_id", "user_id", "start_timestamp", "scale_chosen", "sensitivity", "strictness")


def _truth(text: str) -> bool:
    return {"t": True, "true": True, "1": True, "f": False, "false": False, "0": False}[text.lower()]


_READ: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        **dict.fromkeys(("start_timestamp", "end_timestamp", "created_at"), datetime.fromisoformat),
        **dict.fromkeys(
            ("pitch_accuracy", "scale_conformity", "timing_stability", "duration_seconds"), float
        ),
        **dict.fromkeys(("sensitivity", "strictness"), float),
        **dict.fromkeys(
            ("total_notes_played", "correct_notes_played", "bad_notes_played", "total_inscale_notes"), int
        ),
        "ambient_light_option": _truth,
    }
)
"""How a column is read; the others are text."""


def is_earlier(path: Path) -> bool:
    """Whether a path looks like such a file; `read_earlier` says what is wrong with it."""
    if not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return False
    return set(header) >= _MARKS


def read_earlier(path: Path, zone: tzinfo | None) -> Batches:
    """Its sessions as rows of ours.

    Parameters
    ----------
    path : of the file
    zone : what its times are read in; None = the zone of this computer

    Raises
    ------
    TransferError : the first thing that is wrong
    """
    adopted = [_adopted(row, place, zone) for place, row in _rows(path)]
    yield SESSIONS, _frame(SESSIONS, [session for session, _ in adopted])
    yield ANALYSES, _frame(ANALYSES, [analysis for _, analysis in adopted])


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_columns(path.name, reader.fieldnames or ())
            for number, row in enumerate(reader, start=1):
                yield f"{path.name}, row {number}", row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TransferError(f"{path.name} can't be read as CSV: {error}.") from error


def _check_columns(name: str, found: Any) -> None:
    unknown = [column for column in found if column not in PROTOTYPE_COLUMNS]
    if unknown:
        raise TransferError(
            f"{name} is not the earlier FretCoach's table, which has no column {unknown[0]!r}; "
            "of an export by this one, import the whole folder."
        )
    missing = [column for column in PROTOTYPE_COLUMNS if column not in found and column not in _LATER]
    if missing:
        raise TransferError(f"{name} lacks the column {missing[0]!r} of the earlier FretCoach's table.")


def _adopted(
    row: Mapping[str, Any], place: str, zone: tzinfo | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    if None in row or None in row.values():
        raise TransferError(f"{place} has another number of fields than the first line; was the file cut?")
    values = {name: _value(name, text, place) for name, text in row.items()}
    missing = [name for name in _REQUIRED if values[name] is None]
    if missing:
        raise TransferError(f"{place}: {missing[0]!r} is missing.")
    return adopted_rows(values, zone)


def _value(name: str, text: str, place: str) -> Any:
    if not text:
        return None
    try:
        value = _READ.get(name, str)(text)
    except (ValueError, KeyError) as error:
        raise TransferError(f"{place}: {text[:40]!r} can't be read as {name!r}.") from error
    if isinstance(value, float) and not math.isfinite(value):
        raise TransferError(f"{place}: {text!r} is no number for {name!r}.")
    return value


def _frame(part: Part, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    columns = {name: [_plain(row.get(name), name in part.json) for row in rows] for name in part.schema}
    return pl.DataFrame(columns, schema=dict(part.schema))


def _plain(value: Any, is_json: bool) -> Any:
    if is_json and value is not None:
        return json.dumps(value, ensure_ascii=False)
    return str(value) if isinstance(value, UUID) else value
