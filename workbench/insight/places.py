"""The places where a weak spot can be: degree, transition, pitch and tempo.

Conventions
-----------
A place has a `kind` and a number `place` within it; places of the ordered kinds with neighbouring numbers are
neighbours. All are places of the note that was probably meant (`targets`).

- "degree": tone of a kind of scale; places of different kinds of scale are no neighbours
- "transition": how the hand got there, in classes of intervals, down negative
- "pitch": regions that begin at an open string of the standard tuning, and at the positions above
- "tempo": the session's click in bands of ten beats a minute
"""

from itertools import pairwise

import polars as pl

KINDS = ("degree", "transition", "pitch", "tempo")

MOVES = ((0, 0), (1, 2), (3, 4), (5, 5), (6, 7), (8, 127))
"""Least and greatest size of each class of interval in semitones: the same note, steps, thirds, .."""

REGIONS = (0, 40, 45, 50, 55, 59, 64, 69, 74, 128)
"""First pitch of each region, MIDI: the open strings E2 A2 D3 G3 B3 E4, then every five frets of the
highest."""

TEMPO_STEP = 10

SCALE_STEP = 100
"""Between the first degrees of two kinds of scale, so that no scale reaches into the next."""


def with_places(notes: pl.DataFrame) -> pl.DataFrame:
    """Add a column for each of `KINDS`, the number of the note's place, null where it has none.

    Parameters
    ----------
    notes : frame of `targets.with_targets`
    """
    move = pl.when(pl.col("leap").is_not_null()).then(pl.col("target").diff().over("session_id"))
    size = pl.coalesce(
        pl.when(move.abs().is_between(low, high)).then(index) for index, (low, high) in enumerate(MOVES)
    )
    region = pl.coalesce(
        pl.when((pl.col("target") >= low) & (pl.col("target") < high)).then(index)
        for index, (low, high) in enumerate(pairwise(REGIONS))
    )
    scale = pl.col("kind").rank("dense").cast(pl.Int64)
    return notes.with_columns(
        (SCALE_STEP * scale + pl.col("degree")).alias("degree"),
        (size * move.sign()).cast(pl.Int64).alias("transition"),
        region.cast(pl.Int64).alias("pitch"),
        (pl.col("bpm") // TEMPO_STEP).cast(pl.Int64).alias("tempo"),
    )


def neighbours(places: list[tuple[str, str, int]]) -> list[tuple[str, str, range]]:
    """Places (kind, fault, number) with neighbouring ones of the same fault made one, in order of their
    first.

    Degrees stay single, and a leap up is no neighbour of one down.
    """
    spots: list[tuple[str, str, range]] = []
    for kind, fault, place in places:
        joined = range(place, place + 1)
        kept = []
        for spot in spots:
            if spot[:2] == (kind, fault) and _touch(kind, spot[2], joined):
                joined = range(min(spot[2].start, joined.start), max(spot[2].stop, joined.stop))
            else:
                kept.append(spot)
        first = next((i for i, spot in enumerate(spots) if spot not in kept), len(spots))
        kept.insert(first, (kind, fault, joined))
        spots = kept
    return spots


def _touch(kind: str, first: range, second: range) -> bool:
    if kind == "degree":
        return False
    if kind == "transition" and (0 in first or 0 in second or (first.start > 0) != (second.start > 0)):
        return False
    return first.start <= second.stop and second.start <= first.stop
