"""What days off cost: the first session after a break against the last ones before it.

Definition
----------
A return is the first session of a practice day after the one before it. Its score is held against the mean
of the `BEFORE` sessions before the break, and the returns are grouped by how many days passed. Returns on
the next day are shown too: they say how much a score moves from one day to the next anyway, practice
included. A mean needs `MIN_RETURNS` returns; fewer single evenings say nothing."""

from datetime import tzinfo

import polars as pl

from workbench.insight.comparable import SCORES, comparable, with_same_parts
from workbench.insight.days import with_days
from workbench.insight.spread import t95
from workbench.insight.typed import typed

BEFORE = 3
"""Sessions before the break that one evening is held against."""

MIN_RETURNS = 5
"""Returns below which no mean is given."""

GAPS = (
    (1, 1, "the next day"),
    (2, 3, "after 2 or 3 days"),
    (4, 7, "after 4 to 7 days"),
    (8, None, "after 8 days or more"),
)
"""First and last number of days since the practice before, and the words for it."""

RETENTION_SCHEMA = pl.Schema(
    {
        "metric": pl.String,
        "gap": pl.String,
        "days": pl.Int64,
        "returns": pl.Int64,
        "change": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "verdict": pl.String,
    }
)
"""One row for each score and length of the gap that occurred: words for the gap, its least number of days,
how many returns, mean change of the score with its 95 % interval, and `verdict`: "lower", "higher", "no
change that can be told" or "not enough to tell" (then the change is null)."""


def retention(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """How the scores come back after days off; frame of `RETENTION_SCHEMA`, by metric and gap.

    Parameters
    ----------
    sessions : frame of `queries.sessions`; only those that compare with each other are looked at
    zone : the player's time zone; None = that of this machine
    """
    alike = with_days(comparable(sessions), zone)
    parts = [_changes(with_same_parts(alike) if name == "overall" else alike, name) for name in SCORES]
    returns = pl.concat(parts)
    enough = pl.col("returns") >= MIN_RETURNS
    half = t95(pl.col("returns") - 1) * pl.col("spread") / pl.col("returns").sqrt()
    means = (
        returns.group_by("metric", "days", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("returns"),
            pl.col("change").mean().alias("mean"),
            pl.col("change").std().alias("spread"),
        )
        .with_columns(
            pl.when(enough).then("mean").alias("change"),
            pl.when(enough).then(pl.col("mean") - half).alias("low"),
            pl.when(enough).then(pl.col("mean") + half).alias("high"),
            pl.col("days")
            .replace_strict({first: words for first, _, words in GAPS}, return_dtype=pl.String)
            .alias("gap"),
        )
        .with_columns(_verdict().alias("verdict"))
        .sort(
            pl.col("metric").replace_strict(
                {name: i for i, name in enumerate(SCORES)}, return_dtype=pl.Int64
            ),
            "days",
        )
    )
    return typed(means, RETENTION_SCHEMA)


def _changes(sessions: pl.DataFrame, name: str) -> pl.LazyFrame:
    """One row for each return: least days of its gap, score against the mean of those before."""
    off = (pl.col("day") - pl.col("day").shift()).dt.total_days()
    gap = pl.coalesce(pl.when(off.is_between(first, last or 100_000)).then(first) for first, last, _ in GAPS)
    usual = pl.col(name).rolling_mean(BEFORE).shift()
    return (
        sessions.lazy()
        .filter(pl.col(name).is_not_null())
        .select(
            pl.lit(name).alias("metric"),
            gap.cast(pl.Int64).alias("days"),
            (pl.col(name) - usual).alias("change"),
        )
        .drop_nulls()
    )


def _verdict() -> pl.Expr:
    return (
        pl.when(pl.col("change").is_null())
        .then(pl.lit("not enough to tell"))
        .when(pl.col("high") < 0.0)
        .then(pl.lit("lower"))
        .when(pl.col("low") > 0.0)
        .then(pl.lit("higher"))
        .otherwise(pl.lit("no change that can be told"))
    )
