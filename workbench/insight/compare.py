"""Before and after: did the scores change between two periods, or between two sessions, more than by chance?

Conventions
-----------
The unit is the session. Notes of one evening share its mood, its strings and its room, so a thousand notes of
two evenings are two observations and not a thousand. The two periods' session scores are exchanged at random
(permutation test), which asks nothing of their distribution; the interval of the difference is Welch's.
Several scores are asked about at once, so the p-values are raised by Holm's rule. Below `MIN_SESSIONS` on
either side the verdict is that there is not enough to tell.

Two single sessions are compared by blocks of `BLOCK` successive notes instead. That tells whether the two
takes differ, not whether the player does, and the verdict says "take" where it means it.
"""

from collections.abc import Sequence

import polars as pl

from workbench.insight.comparable import SCORES, comparable, with_same_parts
from workbench.insight.faults import with_faults
from workbench.insight.significance import Floats, for_several, permutation_p
from workbench.insight.spread import t95
from workbench.insight.typed import typed

MIN_SESSIONS = 4
"""Scored sessions on each side: with fewer, no order of them is rare enough (8 choose 4 = 70) to tell."""

BLOCK = 16
"""Notes in a block: long enough to hold a phrase, so that neighbours' likeness stays inside."""

NOT_ENOUGH = "not enough to tell"
NO_DIFFERENCE = "no difference that can be told"

ALPHA = 0.05
"""One in twenty comparisons of nothing with nothing may call a difference."""

_TAKE_FAULTS = ("wrong_notes", "cents_off", "ms_off")

_Row = tuple[str, Floats, Floats]

COMPARE_SCHEMA = pl.Schema(
    {
        "metric": pl.String,
        "before": pl.Float64,
        "after": pl.Float64,
        "difference": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "p": pl.Float64,
        "before_n": pl.Int64,
        "after_n": pl.Int64,
        "verdict": pl.String,
    }
)
"""One row for each score: both means, after minus before with its 95 % interval, the p-value (raised for
several questions), how many sessions (or blocks) on each side, and `verdict`: "better", "worse", "no
difference that can be told" or "not enough to tell" (then difference, interval and p are null)."""


def compare(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Scores of the sessions of two periods; frame of `COMPARE_SCHEMA`, one row for each score.

    Parameters
    ----------
    before, after : frames of `queries.sessions`; sessions that do not compare with the newest of both are
    left
        out, and the overall is taken only where the same parts were measured
    """
    both = pl.concat([before, after]).unique("session_id")
    later = pl.col("session_id").is_in(after["session_id"].implode())
    alike = comparable(both)
    rows = []
    for name in SCORES:
        scored = (with_same_parts(alike) if name == "overall" else alike).drop_nulls(name)
        rows.append((name, scored.filter(~later)[name].to_numpy(), scored.filter(later)[name].to_numpy()))
    return _judged(rows, better_is_more=True)


def compare_takes(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Faults of two single sessions, block by block; frame of `COMPARE_SCHEMA`.

    The metrics are "wrong_notes" (share of judged notes), "cents_off" (mean distance of right notes from the
    semitone) and "ms_off" (mean distance from the beat, the session's own mean taken out); less is better.

    Parameters
    ----------
    before, after : frames of `queries_notes.played` with one session each
    """
    first, second = (_blocks(played) for played in (before, after))
    rows = [
        (name, first[name].drop_nulls().to_numpy(), second[name].drop_nulls().to_numpy())
        for name in _TAKE_FAULTS
    ]
    return _judged(rows, better_is_more=False)


def _blocks(played: pl.DataFrame) -> pl.DataFrame:
    """Mean faults of each whole block of notes."""
    judged = with_faults(played).lazy()
    return (
        judged.with_columns((pl.int_range(pl.len()) // BLOCK).alias("block"))
        .group_by("block", maintain_order=True)
        .agg(
            pl.len().alias("notes"),
            pl.col("wrong").mean().alias("wrong_notes"),
            pl.col("cents").filter(~pl.col("wrong")).abs().mean().alias("cents_off"),
            pl.col("off_ms").abs().mean().alias("ms_off"),
        )
        .filter(pl.col("notes") == BLOCK)
        .collect()
    )


def _judged(rows: Sequence[_Row], *, better_is_more: bool) -> pl.DataFrame:
    """The verdict on each row."""
    p = for_several([_chance(first, second) for _, first, second in rows])
    numbers = [
        (name, _mean(first), _mean(second), *_welch(first, second), len(first), len(second), each)
        for (name, first, second), each in zip(rows, p, strict=True)
    ]
    schema = ["metric", "before", "after", "error", "freedom", "before_n", "after_n", "p"]
    types = [pl.String, *[pl.Float64] * 4, *[pl.Int64] * 2, pl.Float64]
    told = pl.DataFrame(numbers, schema=dict(zip(schema, types, strict=True)), orient="row").lazy()
    difference = pl.when(pl.col("p").is_not_null()).then(pl.col("after") - pl.col("before"))
    half = t95(pl.col("freedom").floor().cast(pl.Int64)) * pl.col("error")
    better = pl.col("difference") > 0.0 if better_is_more else pl.col("difference") < 0.0
    verdict = (
        pl.when(pl.col("p").is_null())
        .then(pl.lit(NOT_ENOUGH))
        .when(pl.col("p") >= ALPHA)
        .then(pl.lit(NO_DIFFERENCE))
        .otherwise(pl.when(better).then(pl.lit("better")).otherwise(pl.lit("worse")))
    )
    return typed(
        told.with_columns(difference.alias("difference"))
        .with_columns((difference - half).alias("low"), (difference + half).alias("high"))
        .with_columns(verdict.alias("verdict")),
        COMPARE_SCHEMA,
    )


def _chance(first: Floats, second: Floats) -> float | None:
    return permutation_p(first, second) if min(first.size, second.size) >= MIN_SESSIONS else None


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if values.size else None


def _welch(first: Floats, second: Floats) -> tuple[float | None, float | None]:
    """Standard error of the difference of two means, and its degrees of freedom (Welch & Satterthwaite)."""
    if min(first.size, second.size) < MIN_SESSIONS:
        return None, None
    squares = [values.var(ddof=1) / values.size for values in (first, second)]
    total = float(sum(squares))
    if total == 0.0:
        return 0.0, float(first.size + second.size - 2)
    parts = [square**2 / (values.size - 1) for square, values in zip(squares, (first, second), strict=True)]
    return total**0.5, total**2 / float(sum(parts))
