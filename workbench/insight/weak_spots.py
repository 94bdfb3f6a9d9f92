"""The few places where a player errs more than they usually do, and only those that chance does not explain.

Method
------
Each fault (wrong, sharp, flat, early, late) is looked for at each place (degree, transition, pitch, tempo):
its excess over the player's own rate elsewhere, by `excess`. Many places are looked at, so what is called
found passes Benjamini and Hochberg's procedure at `FALSE_DISCOVERIES`. Of those, the place with the largest
lower bound of the excess comes first; its notes are then set aside for that fault and everything is asked
again, so that a degree is not named for the leap that leads to it. Neighbouring places with the same fault
are one spot. A spot whose lower bound is under `MIN_EXCESS` is too small to be worth a practice.

What is said about wrong notes rests on which note was probably meant (`targets`).
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from workbench.insight.excess import MIN_SESSIONS, cells, excess
from workbench.insight.faults import with_faults
from workbench.insight.places import neighbours, with_places
from workbench.insight.significance import discoveries, upper_tail
from workbench.insight.spot_words import named_place, spot_sentence
from workbench.insight.targets import with_targets
from workbench.insight.typed import typed

RECENT_SESSIONS = 60
"""Sessions that callers should look at: what went wrong two years ago is no weak spot now."""

FALSE_DISCOVERIES = 0.05
"""At most this share of what is called a weak spot may be chance."""

MIN_EXCESS = 0.02
"""Two notes in a hundred: less can be real and still not be what holds a player back."""

MIN_NOTES = 200
"""Judged notes below which nothing is looked for."""

LIMIT = 8
"""Places named at most, before neighbours become one."""

EVIDENCE_SCHEMA = pl.Schema({"notes": pl.Int64, "sessions": pl.Int64, "enough": pl.Boolean})
"""One row: judged notes, sessions that hold them, and whether weak spots can be looked for."""

WEAK_SPOTS_SCHEMA = pl.Schema(
    {
        "kind": pl.String,
        "fault": pl.String,
        "where": pl.String,
        "label": pl.String,
        "n": pl.Int64,
        "sessions": pl.Int64,
        "rate": pl.Float64,
        "usual": pl.Float64,
        "excess": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "p": pl.Float64,
        "sentence": pl.String,
        "scale_chosen": pl.String,
        "scale_type": pl.String,
        "bpm": pl.Float64,
        "lowest": pl.Int64,
        "highest": pl.Int64,
    }
)
"""One row for each weak spot, the worst first.

kind : "degree", "transition", "pitch" or "tempo"
fault : "wrong", "sharp", "flat", "early" or "late"
where : the place as a key that stays the same from week to week ("minor:6", "up:fourth", "64-68", "90-99")
label : the place in words; `sentence` is the whole finding in words
n, sessions : notes at the place of which the fault could be told, and the sessions that went there
rate, usual : share of the notes there with the fault, and elsewhere in the same sessions, 0..1
excess, low, high : the difference and its 95 % interval; rows are ordered by `low`
p : one-sided, not raised for the number of places (the choice has been made already)
scale_chosen, scale_type, bpm : what to practise: the scale in which the place was played most, at four
fifths of
    the tempo; bpm is null where no click was used
