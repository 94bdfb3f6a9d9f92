"""Like with like: which sessions may stand in one trend.

Conventions
-----------
The source of a session is "practice" (somebody played), "demo" (made up by `fretcoach demo-data`) or
"prototype" (scored by the earlier FretCoach, whose numbers mean something else). The generation of an engine
is its version up to the first dot; within one, scores are comparable.
"""

import polars as pl

PROTOTYPE_ENGINE = "fretcoach-prototype"
"""`engine_version` of sessions that the earlier FretCoach scored."""

DEMO_DEVICE = "demo"
"""`device_type` of sessions that were made up."""

SCORES = ("pitch_accuracy", "scale_conformity", "timing_stability", "noise_control", "overall")
"""Columns of a session that hold a score."""

PARTS = SCORES[:-1]
"""The scores that the overall is made of."""


def source() -> pl.Expr:
    """Where a session comes from, as column `source`."""
    return (
        pl.when(pl.col("engine_version").eq_missing(PROTOTYPE_ENGINE))
        .then(pl.lit("prototype"))
        .when(pl.col("device_type").eq_missing(DEMO_DEVICE))
        .then(pl.lit("demo"))
        .otherwise(pl.lit("practice"))
        .alias("source")
    )


def generation() -> pl.Expr:
    """Generation of the engine that scored a session, as column `generation`."""
    return pl.col("engine_version").str.split(".").list.first().alias("generation")


def measured_parts() -> pl.Expr:
    """Names of the metrics that were measured, as one text in column `parts`."""
    names = [pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in PARTS]
    return pl.concat_str(names, separator="+", ignore_nulls=True).alias("parts")


def practised(sessions: pl.DataFrame) -> pl.DataFrame:
    """The finished sessions whose time counts, oldest first.

    Made-up ones are left out as soon as somebody has really played. The prototype's stay: it scored
    otherwise, but it was practice all the same.

    Parameters
    ----------
    sessions : frame of `queries.sessions`

    Returns
    -------
    the same columns
    """
    finished = sessions.filter(pl.col("end_timestamp").is_not_null()).sort("start_timestamp")
    real = finished.filter(source() != "demo")
    return finished if real.is_empty() else real


def comparable(sessions: pl.DataFrame) -> pl.DataFrame:
    """The finished sessions that may be compared with each other, oldest first.

    The prototype's are left out; made-up ones too as soon as somebody has really played; and those of another
    generation of the engine than the newest session's.

    Parameters
    ----------
    sessions : frame of `queries.sessions`

    Returns
    -------
    the same columns
    """
    finished = (
        sessions.filter(pl.col("end_timestamp").is_not_null(), pl.col("engine_version").is_not_null())
        .with_columns(source(), generation())
        .filter(pl.col("source") != "prototype")
        .sort("start_timestamp")
    )
    played = finished.filter(pl.col("source") == "practice")
    kept = finished if played.is_empty() else played
    return kept.filter(pl.col("generation") == pl.col("generation").last()).select(sessions.columns)


def with_same_parts(sessions: pl.DataFrame) -> pl.DataFrame:
    """The sessions with the same metrics measured as in the newest one: only their overall compares."""
    scored = sessions.filter(pl.col("overall").is_not_null()).sort("start_timestamp")
    return scored.filter(measured_parts() == measured_parts().last())
