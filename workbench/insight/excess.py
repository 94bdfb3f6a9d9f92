"""How much more often a fault happens at a place than elsewhere in the same sessions.

Method
------
Days differ, so a place is held against the rest of its own session: the Mantel-Haenszel risk difference
with sessions as strata (Greenland & Robins 1985). Notes of a session are not independent, so the variance
comes from how the difference scatters between the sessions, and is never taken smaller than chance alone
would make it. Student's t has as many degrees of freedom as there are sessions less one.

A tempo is the same for a whole session. Its sessions are held against the others by their rates, from which
the slow change over the sessions (a straight line) has been taken out, since whoever improves also plays
faster; the test is Welch's."""

import polars as pl

from workbench.insight.faults import FAULTS
from workbench.insight.places import KINDS
from workbench.insight.spread import t95

MIN_NOTES = 30
"""Notes at a place (right ones, when wrong ones are counted): with fewer, a fault that should come once in
ten has often not come at all."""

MIN_SESSIONS = 4
"""Sessions that went there: one evening proves nothing about the next."""


def cells(notes: pl.DataFrame) -> pl.DataFrame:
    """Counts for each session, combination of places and fault: columns session_id, began, `KINDS`, fault,
    notes (of which it could be told), faults.

    Parameters
    ----------
    notes : frame of `places.with_places`
    """
    by = ["session_id", "start_timestamp", *KINDS]
    return (
        notes.lazy()
        .unpivot(on=list(FAULTS), index=by, variable_name="fault", value_name="is")
        .drop_nulls("is")
        .group_by(*by, "fault")
        .agg(pl.len().cast(pl.Int64).alias("notes"), pl.col("is").sum().cast(pl.Int64).alias("faults"))
        .rename({"start_timestamp": "began"})
        .collect()
    )


# Where a wrong note was meant to go is a guess, and guesses would fill a place that is hardly ever played.
_SURE_OF = (
    pl.when(pl.col("fault") == "wrong").then((1.0 - pl.col("rate")) * pl.col("notes")).otherwise("notes")
)

_TOLD = ("sessions", "rate", "excess", "error", "freedom")


def excess(counted: pl.DataFrame) -> pl.DataFrame:
    """Excess of each fault at each place that was played enough.

    Parameters
    ----------
    counted : frame of `cells`

    Returns
    -------
    frame with the columns kind, place, fault, notes, sessions, rate (faults of the notes there), excess (how
    much higher than elsewhere), low and high (its 95 % interval), t and freedom of Student's law
    """
    within = [_within_sessions(counted, kind) for kind in KINDS if kind != "tempo"]
    return (
        pl.concat([*within, _between_sessions(counted)])
        .filter(_SURE_OF >= MIN_NOTES, pl.col("sessions") >= MIN_SESSIONS, pl.col("error") > 0.0)
        .with_columns((t95(pl.col("freedom")) * pl.col("error")).alias("half"))
        .select(
            "kind",
            "place",
            "fault",
            "notes",
            "sessions",
            "rate",
            "excess",
            (pl.col("excess") - pl.col("half")).alias("low"),
            (pl.col("excess") + pl.col("half")).alias("high"),
            (pl.col("excess") / pl.col("error")).alias("t"),
            "freedom",
        )
        .sort("kind", "place", "fault")
        .collect()
    )


