"""How much was practised on which day."""

from datetime import tzinfo

import polars as pl

from workbench.insight.days import with_days
from workbench.insight.typed import typed

DAILY_SCHEMA = pl.Schema({"day": pl.Date, "minutes": pl.Float64, "sessions": pl.Int64})
"""One row for each day with practice, in order."""


def daily(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """Minutes of finished practice on each day; frame of `DAILY_SCHEMA`.

    A session past midnight belongs to the day on which it began.
    """
    by_day = (
        with_days(sessions.filter(pl.col("end_timestamp").is_not_null()), zone)
        .lazy()
        .group_by("day")
        .agg((pl.col("duration_seconds").sum() / 60.0).alias("minutes"), pl.len().alias("sessions"))
        .sort("day")
    )
    return typed(by_day, DAILY_SCHEMA)
