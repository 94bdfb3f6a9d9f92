"""How sure a mean of few sessions is: its 95 % interval by Student's t.

One session says nothing about the spread, so its interval is null.
"""

import polars as pl

_T95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""97.5 % point of Student's t for 1 to 30 degrees of freedom."""

Z95 = 1.959964
"""97.5 % point of the normal law."""


def t95(freedom: pl.Expr) -> pl.Expr:
    """97.5 % point of Student's t; null below one degree of freedom.

    Above 30 the first terms of its expansion around the normal law (Fisher & Cornish 1960) err by < 0.001.
    """
    table = {index + 1: value for index, value in enumerate(_T95)}
    few = freedom.replace_strict(table, default=None, return_dtype=pl.Float64)
    first, second = (Z95**3 + Z95) / 4.0, (5.0 * Z95**5 + 16.0 * Z95**3 + 3.0 * Z95) / 96.0
    many = Z95 + first / freedom + second / freedom**2
    return pl.when(freedom > len(_T95)).then(many).otherwise(few)


def mean_with_interval(score: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """Aggregations of a column of scores in 0..1, nulls left out.

    Returns
    -------
    expressions named `mean`, `low`, `high` (within 0..1, null below two scores) and `sessions` (how many)
    """
    count = score.count().cast(pl.Int64)
    half = t95(count - 1) * score.std() / count.sqrt()
    return (
        score.mean().alias("mean"),
        (score.mean() - half).clip(0.0, 1.0).alias("low"),
        (score.mean() + half).clip(0.0, 1.0).alias("high"),
        count.alias("sessions"),
    )
