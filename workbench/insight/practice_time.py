"""How much was practised on which day and in which week."""

from datetime import tzinfo

import polars as pl

from workbench.insight.comparable import practised
from workbench.insight.days import with_days
from workbench.insight.typed import typed

DAILY_SCHEMA = pl.Schema({"day": pl.Date, "minutes": pl.Float64, "sessions": pl.Int64})
"""One row for each day with practice, in order."""


WEEKLY_SCHEMA = pl.Schema({"week": pl.Date, "minutes": pl.Float64, "sessions": pl.Int64, "days": pl.Int64})
"""One row for each week from the first with practice to the last, its Monday, weeks without practice
included: minutes, sessions, days with practice."""


def daily(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """Minutes of finished practice on each day; frame of `DAILY_SCHEMA`.

    A session past midnight belongs to the day on which it began.
    """
    by_day = (
        with_days(practised(sessions), zone)
        .lazy()
        .group_by("day")
        .agg((pl.col("duration_seconds").sum() / 60.0).alias("minutes"), pl.len().alias("sessions"))
        .sort("day")
    )
    return typed(by_day, DAILY_SCHEMA)


def weekly(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """Minutes of finished practice in each week; frame of `WEEKLY_SCHEMA`."""
    days = daily(sessions, zone).with_columns(pl.col("day").dt.truncate("1w").alias("week"))
    if days.is_empty():
        return WEEKLY_SCHEMA.to_frame()
    weeks = days.lazy().select(pl.date_range(pl.col("week").min(), pl.col("week").max(), "1w").alias("week"))
    sums = days.lazy().group_by("week").agg(pl.col("minutes", "sessions").sum(), pl.len().alias("days"))
    every = weeks.join(sums, on="week", how="left").with_columns(pl.all().exclude("week").fill_null(0))
    return typed(every.sort("week"), WEEKLY_SCHEMA)
