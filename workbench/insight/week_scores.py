"""The scores of one week beside those of the week before and of the month before, and what can be told.

Conventions
-----------
The month is the four weeks before the week. A mean is over sessions, with Student's 95 % interval (`spread`);
whether two periods differ is asked of `compare`, which needs `compare.MIN_SESSIONS` sessions on each side.
Only sessions that compare with the newest of them are looked at, and the overall only where the same metrics
went into it.
"""

from datetime import date, timedelta, tzinfo

import polars as pl

from workbench.insight.comparable import SCORES, comparable, with_same_parts
from workbench.insight.compare import compare
from workbench.insight.days import with_days
from workbench.insight.spread import mean_with_interval
from workbench.insight.typed import typed

MONTH_WEEKS = 4

_SPAN = {"mean": pl.Float64(), "low": pl.Float64(), "high": pl.Float64(), "sessions": pl.Int64()}
_CHANGE = {"verdict": pl.String(), "difference": pl.Float64(), "least": pl.Float64(), "most": pl.Float64()}

WEEK_SCORES_SCHEMA = pl.Schema(
    {
        "metric": pl.String(),
        **_SPAN,
        **{f"last_{name}": dtype for name, dtype in (_SPAN | _CHANGE).items()},
        **{f"month_{name}": dtype for name, dtype in (_SPAN | _CHANGE).items()},
    }
)
"""One row for each score, measured or not: mean, 95 % interval and number of scored sessions of the week; the
same of the week before and of the month before, with the `verdict` of `compare` on the week against them, the
difference that it is about and its 95 % interval (null where there is not enough to tell)."""


def week_scores(sessions: pl.DataFrame, monday: date, zone: tzinfo | None = None) -> pl.DataFrame:
    """How the week's scores stand; frame of `WEEK_SCORES_SCHEMA`.

    Parameters
    ----------
    sessions : frame of `queries.sessions`; whatever came after the week is left out
    monday : first day of the week
    zone : the player's time zone; None = that of this machine
    """
    dated = with_days(sessions, zone)
    alike = comparable(dated.filter(pl.col("week").is_between(_earlier(monday, MONTH_WEEKS), monday)))
    this = pl.col("week") == monday
    last = pl.col("week") == _earlier(monday, 1)
    table = _means(alike, this, "")
    for name, earlier in (("last_", last), ("month_", ~this)):
        change = _change(alike.filter(earlier), alike.filter(this), name)
        table = table.join(_means(alike, earlier, name), on="metric").join(change, on="metric")
    return typed(table.sort(pl.col("metric").cast(pl.Enum(SCORES))), WEEK_SCORES_SCHEMA)


def _change(earlier: pl.DataFrame, week: pl.DataFrame, prefix: str) -> pl.LazyFrame:
    told = compare(earlier, week).lazy().rename({"low": "least", "high": "most"})
    return told.select("metric", pl.col(*_CHANGE).name.prefix(prefix))


def _means(alike: pl.DataFrame, period: pl.Expr, prefix: str) -> pl.LazyFrame:
    rows = [
        (with_same_parts(alike) if name == "overall" else alike)
        .lazy()
        .filter(period)
        .select(
            pl.lit(name).alias("metric"),
            *(each.name.prefix(prefix) for each in mean_with_interval(pl.col(name))),
        )
        for name in SCORES
    ]
    return pl.concat(rows)


def _earlier(monday: date, weeks: int) -> date:
    return monday - timedelta(weeks=weeks)
