"""How each score moved over days and weeks, and whether that can be told from chance.

Pure: frames of `queries.sessions` in, typed frames out. Only sessions that compare with each other are looked
at (`comparable`), and the overall only where the same metrics went into it.
"""

from datetime import tzinfo

import polars as pl

from workbench.insight.comparable import PARTS, SCORES, comparable, with_same_parts
from workbench.insight.days import with_days
from workbench.insight.spread import mean_with_interval, t95
from workbench.insight.typed import typed

MIN_SESSIONS = 8
"""Scored sessions below which no direction is named: a line through fewer follows single evenings."""

MIN_WEEKS = 3
"""Weeks with practice below which no direction is named: two points always make a line."""

WEEKLY_SCHEMA = pl.Schema(
    {
        "week": pl.Date,
        "metric": pl.String,
        "mean": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "sessions": pl.Int64,
    }
)
"""One row for each week and score: mean with its 95 % interval (null from one session), how many sessions."""

DAILY_SCHEMA = pl.Schema({"day": pl.Date(), **{k: v for k, v in WEEKLY_SCHEMA.items() if k != "week"}})
"""The same for each day with practice."""

ROLLING_DAYS = 28
"""Length of the rolling mean: four weeks, so that each weekday counts equally often."""

MIN_ROLLING = 3
"""Sessions in the window below which a rolling mean is null: it would be a single evening's."""

DIRECTION_SCHEMA = pl.Schema(
    {
        "metric": pl.String,
        "sessions": pl.Int64,
        "weeks": pl.Int64,
        "per_week": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "verdict": pl.String,
    }
)
"""One row for each score: change a week with its 95 % interval, and `verdict`: "improving", "slipping",
"steady" (the interval holds zero) or "not enough sessions to tell" (then the change is null)."""


def weekly(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """Mean of each score in each week with practice; frame of `WEEKLY_SCHEMA`, by metric and week."""
    means = _scores(sessions, zone).group_by("metric", "week").agg(mean_with_interval(pl.col("score")))
    return typed(means.sort(_order(), "week"), WEEKLY_SCHEMA)


def daily(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """Mean of each score on each day with practice; frame of `DAILY_SCHEMA`, by metric and day."""
    means = _scores(sessions, zone).group_by("metric", "day").agg(mean_with_interval(pl.col("score")))
    return typed(means.sort(_order(), "day"), DAILY_SCHEMA)


def rolling(sessions: pl.DataFrame, zone: tzinfo | None = None, *, days: int = ROLLING_DAYS) -> pl.DataFrame:
    """Mean of each score over the days before, at each day with practice; frame of `DAILY_SCHEMA`.

    A day's mean is of all sessions on it and on the `days` - 1 days before it; `sessions` says how many, and
    below `MIN_ROLLING` mean and interval are null.
    """
    scores = _scores(sessions, zone).sort("metric", "day")
    means = scores.rolling("day", period=f"{days}d", group_by="metric").agg(
        mean_with_interval(pl.col("score"))
    )
    enough = pl.col("sessions") >= MIN_ROLLING
    told = means.unique(["metric", "day"]).with_columns(
        pl.when(enough).then(pl.col(name)).alias(name) for name in ("mean", "low", "high")
    )
    return typed(told.sort(_order(), "day"), DAILY_SCHEMA)


def direction(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """Where each score is heading: the least-squares line through the sessions; frame of `DIRECTION_SCHEMA`.

    Scores without any session have no row.
    """
    days = pl.col("day").dt.epoch("d").cast(pl.Float64)
    weeks = (days - days.mean()) / 7.0
    off = pl.col("score") - pl.col("score").mean()
    sums = (
        _scores(sessions, zone)
        .group_by("metric")
        .agg(
            pl.len().cast(pl.Int64).alias("sessions"),
            pl.col("week").n_unique().cast(pl.Int64).alias("weeks"),
            (weeks * off).sum().alias("covariation"),
            (weeks**2).sum().alias("week_squares"),
            (off**2).sum().alias("score_squares"),
        )
    )
    enough = (pl.col("sessions") >= MIN_SESSIONS) & (pl.col("weeks") >= MIN_WEEKS)
    slope = pl.when(enough).then(pl.col("covariation") / pl.col("week_squares"))
    residual = (pl.col("score_squares") - slope * pl.col("covariation")).clip(lower_bound=0.0)
    freedom = pl.col("sessions") - 2
    half = t95(freedom) * (residual / freedom / pl.col("week_squares")).sqrt()
    lines = sums.with_columns(
        slope.alias("per_week"), (slope - half).alias("low"), (slope + half).alias("high")
    )
    return typed(lines.with_columns(_verdict().alias("verdict")).sort(_order()), DIRECTION_SCHEMA)


def _scores(sessions: pl.DataFrame, zone: tzinfo | None) -> pl.LazyFrame:
    """One row for each session and score that it has: metric, day, week, score."""
    alike = with_days(comparable(sessions), zone)
    index = ["day", "week"]
    parts = alike.lazy().unpivot(on=PARTS, index=index, variable_name="metric", value_name="score")
    overall = with_same_parts(alike).lazy()
    overall = overall.unpivot(on=["overall"], index=index, variable_name="metric", value_name="score")
    return pl.concat([parts, overall]).drop_nulls("score")


def _order() -> pl.Expr:
    """The order in which the scores are always named."""
    return pl.col("metric").cast(pl.Enum(SCORES))


def _verdict() -> pl.Expr:
    return (
        pl.when(pl.col("per_week").is_null())
        .then(pl.lit("not enough sessions to tell"))
        .when(pl.col("low") > 0.0)
        .then(pl.lit("improving"))
        .when(pl.col("high") < 0.0)
        .then(pl.lit("slipping"))
        .otherwise(pl.lit("steady"))
    )
