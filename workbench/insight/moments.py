"""The best and the worst stretch of some playing: which session, which seconds, and what went on there.

Conventions
-----------
A judged note is clean when nothing is wrong with it (`faults.with_faults`); of several faults the first of
`FAULTS` counts. A stretch is a row of judged notes without a pause of `NEW_RUN_S`. The best moment is the
longest run of clean notes, the worst the `WINDOW` notes in a row with the fewest clean ones. Both are ends of
a range that all playing has: they show where to listen and say nothing about progress.
"""

import polars as pl

from workbench.insight.faults import FAULTS, with_faults
from workbench.insight.typed import typed
from workbench.store.queries_notes import NEW_RUN_S

WINDOW = 12
"""Notes of the worst moment: a phrase or two, which can be found and played again."""

LEAST_RUN = 4
"""Clean notes below which a run is no moment: three can be luck."""

LEAST_FAULTS = 3
"""Faults in `WINDOW` notes below which no place is called the worst."""

MOMENT_SCHEMA = pl.Schema(
    {
        "kind": pl.String(),
        "session_id": pl.String(),
        "start_timestamp": pl.Datetime("us", "UTC"),
        "first": pl.Int64(),
        "last": pl.Int64(),
        "start_s": pl.Float64(),
        "end_s": pl.Float64(),
        "notes": pl.Int64(),
        "clean": pl.Int64(),
        **dict.fromkeys(FAULTS, pl.Int64()),
        "timed": pl.Boolean(),
    }
)
"""At most a row "best" and a row "worst": session, its start, positions and onsets of first and last note,
how many judged notes, how many of them clean and of each fault, whether all could be early or late."""


def told(played: pl.DataFrame) -> pl.DataFrame:
    """The judged notes, each with its `fault` and the number of its `stretch`.

    Parameters
    ----------
    played : frame of `queries_notes.played`: whole sessions, unjudged events included

    Returns
    -------
    frame of `faults.with_faults` with `fault` (one of `FAULTS`, null = clean) and `stretch`
    """
    first_fault = pl.coalesce(pl.when(name).then(pl.lit(name)) for name in FAULTS)
    other_session = pl.col("session_id") != pl.col("session_id").shift()
    paused = pl.col("onset_s").diff() >= NEW_RUN_S
    stretch = (other_session | paused).fill_null(value=True).cum_sum()
    return with_faults(played).with_columns(first_fault.alias("fault"), stretch.alias("stretch"))


def moments(played: pl.DataFrame) -> pl.DataFrame:
    """The best and the worst moment; frame of `MOMENT_SCHEMA`. Of equally good ones the first counts.

    Parameters
    ----------
    played : frame of `queries_notes.played`: whole sessions, unjudged events included
    """
    notes = told(played).lazy().with_columns(pl.col("fault").is_null().alias("clean"))
    return typed(pl.concat([_best(notes), _worst(notes)]), MOMENT_SCHEMA)


def _best(notes: pl.LazyFrame) -> pl.LazyFrame:
    runs = notes.with_columns(pl.struct("stretch", "clean").rle_id().alias("run")).filter("clean")
    counted = runs.group_by("run", maintain_order=True).agg(*_counts())
    longest = counted.filter(pl.col("notes") >= LEAST_RUN)
    return _first(longest.sort("notes", descending=True, maintain_order=True), "best")


def _worst(notes: pl.LazyFrame) -> pl.LazyFrame:
    windows = notes.with_row_index("row").rolling("row", period=f"{WINDOW}i", group_by="stretch")
    faulty = windows.agg(*_counts()).filter(
        pl.col("notes") == WINDOW, pl.col("notes") - pl.col("clean") >= LEAST_FAULTS
    )
    return _first(faulty.sort("clean", "row"), "worst")


def _first(found: pl.LazyFrame, kind: str) -> pl.LazyFrame:
    return found.head(1).select(pl.lit(kind).alias("kind"), *MOMENT_SCHEMA.names()[1:])


def _counts() -> list[pl.Expr]:
    return [
        pl.col("session_id", "start_timestamp").first(),
        pl.col("position").first().alias("first"),
        pl.col("position").last().alias("last"),
        pl.col("onset_s").first().alias("start_s"),
        pl.col("onset_s").last().alias("end_s"),
        pl.len().cast(pl.Int64).alias("notes"),
        pl.col("clean").sum().cast(pl.Int64),
        *((pl.col("fault") == name).sum().cast(pl.Int64).alias(name) for name in FAULTS),
        pl.col("off_ms").is_not_null().all().alias("timed"),
    ]
