"""Rows that came from outside: every column, every type and every required value, or one sentence."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from workbench.store.detail import detail_to_summary
from workbench.transfer.manifest import TransferError
from workbench.transfer.tables import ANALYSES, Part
from workbench.transfer.written import CSV_TIME

Schema = Mapping[str, pl.DataType]

_WORDS = {
    pl.Float64: "a number",
    pl.Int64: "a whole number",
    pl.Boolean: "true or false",
    pl.Datetime: "a time such as 2026-03-01T18:30:15.123456Z",
    pl.String: "a text",
}
_PYTHON: Mapping[type[pl.DataType], tuple[type, ...]] = {
    pl.Float64: (float, int),
    pl.Int64: (int,),
    pl.Boolean: (bool,),
    pl.Datetime: (str,),
    pl.String: (str,),
}

_MOST = 2**63
"""A whole number that no column holds."""


def from_text(part: Part, rows: pl.DataFrame, place: str, first: int) -> pl.DataFrame:
    """Rows of a CSV file, all text, as their table has them.

    Parameters
    ----------
    part : the table
    rows : columns of text
    place : the file, for the sentence of an error
    first : number of the first row in it, from 1

    Raises
    ------
    TransferError : the first thing that is wrong
    """
    _check_columns(part, rows.columns, place)
    typed = _understood(rows, part.schema, place, first)
    return _check_values(part, typed, place, first)


def from_objects(part: Part, rows: Sequence[Mapping[str, Any]], place: str, first: int) -> pl.DataFrame:
    """Rows of a JSON file; parameters, result and errors as for `from_text`."""
    for row in rows:
        _check_columns(part, list(row), place)
    columns = {
        name: [
            _plain(part, name, row[name], f"{place}, row {first + index}") for index, row in enumerate(rows)
        ]
        for name in part.schema
    }
    text = {name: pl.String() if kind == pl.Datetime else kind for name, kind in part.schema.items()}
    times = {name: kind for name, kind in part.schema.items() if kind == pl.Datetime}
    frame = pl.DataFrame(columns, schema=text)
    typed = frame.with_columns(_understood(frame.select(list(times)), times, place, first))
    return _check_values(part, typed, place, first)


def from_frame(part: Part, rows: pl.DataFrame, place: str, first: int) -> pl.DataFrame:
    """Rows of a Parquet file; parameters, result and errors as for `from_text`."""
    _check_columns(part, rows.columns, place)
    for name, kind in part.schema.items():
        if rows.schema[name] != kind:
            raise TransferError(f"{place} has the column {name!r} as {rows.schema[name]} instead of {kind}.")
    return _check_values(part, rows.select(list(part.schema)), place, first)


def _check_columns(part: Part, found: Sequence[str], place: str) -> None:
    missing = [name for name in part.schema if name not in found]
    if missing:
        raise TransferError(f"{place} lacks the column {missing[0]!r} of {part.name}.")
    unknown = [name for name in found if name not in part.schema]
    if unknown:
        raise TransferError(f"{place} has a column {unknown[0]!r} that {part.name} has not.")


def _understood(rows: pl.DataFrame, schema: Schema, place: str, first: int) -> pl.DataFrame:
    """Columns of text as what they mean."""
    typed = rows.select(_read(name, kind) for name, kind in schema.items())
    for name, kind in schema.items():
        lost = rows[name].is_not_null() & typed[name].is_null()
        if lost.any():
            at = int(lost.arg_true()[0])
            raise _wrong(f"{place}, row {first + at}", name, rows[name][at], kind)
    return typed


def _check_values(part: Part, rows: pl.DataFrame, place: str, first: int) -> pl.DataFrame:
    for name in part.required:
        empty = rows[name].is_null()
        if empty.any():
            raise TransferError(f"{place}, row {first + int(empty.arg_true()[0])}: {name!r} is missing.")
    for name, kind in part.schema.items():
        if kind == pl.Float64:
            bad = ~rows[name].is_finite().fill_null(True)
            if bad.any():
                at = int(bad.arg_true()[0])
                raise _wrong(f"{place}, row {first + at}", name, rows[name][at], kind)
    if part is ANALYSES:
        _check_details(rows, place, first)
    return rows


def _check_details(rows: pl.DataFrame, place: str, first: int) -> None:
    """The pages read the figures of an analysis out of JSON: it must be what they expect."""
    for row, (settings, detail) in enumerate(rows.select("settings", "metric_detail").rows(), start=first):
        try:
            detail_to_summary(json.loads(detail))
            dict(json.loads(settings))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise TransferError(f"{place}, row {row}: the figures of the analysis are damaged.") from error


def _read(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if kind == pl.Boolean:
        return column.replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean())
    if kind == pl.Datetime:
        time = column.str.to_datetime(CSV_TIME, time_unit="us", strict=False)
        return time.dt.replace_time_zone("UTC")
    return column.cast(kind, strict=False)


def _plain(part: Part, name: str, value: Any, place: str) -> Any:
    """A JSON value as its column takes it."""
    kind = part.schema[name]
    if value is None:
        return None
    if name in part.json:
        return json.dumps(value, ensure_ascii=False)
    right = isinstance(value, _PYTHON[type(kind)]) and (kind == pl.Boolean or not isinstance(value, bool))
    if not right or (isinstance(value, int) and not -_MOST <= value < _MOST):
        raise _wrong(place, name, value, kind)
    return float(value) if isinstance(value, int) and kind == pl.Float64 else value


def _wrong(place: str, name: str, value: object, kind: pl.DataType) -> TransferError:
    shown = repr(value) if len(repr(value)) <= 40 else f"{repr(value)[:40]}..."
    return TransferError(f"{place}: {name!r} is {shown} instead of {_WORDS[type(kind)]}.")
