"""The best and the worst stretch of a week's playing: which session, which seconds, and what went on there.

Conventions
-----------
A judged note is clean when it lies in the scale, in tune and on the beat by the same limits as its mark on a
timeline (`charts.marks`). A stretch is a row of judged notes without a rest longer than `REST_S`. The best moment
is the longest run of clean notes, the worst the `WINDOW` notes in a row with the fewest clean ones. Both are the
ends of a range that every week has; they show where to listen and say nothing about progress.
"""

import polars as pl

from workbench.charts.marks import IN_TUNE_CENTS, ON_TIME_MS
from workbench.insight.typed import typed

REST_S = 4.0
"""A bar of four beats at 60 beats a minute: what comes after it is another phrase."""

WINDOW = 12
"""Notes of the worst moment: a phrase or two, which can be found and played again."""

LEAST_RUN = 8
"""Clean notes below which a run is no moment; the number from which notes are scored at all."""

LEAST_FAULTS = 3
"""Faults in `WINDOW` notes below which no place is called the worst."""

MOMENT_SCHEMA = pl.Schema(
    {
        "kind": pl.String,
        "session_id": pl.String,
        "first": pl.Int64,
        "last": pl.Int64,
        "start_s": pl.Float64,
        "end_s": pl.Float64,
        "notes": pl.Int64,
        "clean": pl.Int64,
        "wrong": pl.Int64,
        "off": pl.Int64,
        "early": pl.Int64,
        "late": pl.Int64,
        "timed": pl.Boolean,
    }
)
"""At most a row "best" and a row "worst": positions and seconds of the first and last note, how many judged notes,
how many of them clean and of each fault (wrong before out of tune before early or late), whether timing was judged
for all of them."""


def moments(notes: pl.DataFrame) -> pl.DataFrame:
    """The best and the worst moment; frame of `MOMENT_SCHEMA`.

    Parameters
    ----------
    notes : notes of any number of sessions with the columns of `store.queries.NOTE_SCHEMA`; the first of several
        equally good moments counts, in the order of the frame's sessions
    """
    judged = _judged(notes)
    return typed(pl.concat([_best(judged), _worst(judged)]), MOMENT_SCHEMA)


def _judged(notes: pl.DataFrame) -> pl.LazyFrame:
    """Judged notes in order, each with its fault (null = clean) and the number of its stretch."""
    midi, cents = pl.col("midi"), pl.col("cents")
    cents = pl.coalesce(cents, 100.0 * (midi - midi.round()))
    late = pl.col("deviation_ms")
    fault = (
        pl.when(~pl.col("in_scale"))
        .then(pl.lit("wrong"))
        .when(cents.abs() > IN_TUNE_CENTS)
        .then(pl.lit("off"))
        .when(late < -ON_TIME_MS)
        .then(pl.lit("early"))
        .when(late > ON_TIME_MS)
        .then(pl.lit("late"))
    )
    ends = pl.col("onset_s") + pl.col("duration_s").fill_null(0.0)
    rest = pl.col("onset_s") - ends.shift() > REST_S
    new = (pl.col("session_id") != pl.col("session_id").shift()) | rest
    return (
        notes.lazy()
        .with_columns(pl.col("session_id").rle_id().alias("played"))
        .sort("played", "position", maintain_order=True)
        .filter(pl.col("in_scale").is_not_null(), midi.is_not_null())
        .with_columns(fault.alias("fault"), ends.alias("end_s"), new.fill_null(True).cum_sum().alias("stretch"))
        .with_columns(pl.col("fault").is_null().alias("clean"))
        .with_columns(pl.struct("stretch", "clean").rle_id().alias("run"))
    )


def _best(judged: pl.LazyFrame) -> pl.LazyFrame:
    runs = judged.filter("clean").group_by("run", maintain_order=True).agg(*_told())
    longest = runs.filter(pl.col("notes") >= LEAST_RUN).sort("notes", descending=True, maintain_order=True)
    return longest.head(1).select(pl.lit("best").alias("kind"), *MOMENT_SCHEMA.names()[1:])


def _worst(judged: pl.LazyFrame) -> pl.LazyFrame:
    numbered = judged.with_row_index("row")
    windows = (
        numbered.rolling("row", period=f"{WINDOW}i", group_by="stretch")
        .agg(*_told())
        .filter(pl.col("notes") == WINDOW, pl.col("notes") - pl.col("clean") >= LEAST_FAULTS)
        .sort("clean", "row")
    )
    return windows.head(1).select(pl.lit("worst").alias("kind"), *MOMENT_SCHEMA.names()[1:])


def _told() -> list[pl.Expr]:
    return [
        pl.col("session_id").first(),
        pl.col("position").first().alias("first"),
        pl.col("position").last().alias("last"),
        pl.col("onset_s").first().alias("start_s"),
        pl.col("end_s").last(),
        pl.len().cast(pl.Int64).alias("notes"),
        pl.col("clean").sum().cast(pl.Int64),
        *((pl.col("fault") == name).sum().cast(pl.Int64).alias(name) for name in ("wrong", "off", "early", "late")),
        pl.col("deviation_ms").is_not_null().all().alias("timed"),
    ]
