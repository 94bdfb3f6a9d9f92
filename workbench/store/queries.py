"""The questions that the pages, the notebooks and the insight modules ask.

Each is bound to the player by `read` and declares its schema. Rows are ordered by time, never by id. Deleted
sessions are in none of them.
"""

from collections.abc import Mapping
from uuid import UUID

import polars as pl
from sqlalchemy import select

from workbench.store.query_parts import TIME, columns_of, identifier_text, the_player, the_session
from workbench.store.read import Query
from workbench.store.schema import AnalysisRow, NoteRow, SessionRow

SESSION_COLUMNS: Mapping[str, pl.DataType] = {
    "session_id": pl.String(),
    "user_id": pl.String(),
    "start_timestamp": TIME,
    "end_timestamp": TIME,
    "scale_chosen": pl.String(),
    "scale_type": pl.String(),
    "pitch_accuracy": pl.Float64(),
    "scale_conformity": pl.Float64(),
    "timing_stability": pl.Float64(),
    "noise_control": pl.Float64(),
    "overall": pl.Float64(),
    "total_notes_played": pl.Int64(),
    "correct_notes_played": pl.Int64(),
    "bad_notes_played": pl.Int64(),
    "unjudged_notes": pl.Int64(),
    "unique_notes_used": pl.Int64(),
    "duration_seconds": pl.Float64(),
    "strictness": pl.Float64(),
    "sensitivity": pl.Float64(),
    "enabled_metrics": pl.String(),
    "bpm": pl.Float64(),
    "a4_hz": pl.Float64(),
    "latency_ms": pl.Float64(),
    "ambient_lighting_used": pl.Boolean(),
    "device_type": pl.String(),
    "origin_device": pl.String(),
    "current_analysis_id": pl.String(),
    "recording_path": pl.String(),
    "comment": pl.String(),
}
"""Columns of the sessions table that people look at; the store's own book-keeping stays inside."""

SESSION_SCHEMA: Mapping[str, pl.DataType] = {**SESSION_COLUMNS, "engine_version": pl.String()}
"""Schema of `sessions`."""

NOTE_SCHEMA: Mapping[str, pl.DataType] = {
    "session_id": pl.String(),
    "position": pl.Int64(),
    "onset_s": pl.Float64(),
    "duration_s": pl.Float64(),
    "midi": pl.Float64(),
    "cents": pl.Float64(),
    "level_dbfs": pl.Float64(),
    "confidence": pl.Float64(),
    "in_scale": pl.Boolean(),
    "articulation": pl.String(),
    "deviation_ms": pl.Float64(),
    "string": pl.Int64(),
    "fret": pl.Int64(),
}
"""Schema of `notes`."""

ANALYSIS_SCHEMA: Mapping[str, pl.DataType] = {
    "analysis_id": pl.String(),
    "session_id": pl.String(),
    "engine_version": pl.String(),
    "settings": pl.String(),
    "metric_detail": pl.String(),
    "created_at": TIME,
}
"""Schema of `analyses`."""


def sessions() -> Query:
    """All sessions of the player, oldest first, with the engine version of the current analysis.

    `end_timestamp` is null while a session runs.
    """
    statement = (
        select(*columns_of(SessionRow, SESSION_COLUMNS), AnalysisRow.engine_version)
        .outerjoin(
            AnalysisRow,
            (AnalysisRow.analysis_id == SessionRow.current_analysis_id)
            & (AnalysisRow.user_id == SessionRow.user_id),
        )
        .where(SessionRow.user_id == the_player(), SessionRow.deleted_at.is_(None))
        .order_by(SessionRow.start_timestamp, SessionRow.session_id)
    )
    return Query(statement, SESSION_SCHEMA, json=frozenset({"enabled_metrics"}))


def notes(session_id: UUID | str) -> Query:
    """The note events of a session's current analysis, in the order they were played."""
    statement = (
        select(*columns_of(NoteRow, NOTE_SCHEMA))
        .join(
            SessionRow,
            # By its own key: searched by the analysis alone, each session would be looked at for each note.
            (SessionRow.session_id == NoteRow.session_id)
            & (SessionRow.current_analysis_id == NoteRow.analysis_id)
            & (SessionRow.user_id == NoteRow.user_id),
        )
        .where(NoteRow.user_id == the_player(), SessionRow.deleted_at.is_(None))
        .where(NoteRow.session_id == the_session())
        .order_by(NoteRow.position)
    )
    return Query(statement, NOTE_SCHEMA, {"session_id": identifier_text(session_id)})


def analyses(session_id: UUID | str) -> Query:
    """Every scoring of a session, oldest first; `metric_detail` is read by `detail.detail_to_summary`."""
    statement = (
        select(*columns_of(AnalysisRow, ANALYSIS_SCHEMA))
        .join(
            SessionRow,
            (SessionRow.session_id == AnalysisRow.session_id) & (SessionRow.user_id == AnalysisRow.user_id),
        )
        .where(AnalysisRow.user_id == the_player(), SessionRow.deleted_at.is_(None))
        .where(AnalysisRow.session_id == the_session())
        .order_by(AnalysisRow.created_at, AnalysisRow.analysis_id)
    )
    json_columns = frozenset({"settings", "metric_detail"})
    return Query(statement, ANALYSIS_SCHEMA, {"session_id": identifier_text(session_id)}, json_columns)
