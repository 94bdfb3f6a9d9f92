"""Runs of practice that forgive a rest.

Definition
----------
A streak is a run of days with practice in which no more than `REST_DAYS` days in a row were missed. Muscles
and memory need rest, and a rule that a single busy day breaks is one that people give up on. It is counted
in days with practice, so that a rest costs nothing and earns nothing. It is alive as long as practising
today would still belong to it."""

from datetime import date, tzinfo

import polars as pl

from workbench.insight.comparable import practised
from workbench.insight.days import with_days
from workbench.insight.typed import typed

REST_DAYS = 2
"""Days in a row that may be missed: a weekend, or a day or two of a busy week."""

STREAKS_SCHEMA = pl.Schema(
    {
        "first": pl.Date,
        "last": pl.Date,
        "days": pl.Int64,
        "span": pl.Int64,
        "alive": pl.Boolean,
        "until": pl.Date,
        "longest": pl.Boolean,
    }
)
"""One row for each streak, in order: first and last day with practice, how many such days, how many days from
the first to the last, whether today can still continue it, the last day on which it can be continued, and
whether it has the most days of all (the newest of equals)."""


def streaks(sessions: pl.DataFrame, today: date, zone: tzinfo | None = None) -> pl.DataFrame:
    """Every streak of finished practice up to today; frame of `STREAKS_SCHEMA`.

    Parameters
    ----------
    sessions : frame of `queries.sessions`
    today : the player's date; later days (of a clock that ran ahead) are left out
    zone : the player's time zone; None = that of this machine
    """
    days = with_days(practised(sessions), zone).select("day").unique().sort("day").lazy()
    begins = (pl.col("day").diff().dt.total_days() > REST_DAYS + 1).fill_null(value=True)
    runs = (
        days.filter(pl.col("day") <= today)
        .with_columns(begins.cum_sum().alias("run"))
        .group_by("run")
        .agg(pl.col("day").min().alias("first"), pl.col("day").max().alias("last"), pl.len().alias("days"))
        .sort("first")
        .with_columns(
            ((pl.col("last") - pl.col("first")).dt.total_days() + 1).alias("span"),
            pl.col("last").dt.offset_by(f"{REST_DAYS + 1}d").alias("until"),
        )
    )
    newest_of_the_longest = (
        pl.col("first") == pl.col("first").filter(pl.col("days") == pl.col("days").max()).max()
    )
    told = runs.with_columns(
        (pl.col("until") >= today).alias("alive"), newest_of_the_longest.alias("longest")
    )
    return typed(told, STREAKS_SCHEMA)