def _within_sessions(counted: pl.DataFrame, kind: str) -> pl.LazyFrame:
    """The Mantel-Haenszel risk difference of each place of a kind."""
    known = counted.lazy().filter(pl.col(kind).is_not_null())
    sums = [pl.col("notes").sum(), pl.col("faults").sum()]
    whole = known.group_by("session_id", "fault").agg(sums)
    n, rest = pl.col("notes"), pl.col("notes_whole") - pl.col("notes")
    usual = pl.col("faults_whole") / pl.col("notes_whole")
    strata = (
        known.group_by("session_id", "fault", pl.col(kind).alias("place"))
        .agg(sums)
        .join(whole, on=["session_id", "fault"], suffix="_whole")
        .filter(rest > 0)
        .with_columns(
            (n * rest / pl.col("notes_whole")).alias("weight"),
            (pl.col("faults") / n - (pl.col("faults_whole") - pl.col("faults")) / rest).alias("difference"),
            (usual * (1.0 - usual)).alias("chance"),
        )
    )
    weight, difference = pl.col("weight"), pl.col("difference")
    mean = (weight * difference).sum() / weight.sum()
    count = pl.len().cast(pl.Float64)
    scatter = (weight**2 * (difference - mean) ** 2).sum() * count / (count - 1.0)
    # The variance of weight * difference by chance is weight * chance.
    least = (weight * pl.col("chance")).sum()
    return (
        strata.group_by("place", "fault")
        .agg(
            pl.col("notes").sum(),
            pl.len().cast(pl.Int64).alias("sessions"),
            (pl.col("faults").sum() / pl.col("notes").sum()).alias("rate"),
            mean.alias("excess"),
            (pl.max_horizontal(scatter, least).sqrt() / weight.sum()).alias("error"),
            (pl.len().cast(pl.Int64) - 1).alias("freedom"),
        )
        .select(pl.lit(kind).alias("kind"), "place", "fault", "notes", *_TOLD)
    )


def _between_sessions(counted: pl.DataFrame) -> pl.LazyFrame:
    """The difference of the sessions at each tempo from the others, the slow change taken out (Welch)."""
    sessions = _steady_rates(counted)
    # Sums are taken about the mean of all, so that squares lose nothing to rounding.
    sums = [
        pl.len().cast(pl.Float64).alias("k"),
        pl.col("left").sum().alias("sum"),
        (pl.col("left") ** 2).sum().alias("squares"),
    ]
    k, rest = pl.col("k"), pl.col("k_whole") - pl.col("k")
    here, there = pl.col("sum") / k, (pl.col("sum_whole") - pl.col("sum")) / rest
    square = (pl.col("squares") - k * here**2) / (k - 1.0) / k
    square_there = (pl.col("squares_whole") - pl.col("squares") - rest * there**2) / (rest - 1.0) / rest
    both = pl.col("square") + pl.col("square_there")
    freedom = both**2 / (pl.col("square") ** 2 / (k - 1.0) + pl.col("square_there") ** 2 / (rest - 1.0))
    return (
        sessions.group_by("fault", "place")
        .agg(pl.col("notes").sum(), pl.col("faults").sum(), *sums)
        .join(sessions.group_by("fault").agg(sums), on="fault", suffix="_whole")
        .filter(pl.min_horizontal(k, rest) >= MIN_SESSIONS)
        .with_columns(
            square.clip(lower_bound=0.0).alias("square"),
            square_there.clip(lower_bound=0.0).alias("square_there"),
        )
        .select(
            pl.lit("tempo").alias("kind"),
            "place",
            "fault",
            "notes",
            k.cast(pl.Int64).alias("sessions"),
            (pl.col("faults") / pl.col("notes")).alias("rate"),
            (here - there).alias("excess"),
            both.sqrt().alias("error"),
            freedom.fill_nan(1.0).floor().cast(pl.Int64).alias("freedom"),
        )
    )


def _steady_rates(counted: pl.DataFrame) -> pl.LazyFrame:
    """One row for each session, fault and tempo: what is `left` of the rate without its line over the
    sessions."""
    when, rate = pl.col("began").rank("dense").cast(pl.Float64), pl.col("faults") / pl.col("notes")
    run, off = pl.col("run"), pl.col("off")
    slope = (run * off).sum() / (run**2).sum()
    return (
        counted.lazy()
        .filter(pl.col("tempo").is_not_null())
        .group_by("session_id", "began", "fault", pl.col("tempo").alias("place"))
        .agg(pl.col("notes").sum(), pl.col("faults").sum())
        .filter(pl.col("notes") >= MIN_NOTES)
        .with_columns(
            (when - when.mean()).over("fault").alias("run"), (rate - rate.mean()).over("fault").alias("off")
        )
        .with_columns((off - slope.over("fault").fill_nan(0.0) * run).alias("left"))
    )
