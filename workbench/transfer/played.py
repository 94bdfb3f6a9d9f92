"""One session as music: the notes that the engine claims, and the beat that they were played to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import Engine

from dsp.scales import Scale
from dsp.summary import Summary
from workbench.archive import scale_name, scale_of
from workbench.store import queries
from workbench.store.detail import detail_to_summary
from workbench.store.read import read
from workbench.transfer.manifest import TransferError
from workbench.user import User

_LAST_NOTE_S = 1.0
"""How long a note sounds whose end nobody heard and that no other note follows."""


@dataclass(frozen=True, slots=True)
class PlayedNote:
    """One note.

    Attributes
    ----------
    onset_s, duration_s : seconds of the session; a duration is greater than 0
    midi : pitch with its cents, A4 = 69 at the session's A4
    level_dbfs : None when unknown
    string : 1 = highest, as guitarists count; None where nobody knows
    fret : None likewise
    """

    onset_s: float
    duration_s: float
    midi: float
    level_dbfs: float | None
    string: int | None
    fret: int | None


@dataclass(frozen=True, slots=True)
class Click:
    """The click that was followed: its tempo, the notes that were meant to a beat, and the time of a beat as
    the notes show it (seconds; None = unknown)."""

    bpm: float
    notes_per_beat: int
    start_s: float | None


@dataclass(frozen=True, slots=True)
class Played:
    """A session.

    Attributes
    ----------
    row : the session as `queries.sessions` gives it
    settings : of its analysis
    notes : in the order of their onsets
    click : None for free playing
    events : every note event, unsure ones too (frame of `queries.notes`)
    engine_version : of the analysis
    summary : its figures
    """

    row: Mapping[str, Any]
    settings: Mapping[str, Any]
    notes: tuple[PlayedNote, ...]
    click: Click | None
    events: pl.DataFrame
    engine_version: str = ""
    summary: Summary | None = None

    @property
    def title(self) -> str:
        """Scale and day, for the head of a sheet."""
        began: datetime = self.row["start_timestamp"]
        return (
            f"{scale_name(self.row['scale_chosen'], self.row['scale_type'])}, {began.astimezone():%d %B %Y}"
        )

    @property
    def scale(self) -> Scale | None:
        """What was to be played; None when it was written by something that names scales otherwise."""
        return scale_of(self.row["scale_chosen"], self.row["scale_type"])


def played_session(engine: Engine, user: User, session_id: str | None) -> Played:
    """A finished session of a player; the newest when none is named.

    Raises
    ------
    TransferError : there is none, or nothing was heard in it that is surely a note
    """
    sessions = read(engine, user, queries.sessions()).filter(pl.col("end_timestamp").is_not_null())
    if session_id is not None:
        sessions = sessions.filter(session_id=session_id.lower())
    if sessions.is_empty():
        which = "no finished session yet" if session_id is None else f"no finished session {session_id}"
        raise TransferError(f"The player {user.id} has {which}.")
    row = sessions.row(-1, named=True)
    analyses = read(engine, user, queries.analyses(row["session_id"]))
    current = analyses.filter(analysis_id=row["current_analysis_id"])
    if current.is_empty():
        raise TransferError(f"The session {row['session_id']} has no analysis, and so no notes.")
    events = read(engine, user, queries.notes(row["session_id"]))
    found = played(row, json.loads(current["settings"].item()), events)
    summary = detail_to_summary(json.loads(current["metric_detail"].item()))
    return replace(found, engine_version=current["engine_version"].item(), summary=summary)


def played(row: Mapping[str, Any], settings: Mapping[str, Any], notes: pl.DataFrame) -> Played:
    """The session out of its row, the settings of its analysis, and its notes (frame of `queries.notes`)."""
    claimed = notes.filter(pl.col("in_scale").is_not_null() & pl.col("midi").is_not_null()).sort("onset_s")
    if claimed.is_empty():
        raise TransferError("No note of this session is sure enough to be written down.")
    until_next = pl.col("onset_s").shift(-1) - pl.col("onset_s")
    lasting = claimed.with_columns(
        pl.coalesce("duration_s", until_next, pl.lit(_LAST_NOTE_S)).clip(lower_bound=0.01).alias("duration_s")
    )
    strings = settings.get("tuning") or []
    return Played(
        row,
        settings,
        tuple(_note(note, len(strings)) for note in lasting.iter_rows(named=True)),
        _click(row, settings),
        notes,
    )


def _note(note: Mapping[str, Any], strings: int) -> PlayedNote:
    known = note["string"] is not None and strings > 0
    return PlayedNote(
        onset_s=note["onset_s"],
        duration_s=note["duration_s"],
        midi=note["midi"],
        level_dbfs=note["level_dbfs"],
        string=strings - note["string"] if known else None,
        fret=note["fret"] if known else None,
    )


def _click(row: Mapping[str, Any], settings: Mapping[str, Any]) -> Click | None:
    if row["bpm"] is None:
        return None
    start_s = settings.get("click_start_s")
    if start_s is not None:
        # What is heard of a click comes back late by the latency of the input.
        start_s += (row["latency_ms"] or 0.0) / 1000.0
    return Click(row["bpm"], int(settings.get("notes_per_beat") or 1), start_s)