lowest, highest : MIDI range of the notes at the place
"""

SLOWER = 0.8
"""A weak spot is practised at four fifths of the tempo at which it shows."""

SLOWEST_BPM = 20.0
"""The slowest click that a practice can have."""

_Place = tuple[str, str, int]
"""Kind, fault and number of a place."""

_Spot = tuple[str, str, range]
"""Kind and fault, and the places that are one spot."""


def evidence(played: pl.DataFrame) -> pl.DataFrame:
    """Whether there is enough to look for weak spots in; frame of `EVIDENCE_SCHEMA`.

    Parameters
    ----------
    played : frame of `queries_notes.played`
    """
    judged = played.lazy().filter(pl.col("in_scale").is_not_null())
    counts = judged.select(pl.len().alias("notes"), pl.col("session_id").n_unique().alias("sessions"))
    enough = (pl.col("notes") >= MIN_NOTES) & (pl.col("sessions") >= MIN_SESSIONS)
    return typed(counts.with_columns(enough.alias("enough")), EVIDENCE_SCHEMA)


def weak_spots(played: pl.DataFrame) -> pl.DataFrame:
    """Where the player errs more than they usually do; frame of `WEAK_SPOTS_SCHEMA`, the worst first.

    Parameters
    ----------
    played : frame of `queries_notes.played`, such as that of the newest `RECENT_SESSIONS`

    Returns
    -------
    no rows where nothing stands out, and none where `evidence` says that there is not enough
    """
    if not evidence(played)["enough"].item():
        return WEAK_SPOTS_SCHEMA.to_frame()
    notes = with_places(with_targets(with_faults(played)))
    counted = cells(notes)
    spots = neighbours(list(_found(counted)))
    rows = [
        _row(spot, told, notes)
        for spot in spots
        for told in _told(spot, spots, counted).iter_rows(named=True)
    ]
    frame = pl.DataFrame(rows, schema=WEAK_SPOTS_SCHEMA, orient="row")
    return frame.sort("low", descending=True, maintain_order=True)


def _found(counted: pl.DataFrame) -> Iterator[_Place]:
    """The places that stand out, the worst first; each is set aside before the next is looked for."""
    for _ in range(LIMIT):
        tested = excess(counted)
        p = upper_tail(tested["t"], tested["freedom"])
        best = tested.filter(pl.Series(discoveries(p, FALSE_DISCOVERIES)), pl.col("low") >= MIN_EXCESS)
        if best.is_empty():
            return
        kind, place, fault = best.sort("low", descending=True).select("kind", "place", "fault").row(0)
        yield kind, fault, place
        counted = counted.filter(~_at(kind, fault, range(place, place + 1)))


def _at(kind: str, fault: str, places: range) -> pl.Expr:
    """Whether a cell belongs to these places and this fault."""
    inside = pl.col(kind).is_between(places.start, places.stop - 1).fill_null(value=False)
    return inside & (pl.col("fault") == fault)


def _told(spot: _Spot, spots: list[_Spot], counted: pl.DataFrame) -> pl.DataFrame:
    """The row of `excess` for one spot with the others of its fault set aside.

    No row when they leave nothing to hold the spot against.
    """
    kind, fault, places = spot
    for other in spots:
        if other != spot and other[1] == fault:
            counted = counted.filter(_at(*spot) | ~_at(*other))
    together = counted.with_columns(
        pl.when(_at(*spot)).then(places.start).otherwise(pl.col(kind)).cast(pl.Int64).alias(kind)
    )
    return excess(together).filter(kind=kind, fault=fault, place=places.start)


def _row(spot: _Spot, told: dict[str, Any], notes: pl.DataFrame) -> dict[str, object]:
    """All there is to say about one spot."""
    kind, fault, places = spot
    there = notes.filter(pl.col(kind).is_between(places.start, places.stop - 1), pl.col(fault).is_not_null())
    where, label = named_place(kind, places, there)
    usual = max(0.0, told["rate"] - told["excess"])
    return {
        "kind": kind,
        "fault": fault,
        "where": where,
        "label": label,
        "n": told["notes"],
        "usual": usual,
        "p": float(upper_tail(told["t"], told["freedom"])),
        "sentence": spot_sentence(fault, label, told["rate"], usual),
        **{name: told[name] for name in ("sessions", "rate", "excess", "low", "high")},
        **_practice(there),
        "lowest": there["target"].min(),
        "highest": there["target"].max(),
    }


def _practice(there: pl.DataFrame) -> dict[str, object]:
    """The scale in which the place was played most, and four fifths of its tempo there."""
    most = there.group_by("scale_chosen", "scale_type").agg(pl.len(), pl.col("bpm").median())
    chosen, kind, _, bpm = most.sort("len", "scale_chosen", "scale_type", descending=True).row(0)
    return {
        "scale_chosen": chosen,
        "scale_type": kind,
        "bpm": None if bpm is None else max(SLOWEST_BPM, float(round(SLOWER * bpm))),
    }
