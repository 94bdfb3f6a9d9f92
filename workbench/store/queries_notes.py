"""Questions to the notes of many sessions: every note, or counts that the database makes.

Ten years of one player are a million notes; a page needs a few hundred numbers of them. What can be counted
is counted where the notes lie.

Conventions
-----------
A note counts when it was judged and belongs to the current analysis of a finished session inside a `Scope`.
`semitone` is the nearest MIDI number. A right note is "sharp" or "flat" from `OUT_OF_TUNE_CENTS` on, a judged
note "early" or "late" from `OFF_BEAT_MS` on, measured from the mean deviation of its own session, so that the
delay of an input is nobody's fault. A `leap` is the number of semitones from the note heard before; it is
unknown after an event that was not judged and after a pause of `NEW_RUN_S`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import CTE, ColumnElement, Integer, Select, Text, and_, case, cast, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import Subquery

from workbench.store.query_parts import TIME, Moment, the_player, time_text
from workbench.store.read import Query
from workbench.store.schema import AnalysisRow, NoteRow, SessionRow

OUT_OF_TUNE_CENTS = 25.0
"""Where listeners begin to call a note out of tune (Larrouy-Maestri 2018)."""

OFF_BEAT_MS = 30.0
"""Three times what a trained ear notices in even notes (10 ms, Friberg & Sundberg 1995): plainly heard."""

NEW_RUN_S = 2.0
"""A pause after which the hand begins anew: what came before is no transition."""

_COUNTS: Mapping[str, pl.DataType] = dict.fromkeys(
    ("notes", "wrong", "sharp", "flat", "timed", "early", "late"), pl.Int64()
)

PLAYED_SCHEMA: Mapping[str, pl.DataType] = {
    "session_id": pl.String(),
    "start_timestamp": TIME,
    "scale_chosen": pl.String(),
    "scale_type": pl.String(),
    "bpm": pl.Float64(),
    "position": pl.Int64(),
    "onset_s": pl.Float64(),
    "midi": pl.Float64(),
    "cents": pl.Float64(),
    "in_scale": pl.Boolean(),
    "deviation_ms": pl.Float64(),
    "string": pl.Int64(),
    "fret": pl.Int64(),
}
"""Schema of `played`: one row for each event, unjudged ones (`in_scale` null) included."""

PITCHES_SCHEMA: Mapping[str, pl.DataType] = {
    "scale_chosen": pl.String(),
    "scale_type": pl.String(),
    "semitone": pl.Int64(),
    "string": pl.Int64(),
    "fret": pl.Int64(),
    **_COUNTS,
}
"""Schema of `pitches`; `timed` of the notes had a beat to be early or late against."""

LEAPS_SCHEMA: Mapping[str, pl.DataType] = {"leap": pl.Int64(), **_COUNTS}
"""Schema of `leaps`."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which sessions a question is about; see `insight.scope.scope_of`.

    Attributes
    ----------
    generation : of the engine, its version up to the first dot
    made_up : sessions of the demo, or those that somebody played
    since, until : first and last moment at which a session may have begun, aware; None = no limit
    scales : pairs of scale_chosen and scale_type; empty = every scale
    """

    generation: str
    made_up: bool = False
    since: datetime | None = None
    until: datetime | None = None
    scales: tuple[tuple[str, str], ...] = ()


def played(scope: Scope) -> Query:
    """Every note event with what is known of its session, in the order in which it was played."""
    chosen = _chosen(scope)
    columns = [
        _named(chosen.c[name] if name in _OF_SESSION else getattr(NoteRow, name), name, wanted)
        for name, wanted in PLAYED_SCHEMA.items()
    ]
    statement = _of_chosen(select(*columns), chosen).order_by(
        chosen.c.start_timestamp, chosen.c.session_id, NoteRow.position
    )
    return Query(statement, PLAYED_SCHEMA, _values(scope))


def pitches(scope: Scope) -> Query:
    """Counts for each pitch in each scale; string and fret where they are known."""
    return _counted(scope, PITCHES_SCHEMA)


def leaps(scope: Scope) -> Query:
    """Counts for each leap, in semitones, upward positive."""
    return _counted(scope, LEAPS_SCHEMA)


_OF_SESSION = frozenset({"session_id", "start_timestamp", "scale_chosen", "scale_type", "bpm"})


def _named(column: Any, name: str, wanted: pl.DataType) -> ColumnElement[Any]:
    labelled: ColumnElement[Any] = (cast(column, Text) if wanted == pl.String else column).label(name)
    return labelled


def _counted(scope: Scope, schema: Mapping[str, pl.DataType]) -> Query:
    """Sums of the marks of every judged note, grouped by whatever the schema has before the counts."""
    marks = _marks(scope, leaps="leap" in schema)
    by = [marks.c[name] for name in schema if name not in _COUNTS]
    sums = [func.sum(marks.c[name]).label(name) for name in _COUNTS]
    known = [marks.c.notes == 1] + ([marks.c.leap.is_not(None)] if "leap" in schema else [])
    statement = select(*by, *sums).where(*known).group_by(*by).order_by(*(each.nulls_first() for each in by))
    return Query(statement, schema, _values(scope))


def _marks(scope: Scope, *, leaps: bool) -> Subquery:
    """One row for each event: where it lies, and 1 or 0 for each thing that can be said of it."""
    chosen = _chosen(scope, usual=True)
    judged = NoteRow.in_scale.is_not(None)
    # Rounding the difference can't meet a half, where the two databases would round to different sides.
    pitch = cast(func.round(NoteRow.midi - func.coalesce(NoteRow.cents, 0.0) / 100.0), Integer)
    semitone = case((judged, pitch))
    off_ms = NoteRow.deviation_ms - chosen.c.usual_ms
    right = NoteRow.in_scale.is_(True)
    columns: dict[str, Any] = {
        "scale_chosen": cast(chosen.c.scale_chosen, Text),
        "scale_type": cast(chosen.c.scale_type, Text),
        "semitone": semitone,
        "string": NoteRow.string,
        "fret": NoteRow.fret,
        "notes": _mark(judged),
        "wrong": _mark(NoteRow.in_scale.is_(False)),
        "sharp": _mark(and_(right, NoteRow.cents >= OUT_OF_TUNE_CENTS)),
        "flat": _mark(and_(right, NoteRow.cents <= -OUT_OF_TUNE_CENTS)),
        "timed": _mark(off_ms.is_not(None)),
        "early": _mark(off_ms <= -OFF_BEAT_MS),
        "late": _mark(off_ms >= OFF_BEAT_MS),
    }
    if leaps:
        follows = NoteRow.onset_s - _before(NoteRow.onset_s) < NEW_RUN_S
        columns["leap"] = case((follows, semitone - _before(semitone)))
    named = [column.label(name) for name, column in columns.items()]
    return _of_chosen(select(*named), chosen).subquery()


def _before(column: Any) -> ColumnElement[Any]:
    """What the event before had in that column."""
    return func.lag(column).over(partition_by=NoteRow.analysis_id, order_by=NoteRow.position)


def _mark(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _of_chosen(statement: Select[Any], chosen: CTE) -> Select[Any]:
    """The notes of the chosen sessions."""
    return statement.select_from(chosen).join(NoteRow, and_(*_of_analysis(NoteRow, chosen.c)))


def _of_analysis(note: Any, session: Any) -> tuple[ColumnElement[bool], ...]:
    # The session stands in the index beside the player; with the analysis alone, every note of the player
    # would be looked up for each session. The player is the session's: compared with the parameter, SQLite
    # would go through every note of the player and look for its session each time.
    return (
        note.user_id == session.user_id,
        note.session_id == session.session_id,
        note.analysis_id == session.current_analysis_id,
    )


def _chosen(scope: Scope, *, usual: bool = False) -> CTE:
    """The player's sessions inside the scope; with the mean deviation of their judged notes if wanted.

    Materialized: Postgres takes the conditions for so rare that it would look for the one session again and
    again, once for each note.
    """
    columns = [getattr(SessionRow, name) for name in (*sorted(_OF_SESSION), "user_id", "current_analysis_id")]
    if usual:
        note = aliased(NoteRow)
        same = _of_analysis(note, SessionRow)
        mean = select(func.avg(note.deviation_ms)).where(*same, note.in_scale.is_not(None))
        columns.append(mean.scalar_subquery().label("usual_ms"))
    current = (AnalysisRow.analysis_id == SessionRow.current_analysis_id) & (
        AnalysisRow.user_id == SessionRow.user_id
    )
    statement = select(*columns).select_from(SessionRow).join(AnalysisRow, current)
    return statement.where(*_conditions(scope)).cte("chosen").prefix_with("MATERIALIZED")


def _conditions(scope: Scope) -> list[ColumnElement[bool]]:
    begun = f"{scope.generation}."
    version = func.substr(AnalysisRow.engine_version + ".", 1, len(begun))
    made_up = func.coalesce(SessionRow.device_type, "") == "demo"
    conditions = [
        SessionRow.user_id == the_player(),
        SessionRow.deleted_at.is_(None),
        SessionRow.end_timestamp.is_not(None),
        version == begun,
        made_up if scope.made_up else ~made_up,
    ]
    if scope.since is not None:
        conditions.append(SessionRow.start_timestamp >= Moment("since"))
    if scope.until is not None:
        conditions.append(SessionRow.start_timestamp <= Moment("until"))
    if scope.scales:
        pairs = (
            and_(SessionRow.scale_chosen == chosen, SessionRow.scale_type == kind)
            for chosen, kind in scope.scales
        )
        conditions.append(or_(*pairs))
    return conditions


def _values(scope: Scope) -> dict[str, str]:
    limits = {"since": scope.since, "until": scope.until}
    return {name: time_text(moment) for name, moment in limits.items() if moment is not None}
