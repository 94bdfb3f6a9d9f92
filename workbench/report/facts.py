"""What the weekly report needs to know beside the questions of `workbench.insight`."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

import polars as pl
from sqlalchemy import Engine

from dsp.summary import METRICS, Metric
from workbench.archive import scale_of
from workbench.charts.figures import value_words
from workbench.insight.days import with_days
from workbench.insight.scope import scope_of
from workbench.report.week import Week
from workbench.store import queries, queries_notes
from workbench.store.detail import detail_to_summary
from workbench.store.read import read
from workbench.user import User


def until(sessions: pl.DataFrame, week: Week, zone: tzinfo | None = None) -> pl.DataFrame:
    """The sessions that began before a week was over; the same columns, in the same order."""
    return with_days(sessions, zone).filter(pl.col("day") <= week.sunday).select(sessions.columns)


def between(sessions: pl.DataFrame, first: Week, last: Week, zone: tzinfo | None = None) -> pl.DataFrame:
    """The finished sessions that began in these weeks, oldest first; the same columns.

    Parameters
    ----------
    sessions : frame of `queries.sessions`
    zone : the player's time zone; None = that of this machine
    """
    inside = pl.col("day").is_between(first.monday, last.sunday)
    finished = sessions.filter(pl.col("end_timestamp").is_not_null())
    return with_days(finished, zone).filter(inside).select(sessions.columns).sort("start_timestamp")


def played(engine: Engine, user: User, sessions: pl.DataFrame) -> pl.DataFrame:
    """The notes of those of the sessions that compare with each other; frame of `queries_notes.played`."""
    scope = scope_of(sessions)
    if scope is None:
        return pl.DataFrame(schema=dict(queries_notes.PLAYED_SCHEMA))
    return read(engine, user, queries_notes.played(scope))


def analyses(engine: Engine, user: User, sessions: pl.DataFrame) -> pl.DataFrame:
    """The current analysis of each session; frame of `queries.analyses`."""
    frames = [
        read(engine, user, queries.analyses(session)).filter(analysis_id=current)
        for session, current in sessions.select("session_id", "current_analysis_id").drop_nulls().iter_rows()
    ]
    return pl.concat(frames) if frames else pl.DataFrame(schema=dict(queries.ANALYSIS_SCHEMA))


def typical(scorings: pl.DataFrame) -> dict[str, str]:
    """The middle session's raw value of each metric, with its unit: {"pitch_accuracy": "6 cents off"}.

    A metric that was measured in two units (timing with a click and without) is told in the commoner one.

    Parameters
    ----------
    scorings : frame of `queries.analyses`
    """
    summaries = [detail_to_summary(json.loads(detail)) for detail in scorings["metric_detail"]]
    told = {
        name: _middle([each.metrics[name] for each in summaries if name in each.metrics]) for name in METRICS
    }
    return {name: said for name, said in told.items() if said}


def _middle(metrics: Sequence[Metric]) -> str | None:
    measured = [metric for metric in metrics if metric.value is not None and metric.score is not None]
    if not measured:
        return None
    unit = Counter(metric.unit for metric in measured).most_common(1)[0][0]
    alike = sorted((metric for metric in measured if metric.unit == unit), key=_value)
    return value_words(alike[len(alike) // 2])


def _value(metric: Metric) -> float:
    return metric.value or 0.0


def spot_numbers(spots: pl.DataFrame) -> dict[int, str]:
    """Which weak spot lies at which pitch: {67: "1"}; tempo and how the hand got there have no place.

    Parameters
    ----------
    spots : frame of `insight.weak_spots.weak_spots`
    """
    numbers: dict[int, str] = {}
    for number, spot in enumerate(spots.iter_rows(named=True), start=1):
        for semitone in _pitches(spot):
            numbers[semitone] = f"{numbers[semitone]}, {number}" if semitone in numbers else str(number)
    return numbers


def _pitches(spot: Mapping[str, Any]) -> Sequence[int]:
    span = range(spot["lowest"], spot["highest"] + 1)
    if spot["kind"] == "pitch":
        return span
    scale = scale_of(spot["scale_chosen"], spot["scale_type"])
    if spot["kind"] != "degree" or scale is None:
        return ()
    degree = int(spot["where"].rpartition(":")[2])
    return [semitone for semitone in span if scale.degree(semitone) == degree]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the figures of a week rest on, in the order of first use; a week without sessions has none."""

    engines: tuple[str, ...]
    a4_hz: tuple[float, ...]
    latency_ms: tuple[float, ...]
    strictness: tuple[float, ...]
    sensitivity: tuple[float, ...]
    listening: Mapping[str, Any]


def conditions(sessions: pl.DataFrame, scorings: pl.DataFrame) -> Conditions:
    """The settings of these sessions, and of the engine that scored the last of them.

    Parameters
    ----------
    sessions : frame of `queries.sessions`
    scorings : frame of `queries.analyses`
    """
    used = {
        name: tuple(sessions[name].drop_nulls().unique(maintain_order=True))
        for name in ("engine_version", "a4_hz", "latency_ms", "strictness", "sensitivity")
    }
    return Conditions(
        engines=used["engine_version"],
        a4_hz=used["a4_hz"],
        latency_ms=used["latency_ms"],
        strictness=used["strictness"],
        sensitivity=used["sensitivity"],
        listening={} if scorings.is_empty() else json.loads(scorings["settings"].item(-1)),
    )
