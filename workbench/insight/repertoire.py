"""What was practised: how the time is spread over scales and over keys.

Pure: frames of `queries.sessions` in, typed frames out.
"""

from datetime import tzinfo

import polars as pl

from dsp.convert import pitch_class_name
from dsp.errors import ScaleError
from dsp.scales import scale_from
from workbench.insight.comparable import practised
from workbench.insight.days import with_days
from workbench.insight.typed import typed

_AMOUNTS = {
    "sessions": pl.Int64(),
    "minutes": pl.Float64(),
    "notes": pl.Int64(),
    "share": pl.Float64(),
    "last_day": pl.Date(),
}

SCALES_SCHEMA = pl.Schema(
    {"scale": pl.String(), "scale_chosen": pl.String(), "scale_type": pl.String(), **_AMOUNTS}
)
"""One row for each scale, most practised first: its name, its two columns of a session, finished sessions,
minutes, note events heard, share of all minutes (0..1, null when no session has a length), day of the
last."""

KEYS_SCHEMA = pl.Schema({"tonic": pl.Int64(), "key": pl.String(), **_AMOUNTS})
"""One row for each tonic, from C up: pitch class, name, and as in `SCALES_SCHEMA`. Scales whose name cannot
be read have no row."""


def scales(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """How much each scale was practised; frame of `SCALES_SCHEMA`."""
    by = ["scale", "scale_chosen", "scale_type"]
    amounts = _amounts(sessions, by, zone).sort("minutes", "scale", descending=[True, False])
    return typed(amounts, SCALES_SCHEMA)


def keys(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """How much each tonic was practised, over all kinds of scale; frame of `KEYS_SCHEMA`."""
    amounts = _amounts(sessions, ["tonic", "key"], zone).filter(pl.col("tonic").is_not_null())
    return typed(amounts.sort("tonic"), KEYS_SCHEMA)


def _amounts(sessions: pl.DataFrame, by: list[str], zone: tzinfo | None) -> pl.LazyFrame:
    finished = with_days(practised(sessions), zone)
    pairs = finished.select("scale_chosen", "scale_type").unique()
    minutes = pl.col("duration_seconds").sum() / 60.0
    return (
        finished.lazy()
        .join(_named(pairs).lazy(), on=["scale_chosen", "scale_type"])
        .group_by(by)
        .agg(
            pl.len().alias("sessions"),
            minutes.alias("minutes"),
            pl.col("total_notes_played").sum().alias("notes"),
            pl.col("day").max().alias("last_day"),
        )
        .with_columns(
            pl.when(pl.col("minutes").sum() > 0.0)
            .then(pl.col("minutes") / pl.col("minutes").sum())
            .alias("share")
        )
    )


def _named(pairs: pl.DataFrame) -> pl.DataFrame:
    """Name and tonic of each pair of scale_chosen and scale_type."""
    schema = {
        "scale_chosen": pl.String,
        "scale_type": pl.String,
        "scale": pl.String,
        "tonic": pl.Int64,
        "key": pl.String,
    }
    rows = [(chosen, kind, *_name_and_tonic(chosen, kind)) for chosen, kind in pairs.iter_rows()]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _name_and_tonic(chosen: str, kind: str) -> tuple[str, int | None, str | None]:
    try:
        scale = scale_from(chosen, kind)
    except ScaleError:
        return f"{chosen} {kind}", None, None
    return scale.name, scale.tonic, pitch_class_name(scale.tonic)
