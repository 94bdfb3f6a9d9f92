"""What the weekly report says about notes: weak spots, and the best and the worst moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import polars as pl

from workbench.charts.report_notes import clock
from workbench.insight.excess import MIN_SESSIONS
from workbench.insight.weak_spots import MIN_NOTES, SLOWER
from workbench.report.plain import counted, listed, what

_FAULTS = {"wrong": "outside the scale", "sharp": "sharp", "flat": "flat", "early": "early", "late": "late"}


@dataclass(frozen=True, slots=True)
class WeakSpots:
    """What is said of weak spots: a sentence for each, and what they all rest on."""

    found: tuple[str, ...]
    rests_on: str


def weak_spots(spots: pl.DataFrame, evidence: Mapping[str, Any]) -> WeakSpots:
    """The weak spots in words, or why none is named.

    Parameters
    ----------
    spots : frame of `insight.weak_spots.weak_spots`
    evidence : the row of `insight.weak_spots.evidence`
    """
    seen = f"{counted(evidence['notes'], 'judged note')} in {counted(evidence['sessions'], 'session')}"
    if not evidence["enough"]:
        return WeakSpots(
            (),
            f"Not enough notes to tell: this week and the four before hold {seen}, and it takes {MIN_NOTES} "
            f"notes in {MIN_SESSIONS} sessions.",
        )
    where = f"in this week and the four before, {seen}"
    if spots.is_empty():
        return WeakSpots((), f"Nothing stands out {where}: no degree, leap, place or tempo beyond chance.")
    found = tuple(f"{spot['sentence']} Try {what(spot)}." for spot in spots.iter_rows(named=True))
    return WeakSpots(found, f"What goes wrong there more than elsewhere, beyond chance, {where}.")


def moment(row: Mapping[str, Any], session: Mapping[str, Any], zone: tzinfo | None = None) -> tuple[str, str]:
    """Where a moment is, and why it was chosen.

    Parameters
    ----------
    row : a row of `insight.moments.moments`
    session : the row of its session in `queries.sessions`
    zone : the player's time zone; None = that of this machine
    """
    began: datetime = session["start_timestamp"].astimezone(zone)
    where = (
        f"{began:%A %-d %B, %H:%M}, {what(session)}: from {clock(row['start_s'])} to {clock(row['end_s'])}."
    )
    if row["kind"] == "best":
        on = "in the scale, in tune and on the beat" if row["timed"] else "in the scale and in tune"
        return where, f"{counted(row['notes'], 'note')} in a row {on}."
    faults = listed([f"{row[name]} {word}" for name, word in _FAULTS.items() if row[name]])
    clean = f"{row['clean']} clean" if row["clean"] else "none clean"
    why = f"Of {row['notes']} notes in a row: {clean}, {faults}."
    off_beat, others = row["early"] + row["late"], row["wrong"] + row["sharp"] + row["flat"]
    if session["bpm"] is not None and off_beat > others:
        why += f" Try it at {SLOWER * session['bpm']:.0f} bpm."
    return where, why
