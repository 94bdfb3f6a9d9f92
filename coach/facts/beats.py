"""Notes to a beat of the click: what was meant is not kept, so it is what was mostly played."""

import polars as pl

NOTES_PER_BEAT = (1, 2, 3, 4, 6, 8)
"""What Practice offers."""


def notes_per_beat(played: pl.DataFrame) -> pl.DataFrame:
    """Session and notes to a beat, by the median time between notes; no row for sessions without a click.

    Parameters
    ----------
    played : frame of `queries_notes.played`

    Returns
    -------
    frame with `session_id` and `notes_per_beat`, one of `NOTES_PER_BEAT`
    """
    steps = pl.col("onset_s").diff().over("session_id")
    counted = (60.0 / pl.col("bpm") / pl.col("step")).clip(NOTES_PER_BEAT[0], NOTES_PER_BEAT[-1])
    offered = pl.DataFrame({"notes_per_beat": NOTES_PER_BEAT}, schema={"notes_per_beat": pl.Int64})
    return (
        played.filter(pl.col("bpm").is_not_null(), pl.col("in_scale").is_not_null())
        .with_columns(steps.alias("step"))
        .group_by("session_id", "bpm")
        .agg(pl.col("step").median())
        .filter(pl.col("step") > 0.0)
        .select("session_id", counted.alias("counted"))
        .join(offered, how="cross")
        .sort((pl.col("counted") - pl.col("notes_per_beat")).abs(), "notes_per_beat")
        .unique("session_id", keep="first", maintain_order=True)
        .select("session_id", "notes_per_beat")
    )


def newest_notes_per_beat(played: pl.DataFrame) -> int:
    """Notes to a beat in the newest session with a click; 1 without any."""
    clicked = played.filter(pl.col("bpm").is_not_null()).sort("start_timestamp", maintain_order=True)
    if clicked.is_empty():
        return 1
    found = notes_per_beat(clicked.filter(session_id=clicked["session_id"].item(-1)))
    return 1 if found.is_empty() else int(found["notes_per_beat"].item())
