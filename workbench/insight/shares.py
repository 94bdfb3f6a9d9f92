"""Counts of faults as shares of the notes they could be told of, with Wilson's interval (1927)."""

import polars as pl

from workbench.insight.spread import Z95

COUNTS = dict.fromkeys(("notes", "wrong", "sharp", "flat", "timed", "early", "late"), pl.Int64())
"""Counts as `queries_notes` gives them: judged notes, each fault, and how many notes had a beat."""

SHARES = {
    f"{share}{end}": pl.Float64()
    for share in ("wrong", "tune", "beat")
    for end in ("_share", "_low", "_high")
}
"""Wrong notes of all, out of tune of the right ones, off the beat of those that had one; each in 0..1 with
its 95 % interval, null below `MIN_NOTES`."""

MIN_NOTES = 8
"""Notes below which no share is given, as for the metrics."""


def wilson(count: pl.Expr, of: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Ends of the 95 % interval of a share of `of` independent trials; nan when `of` is 0."""
    share, n = count / of, of.cast(pl.Float64)
    middle = (share + Z95**2 / (2.0 * n)) / (1.0 + Z95**2 / n)
    half = Z95 / (1.0 + Z95**2 / n) * (share * (1.0 - share) / n + Z95**2 / (4.0 * n**2)).sqrt()
    return (middle - half).clip(0.0, 1.0), (middle + half).clip(0.0, 1.0)


def with_shares(counted: pl.LazyFrame) -> pl.LazyFrame:
    """Add the columns of `SHARES` to a frame with those of `COUNTS`."""
    right = pl.col("notes") - pl.col("wrong")
    parts = {
        "wrong": (pl.col("wrong"), pl.col("notes")),
        "tune": (pl.col("sharp") + pl.col("flat"), right),
        "beat": (pl.col("early") + pl.col("late"), pl.col("timed")),
    }
    columns = []
    for name, (count, of) in parts.items():
        low, high = wilson(count, of)
        for end, value in (("_share", count / of), ("_low", low), ("_high", high)):
            columns.append(pl.when(of >= MIN_NOTES).then(value).alias(name + end))
    return counted.with_columns(columns)
