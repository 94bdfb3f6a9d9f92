"""Records to columns: the one place that knows which field of a record goes where."""

from dataclasses import fields
from typing import Any

from dsp.summary import METRICS
from workbench.store.detail import summary_to_detail, to_json
from workbench.store.records import Analysis, SessionEnd, SessionStart, StoredNote

# dataclasses.asdict would copy every value deeply, for every note.
_NOTE_FIELDS = tuple(field.name for field in fields(StoredNote))


def session_row(start: SessionStart) -> dict[str, Any]:
    """Columns of a session that has just begun; its summary is null."""
    return {
        "session_id": start.session_id,
        "user_id": start.user.id,
        "start_timestamp": start.started_at,
        "scale_chosen": start.scale_chosen,
        "scale_type": start.scale_type,
        "strictness": start.strictness,
        "sensitivity": start.sensitivity,
        "enabled_metrics": list(start.enabled_metrics),
        "a4_hz": start.a4_hz,
        "bpm": start.bpm,
        "latency_ms": start.latency_ms,
        "device_type": start.device_type,
        "ambient_lighting_used": start.ambient_lighting_used,
        "origin_device": start.origin_device,
    }


def ending_columns(end: SessionEnd) -> dict[str, Any]:
    """Columns that only the end of a session knows."""
    return {
        "end_timestamp": end.ended_at,
        "duration_seconds": end.duration_s,
        "recording_path": end.recording_path,
        "comment": end.comment,
    }


def summary_columns(analysis: Analysis) -> dict[str, Any]:
    """The session's copy of its current analysis: scores and counts; null for what was off or too short."""
    summary = analysis.summary
    scores = {name: summary.metrics[name].score if name in summary.metrics else None for name in METRICS}
    return scores | {
        "overall": summary.overall.score,
        "total_notes_played": summary.counts.played,
        "correct_notes_played": summary.counts.right,
        "bad_notes_played": summary.counts.wrong,
        "unjudged_notes": summary.counts.unjudged,
        "unique_notes_used": analysis.unique_notes,
    }


def analysis_columns(analysis: Analysis) -> dict[str, Any]:
    """Columns of an analysis without its owner."""
    return {
        "engine_version": analysis.engine_version,
        "settings": to_json(analysis.engine_settings),
        "metric_detail": summary_to_detail(analysis.summary),
    }


def note_columns(note: StoredNote) -> dict[str, Any]:
    """Columns of a note without its owner: the record's own fields."""
    return {name: getattr(note, name) for name in _NOTE_FIELDS}
