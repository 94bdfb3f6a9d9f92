"""What was practised so far: totals, the list of sessions, the latest against the player's average.

Pure: frames of `queries.sessions` in, typed frames out; an empty history gives the same types.
"""

from datetime import tzinfo

import polars as pl

from workbench.insight.comparable import SCORES, comparable, practised, source, with_same_parts
from workbench.insight.days import with_days
from workbench.insight.spread import mean_with_interval
from workbench.insight.typed import typed

MIN_SESSIONS = 3
"""Earlier sessions below which there is no average: one odd evening would be half of it."""

TOTALS_SCHEMA = pl.Schema(
    {
        "sessions": pl.Int64,
        "hours": pl.Float64,
        "notes": pl.Int64,
        "days": pl.Int64,
        **dict.fromkeys(SCORES, pl.Float64),
    }
)
"""One row: finished sessions, hours and note events heard, days with practice, mean scores (null: none)."""

DIARY_SCHEMA = pl.Schema(
    {
        "session_id": pl.String(),
        "start_timestamp": pl.Datetime("us", "UTC"),
        "day": pl.Date(),
        "scale_chosen": pl.String(),
        "scale_type": pl.String(),
        "minutes": pl.Float64(),
        **dict.fromkeys(SCORES, pl.Float64()),
        "played": pl.Int64(),
        "right": pl.Int64(),
        "wrong": pl.Int64(),
        "unjudged": pl.Int64(),
        "comment": pl.String(),
        "source": pl.String(),
        "finished": pl.Boolean(),
    }
)
"""One row for each session; `source` as in `comparable`."""

LATEST_SCHEMA = pl.Schema(
    {
        "metric": pl.String,
        "latest": pl.Float64,
        "average": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "difference": pl.Float64,
        "sessions": pl.Int64,
    }
)
"""One row for each score: the latest session, the mean of those before with its 95 % interval, how many."""


def totals(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """Everything that was practised, in one row of `TOTALS_SCHEMA`.

    Time and notes count every finished session (`comparable.practised`); the mean scores only those that
    compare with each other."""
    finished = with_days(practised(sessions), zone)
    sums = finished.lazy().select(
        pl.len().alias("sessions"),
        (pl.col("duration_seconds").sum() / 3600.0).alias("hours"),
        pl.col("total_notes_played").sum().alias("notes"),
        pl.col("day").n_unique().alias("days"),
    )
    alike = comparable(sessions)
    parts = alike.lazy().select(pl.col(SCORES[:-1]).mean())
    overall = with_same_parts(alike).lazy().select(pl.col("overall").mean())
    return typed(pl.concat([sums, parts, overall], how="horizontal"), TOTALS_SCHEMA)


def diary(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """All sessions, newest first, a running one included; frame of `DIARY_SCHEMA`."""
    newest_first = (
        with_days(sessions, zone)
        .lazy()
        .with_columns(
            source(),
            (pl.col("duration_seconds") / 60.0).alias("minutes"),
            pl.col("total_notes_played").alias("played"),
            pl.col("correct_notes_played").alias("right"),
            pl.col("bad_notes_played").alias("wrong"),
            pl.col("unjudged_notes").alias("unjudged"),
            pl.col("end_timestamp").is_not_null().alias("finished"),
        )
        .sort("start_timestamp", "session_id", descending=True)
    )
    return typed(newest_first, DIARY_SCHEMA)


def recent(sessions: pl.DataFrame, count: int = 5, zone: tzinfo | None = None) -> pl.DataFrame:
    """The newest finished sessions of the diary."""
    return diary(sessions, zone).filter("finished").head(count)


def latest_against_average(sessions: pl.DataFrame) -> pl.DataFrame:
    """How the latest session compares with the player's own average before it; frame of `LATEST_SCHEMA`.

    The average is null below `MIN_SESSIONS` earlier sessions with that score. No rows without a session.
    """
    alike = comparable(sessions)
    rows = [_latest(with_same_parts(alike) if name == "overall" else alike, name) for name in SCORES]
    if alike.is_empty():
        return LATEST_SCHEMA.to_frame()
    return typed(pl.concat(rows), LATEST_SCHEMA)


def _latest(sessions: pl.DataFrame, name: str) -> pl.LazyFrame:
    earlier = sessions.head(-1).lazy().select(mean_with_interval(pl.col(name)))
    enough = pl.col("sessions") >= MIN_SESSIONS
    latest = sessions[name].last() if not sessions.is_empty() else None
    return earlier.select(
        pl.lit(name).alias("metric"),
        pl.lit(latest, dtype=pl.Float64).alias("latest"),
        pl.when(enough).then("mean").alias("average"),
        pl.when(enough).then("low").alias("low"),
        pl.when(enough).then("high").alias("high"),
        (pl.lit(latest, dtype=pl.Float64) - pl.when(enough).then("mean")).alias("difference"),
        pl.col("sessions"),
    )
