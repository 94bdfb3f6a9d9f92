"""What stands behind each mark on a timeline: one verdict for every note, and the reason in words.

Conventions
-----------
A mark is a verdict (right, off, wrong, unsure) or, for a note of the scale that missed the click, a tendency
(early, late); "off" is out of tune. Where a note is both, the tuning names the mark and the reason tells
both. Cents and milliseconds are positive for sharp and late.
"""

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from dsp.anchors import PITCH_X50_CENTS
from dsp.convert import cents_off, note_name
from workbench.charts.theme import EARLY, LATE, MARKS, Mark

NOTE_MARKS: Mapping[str, Mark] = MappingProxyType(
    {
        "right": MARKS["right"],
        "off": Mark(MARKS["off"].symbol, MARKS["off"].marker, "out of tune"),
        "early": EARLY,
        "late": LATE,
        "wrong": MARKS["wrong"],
        "unsure": MARKS["unsure"],
    }
)
"""Every mark that a note can get, in the order of a legend."""

IN_TUNE_CENTS = PITCH_X50_CENTS
"""Listeners call a tone out of tune from about here (Larrouy-Maestri 2018)."""

ON_TIME_MS = 30.0
"""Three times the just-noticeable difference at moderate tempi (Friberg & Sundberg 1995), so that a mark
means something that the player can hear and change."""

_UNSURE_REASONS = {
    "unsure": "not sure which note this was, so it does not count",
    "muted": "a muted string, so it does not count",
    "percussive": "a knock without a pitch, so it does not count",
    "polyphonic": "more than one string at once, so it does not count",
}


def marked(notes: pl.DataFrame, scale_name: str = "the scale", *, flats: bool = False) -> pl.DataFrame:
    """Add to each note its `mark`, its `name` and the `reason` for the mark.

    Parameters
    ----------
    notes : frame of `store.queries.notes`; `in_scale` null = unjudged, `articulation` then holds the kind
    scale_name : how the scale is called in a reason ("A minor pentatonic")
    flats : spell black keys with flats

    Returns
    -------
    frame with `mark` (a key of `NOTE_MARKS`), `name` ("A3", "?" without a pitch) and `reason` (a sentence)
    """
    rows = notes.iter_rows(named=True)
    told = [_tell(row, scale_name, flats) for row in rows]
    columns = {"mark": 0, "name": 1, "reason": 2}
    return notes.with_columns(
        pl.Series(column, [entry[index] for entry in told], dtype=pl.String)
        for column, index in columns.items()
    )


def _tell(row: dict[str, object], scale_name: str, flats: bool) -> tuple[str, str, str]:
    """Mark, name and reason of one note."""
    midi = _number(row["midi"])
    name = "?" if midi is None else note_name(midi, flats=flats)
    if row["in_scale"] is None or midi is None:
        kind = str(row["articulation"])
        return "unsure", name, _UNSURE_REASONS.get(kind, _UNSURE_REASONS["unsure"])
    cents = _number(row["cents"])
    cents = cents_off(midi) if cents is None else cents
    deviation = _number(row["deviation_ms"])
    if not row["in_scale"]:
        return "wrong", name, f"{name} is not in {scale_name}"
    said = ", ".join(part for part in (_tuning_words(cents), _timing_words(deviation)) if part)
    return _mark(cents, deviation), name, f"in the scale, {said}"


def _mark(cents: float, deviation_ms: float | None) -> str:
    """The mark of a note of the scale."""
    if abs(cents) > IN_TUNE_CENTS:
        return "off"
    if deviation_ms is not None and abs(deviation_ms) > ON_TIME_MS:
        return "late" if deviation_ms > 0 else "early"
    return "right"


def _tuning_words(cents: float) -> str:
    size = round(abs(cents))
    if size == 0:
        return "in tune"
    return f"{size} {'cent' if size == 1 else 'cents'} {'sharp' if cents > 0 else 'flat'}"


def _timing_words(deviation_ms: float | None) -> str:
    if deviation_ms is None:
        return ""
    size = round(abs(deviation_ms))
    return "on the click" if size == 0 else f"{size} ms {'late' if deviation_ms > 0 else 'early'}"


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
