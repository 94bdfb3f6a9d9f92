"""Sessions of the earlier FretCoach, as rows of ours.

What its table meant
--------------------
Ids were text of any kind, unique only together with the user. Times had no zone. The three metrics were
averages of its own, 0..1, null when switched off. `total_inscale_notes` held two meanings in the course of
time (notes of the scale that were used; notes that the scale has), so it is kept aside and shown nowhere.
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID, uuid5

from dsp.summary import Counts, Metric, Overall, Summary
from workbench.store.detail import summary_to_detail

PROTOTYPE_COLUMNS = (
    "session_id",
    "user_id",
    "start_timestamp",
    "end_timestamp",
    "pitch_accuracy",
    "scale_conformity",
    "timing_stability",
    "scale_chosen",
    "scale_type",
    "sensitivity",
    "strictness",
    "total_notes_played",
    "correct_notes_played",
    "bad_notes_played",
    "total_inscale_notes",
    "duration_seconds",
    "ambient_light_option",
    "created_at",
)
"""Columns of its newest `sessions`; an older one lacks `scale_type`."""

ENGINE_VERSION = "fretcoach-prototype"
"""`engine_version` of its analyses: they are shown, but stay out of trends."""

_METRICS = ("pitch_accuracy", "scale_conformity", "timing_stability")
_NAMESPACE = UUID("7b0c6f52-4f0e-5c3b-9a39-6f1f0d2c8e11")
"""Where the ids of its rows are made; must never change, or they would come in a second time."""


def adopted_id(session_id: str, user_id: str) -> tuple[UUID, str | None]:
    """The id of a session here, and its old one where that was no UUID.

    Its ids were unique for one user only, so the user is part of a made id.
    """
    try:
        return UUID(session_id), None
    except ValueError:
        return uuid5(_NAMESPACE, f"{user_id}/{session_id}"), session_id


def adopted_rows(row: Mapping[str, Any], zone: tzinfo | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """One of its sessions as a row of `sessions` and one of `analyses`; the same row gives the same ids.

    Parameters
    ----------
    row : by its own column names; times as `datetime`, numbers as numbers
    zone : what its times without a zone are read in; None = the zone of this computer, summer time included

    Returns
    -------
    session, analysis : by column names; ids as UUID, times aware, JSON as Python values
    """
    session_id, legacy_id = adopted_id(str(row["session_id"]), str(row["user_id"]))
    analysis_id = uuid5(_NAMESPACE, f"analysis of {session_id}")
    start = _aware(row["start_timestamp"], zone)
    scores = {name: _share(row.get(name)) for name in _METRICS}
    created_at = row.get("created_at")
    written = start if created_at is None else _aware(created_at, zone)
    counts = _counts(row)
    session = {
        "session_id": session_id,
        "user_id": row["user_id"],
        "start_timestamp": start,
        "end_timestamp": _end(row, start, zone),
        "scale_chosen": row["scale_chosen"],
        "scale_type": _scale_type(row.get("scale_type")),
        **scores,
        "total_notes_played": counts.played,
        "correct_notes_played": counts.right,
        "bad_notes_played": counts.wrong,
        "unjudged_notes": counts.unjudged,
        "duration_seconds": _finite(row.get("duration_seconds")),
        "strictness": row["strictness"],
        "sensitivity": row["sensitivity"],
        "enabled_metrics": [name for name, score in scores.items() if score is not None],
        "ambient_lighting_used": row.get("ambient_light_option"),
        "current_analysis_id": analysis_id,
        "created_at": written,
        "legacy_id": legacy_id,
    }
    analysis = {
        "analysis_id": analysis_id,
        "session_id": session_id,
        "user_id": row["user_id"],
        "engine_version": ENGINE_VERSION,
        "settings": {"total_inscale_notes": row.get("total_inscale_notes")},
        "metric_detail": summary_to_detail(_summary(scores, counts)),
        "created_at": written,
    }
    return session, analysis


def _aware(moment: datetime, zone: tzinfo | None) -> datetime:
    # Python takes a time without a zone for one of this computer.
    return (moment.replace(tzinfo=zone) if moment.tzinfo is None else moment).astimezone(UTC)


def _end(row: Mapping[str, Any], start: datetime, zone: tzinfo | None) -> datetime:
    # Every session of it that was stored is over: one without an end must not seem to run for ever.
    if row.get("end_timestamp") is not None:
        return _aware(row["end_timestamp"], zone)
    return start + timedelta(seconds=_finite(row.get("duration_seconds")) or 0.0)


def _scale_type(written: str | None) -> str:
    return "natural" if written in (None, "diatonic") else written


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _share(value: float | None) -> float | None:
    number = _finite(value)
    return number if number is not None and 0.0 <= number <= 1.0 else None


def _counts(row: Mapping[str, Any]) -> Counts:
    played, right, wrong = (
        int(row.get(name) or 0) for name in ("total_notes_played", "correct_notes_played", "bad_notes_played")
    )
    return Counts(played, right, wrong, max(played - right - wrong, 0))


def _summary(scores: Mapping[str, float | None], counts: Counts) -> Summary:
    metrics = {
        name: Metric(score, "score", None, None, counts.played, score, {"reason": "scored by the prototype"})
        for name, score in scores.items()
        if score is not None
    }
    return Summary(metrics, Overall(None, {}, tuple(sorted(set(scores) - set(metrics)))), counts)
