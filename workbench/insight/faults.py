"""What went wrong with each note, and the counts of it.

The Polars side of `store.queries_notes`: the same definitions over notes that are already here, and the same
counts. A test holds the two against each other on both databases.
"""

import polars as pl

from workbench.insight.typed import typed
from workbench.store.queries_notes import (
    LEAPS_SCHEMA,
    NEW_RUN_S,
    OFF_BEAT_MS,
    OUT_OF_TUNE_CENTS,
    PITCHES_SCHEMA,
    PLAYED_SCHEMA,
)

FAULTS = ("wrong", "sharp", "flat", "early", "late")
"""What can be wrong with a note; the first alone also counts as a wrong note."""

FAULTS_SCHEMA = pl.Schema(
    {
        **PLAYED_SCHEMA,
        "semitone": pl.Int64(),
        "leap": pl.Int64(),
        "off_ms": pl.Float64(),
        **dict.fromkeys(FAULTS, pl.Boolean()),
    }
)
"""One row for each judged note: the columns of `queries_notes.played`; the nearest semitone; semitones from
the note before, null where that is unknown; milliseconds from the session's mean deviation; and each fault,
null where it could not be told (a wrong note is neither sharp nor flat, a note without a beat neither early
nor late)."""


def with_faults(played: pl.DataFrame) -> pl.DataFrame:
    """The judged notes with what is wrong with them; frame of `FAULTS_SCHEMA`, in the order of `played`.

    Parameters
    ----------
    played : frame of `queries_notes.played`: whole sessions, unjudged events included
    """
    judged = pl.col("in_scale").is_not_null()
    semitone = (pl.col("midi") - pl.col("cents").fill_null(0.0) / 100.0).round().cast(pl.Int64)
    follows = pl.col("onset_s").diff().over("session_id") < NEW_RUN_S
    leap = pl.col("semitone").diff().over("session_id")
    usual = pl.col("deviation_ms").filter(judged).mean().over("session_id")
    marked = (
        played.lazy()
        .with_columns(pl.when(judged).then(semitone).alias("semitone"))
        .with_columns(
            pl.when(follows).then(leap).alias("leap"),
            (pl.col("deviation_ms") - usual).alias("off_ms"),
        )
        .filter(judged)
        .with_columns(
            (~pl.col("in_scale")).alias("wrong"),
            pl.when("in_scale").then(pl.col("cents") >= OUT_OF_TUNE_CENTS).alias("sharp"),
            pl.when("in_scale").then(pl.col("cents") <= -OUT_OF_TUNE_CENTS).alias("flat"),
            (pl.col("off_ms") <= -OFF_BEAT_MS).alias("early"),
            (pl.col("off_ms") >= OFF_BEAT_MS).alias("late"),
        )
    )
    return typed(marked, FAULTS_SCHEMA)


def pitches(played: pl.DataFrame) -> pl.DataFrame:
    """Counts for each pitch in each scale; the frame of `queries_notes.pitches`."""
    return _counted(with_faults(played), pl.Schema(PITCHES_SCHEMA))


def leaps(played: pl.DataFrame) -> pl.DataFrame:
    """Counts for each leap; the frame of `queries_notes.leaps`."""
    return _counted(with_faults(played).drop_nulls("leap"), pl.Schema(LEAPS_SCHEMA))


def _counted(notes: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    sums = [
        pl.len().alias("notes"),
        pl.col("off_ms").count().alias("timed"),
        *(pl.col(name).sum() for name in FAULTS),
    ]
    by = [name for name in schema if name not in {"notes", "timed", *FAULTS}]
    return typed(notes.lazy().group_by(by).agg(sums).sort(by), schema)
