"""Facts of the notes of a history: intonation, scale and time over the newest sessions.

The unit is the session: each gives one figure, and the fact is the mean of those with its interval (Student's
t), as in `insight.compare`.
"""

from collections.abc import Iterator
from math import pi
from typing import Literal

import polars as pl

from coach.fact import Fact, Unit
from coach.facts.measured import bias_fact
from coach.facts.scores import LEVEL_SESSIONS
from coach.facts.spoken import hundredths, number
from dsp.anchors import MIN_NOTES, PITCH_RESOLUTION_CENTS, TIMING_RESOLUTION_MS
from dsp.summary import MetricName
from workbench.insight.history import MIN_SESSIONS
from workbench.insight.spread import Z95, t95

_MAD_TO_SIGMA = 1.4826

_ANCHORED_MS = 1e-6
"""Where the start of the click is unknown, deviations are from their own median, which is 0 then and says
nothing; where it is known, no median is that small."""

_SEMITONE = 100.0
"""Cents."""


def playing_facts(played: pl.DataFrame) -> Iterator[Fact]:
    """Means over the newest `LEVEL_SESSIONS` sessions; nothing below `MIN_SESSIONS` of them.

    Parameters
    ----------
    played : frame of `queries_notes.played`
    """
    by_session = _by_session(played)
    clicked = by_session.filter("clicked")
    yield from _plain(by_session, "cents", "pitch.cents", "pitch_accuracy", "cents")
    yield from _bias(by_session, "bias_cents", "pitch", PITCH_RESOLUTION_CENTS)
    yield from _plain(by_session, "right", "scale.adherence", "scale_conformity", "share")
    yield from _plain(clicked, "spread_ms", "timing.spread_ms", "timing_stability", "ms")
    anchored = clicked.filter(pl.col("bias_ms").abs() > _ANCHORED_MS)
    yield from _bias(anchored, "bias_ms", "timing", TIMING_RESOLUTION_MS)


def _by_session(played: pl.DataFrame) -> pl.DataFrame:
    """One row for each of the newest sessions with `MIN_NOTES` judged notes, its medians and shares."""
    late = pl.col("deviation_ms")
    return (
        played.lazy()
        .filter(pl.col("in_scale").is_not_null())
        .group_by("session_id")
        .agg(
            pl.col("start_timestamp").first(),
            pl.len().alias("notes"),
            pl.col("bpm").first().is_not_null().alias("clicked"),
            pl.col("cents").abs().median().alias("cents"),
            _together(pl.col("cents")).median().alias("bias_cents"),
            pl.col("in_scale").mean().alias("right"),
            late.median().alias("bias_ms"),
            (_MAD_TO_SIGMA * (late - late.median()).abs().median()).alias("spread_ms"),
        )
        .filter(pl.col("notes") >= MIN_NOTES)
        .sort("start_timestamp")
        .tail(LEVEL_SESSIONS)
        .collect()
    )


def _together(cents: pl.Expr) -> pl.Expr:
    """Cents moved by whole semitones around their circular mean, as `dsp.circular.unwrap_about_centre` does:
    on a guitar that is half a semitone off some notes read +48 and others -49."""
    turn = 2.0 * pi / _SEMITONE
    centre = pl.arctan2((turn * cents).sin().mean(), (turn * cents).cos().mean()) / turn
    return centre + (cents - centre + _SEMITONE / 2.0) % _SEMITONE - _SEMITONE / 2.0


def _mean(figures: pl.DataFrame, column: str) -> tuple[float, float, int] | None:
    """Mean, half of its 95 % interval, sessions; None below `MIN_SESSIONS`."""
    values = figures[column].drop_nulls()
    if len(values) < MIN_SESSIONS:
        return None
    count = pl.col(column).count().cast(pl.Int64)
    half = t95(count - 1) * pl.col(column).std() / count.sqrt()
    mean, reach = values.to_frame().select(pl.col(column).mean().alias("mean"), half.alias("half")).row(0)
    return mean, reach, len(values)


def _plain(figures: pl.DataFrame, column: str, name: str, metric: MetricName, unit: Unit) -> Iterator[Fact]:
    found = _mean(figures, column)
    if found is None:
        return
    mean, half, n = found
    words = {
        "pitch.cents": f"your typical note is {number(mean)} cents off",
        "scale.adherence": f"{hundredths(mean)} of 100 notes are in the scale",
        "timing.spread_ms": f"your notes scatter by {number(mean)} ms around the click",
    }[name]
    low, high = max(0.0, mean - half), mean + half
    yield Fact(name, mean, unit, n, words, low, high, metric=metric, counted="sessions")


def _bias(
    figures: pl.DataFrame, column: str, of: Literal["pitch", "timing"], resolution: float
) -> Iterator[Fact]:
    found = _mean(figures, column)
    if found is None:
        return
    mean, half, n = found
    yield from bias_fact(of, mean, half / Z95, n=n, resolution=resolution, counted="sessions")
