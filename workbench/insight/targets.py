"""Which note was probably meant where a wrong one sounded.

Nobody tells the engine what a player means. A finger that misses lands most often a semitone beside, so the
tones of the scale next to the wrong note are the candidates (a semitone away, else two), and each is
weighed by how often this player goes from the note before to it and from it to the note after, counted over
their right notes. The heavier one is taken. It is a guess, and everything that rests on it says "probably".
"""

import polars as pl

from dsp.errors import ScaleError
from dsp.scales import scale_from
from workbench.insight.intervals import scale_kind

_UNSEEN = 0.5
"""Weight of a move that was never seen: rare is not impossible."""


def with_targets(notes: pl.DataFrame) -> pl.DataFrame:
    """Add `target` (the semitone probably meant, of a right note its own), `degree` and `kind` of its scale.

    Parameters
    ----------
    notes : frame of `faults.with_faults`

    Returns
    -------
    the same rows in the same order; degree and kind are null where the name of the scale cannot be read, or
    where the target lies outside it
    """
    linked = notes.lazy().with_columns(
        pl.int_range(pl.len()).alias("row"),
        pl.when(pl.col("leap").is_not_null()).then(pl.col("semitone") - pl.col("leap")).alias("before"),
        pl.when(pl.col("leap").shift(-1).is_not_null())
        .then(pl.col("semitone") + pl.col("leap").shift(-1))
        .over("session_id")
        .alias("after"),
    )
    tones = _tones(notes)
    guessed = _guessed(linked, tones)
    return (
        linked.join(guessed, on="row", how="left", maintain_order="left")
        .with_columns(pl.coalesce("guess", "semitone").alias("target"))
        .with_columns((pl.col("target") % 12).alias("pitch_class"))
        .join(tones, on=["scale_chosen", "scale_type", "pitch_class"], how="left", maintain_order="left")
        .select(*notes.columns, "target", "degree", "kind")
        .collect()
    )


def _tones(notes: pl.DataFrame) -> pl.LazyFrame:
    """Pitch class and degree of each tone of each scale."""
    rows = []
    for chosen, name in notes.select("scale_chosen", "scale_type").unique().iter_rows():
        try:
            scale = scale_from(chosen, name)
        except ScaleError:
            continue
        kind = scale_kind(scale)
        rows += [(chosen, name, tone, index + 1, kind) for index, tone in enumerate(scale.pitch_classes)]
    schema = {
        "scale_chosen": pl.String,
        "scale_type": pl.String,
        "pitch_class": pl.Int64,
        "degree": pl.Int64,
        "kind": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row").lazy()


def _guessed(linked: pl.LazyFrame, tones: pl.LazyFrame) -> pl.LazyFrame:
    """Row and guess of every wrong note that has a candidate."""
    moves = (
        linked.filter(pl.col("in_scale"), pl.col("before").is_not_null())
        .group_by("before", "semitone")
        .agg(pl.len().alias("seen"))
    )
    candidates = (
        linked.filter("wrong")
        .select("row", "scale_chosen", "scale_type", "semitone", "before", "after")
        .join(pl.LazyFrame({"aside": [-1, 1, -2, 2]}, schema={"aside": pl.Int64}), how="cross")
        .with_columns((pl.col("semitone") + pl.col("aside")).alias("guess"))
        .with_columns((pl.col("guess") % 12).alias("pitch_class"))
        .join(tones, on=["scale_chosen", "scale_type", "pitch_class"])
        .filter(pl.col("aside").abs() == pl.col("aside").abs().min().over("row"))
    )
    into = moves.select(before="before", guess="semitone", seen_into="seen")
    out = moves.select(guess="before", after="semitone", seen_out="seen")
    weight = (pl.col("seen_into").fill_null(0) + _UNSEEN) * (pl.col("seen_out").fill_null(0) + _UNSEEN)
    return (
        candidates.join(into, on=["before", "guess"], how="left")
        .join(out, on=["guess", "after"], how="left")
        .sort(weight, "guess", descending=[True, False])
        .unique("row", keep="first", maintain_order=True)
        .select("row", "guess")
    )
