"""The weekly report's pictures of notes: a moment as it was played, and the neck, drawn for paper.

Conventions
-----------
Time runs right and pitch up. The shape of a mark says what is the matter: a disc is right, a cross outside
the scale; a triangle points up for sharp, down for flat, left for early and right for late.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import polars as pl

from dsp.convert import note_name
from dsp.tuning import STANDARD, Tuning
from workbench.charts.paper import GRID, INK, LINE, MUTED, ORANGE, PAGE_PX, PALE, RED, Drawing

MOMENT_PX, MOMENT_HIGH = 332.0, 106.0

NO_NUMBERS: Mapping[int, str] = MappingProxyType({})

FRETS = 15
INLAYS = (3, 5, 7, 9, 12, 15)

_NECK_LEFT, _NECK_TOP, _STRING = 34.0, 18.0, 22.0

MARK_OF = {
    None: "right",
    "wrong": "wrong",
    "sharp": "sharp",
    "flat": "flat",
    "early": "early",
    "late": "late",
}
"""The mark of each fault of `insight.moments.told`."""


def moment(notes: pl.DataFrame, said: str, *, flats: bool = False) -> Drawing:
    """The notes of a moment, each with its mark, on lines for the pitches that were played.

    Parameters
    ----------
    notes : frame of `insight.moments.told`, those of the moment
    said : what is to be seen, for those who can't
    flats : spell black keys with flats
    """
    drawing = Drawing(said, MOMENT_PX, MOMENT_HIGH)
    pitches = notes["semitone"].unique().sort().to_list()
    left, right, top, bottom = 34.0, MOMENT_PX - 12.0, 12.0, MOMENT_HIGH - 24.0
    step = (bottom - top) / max(len(pitches) - 1, 1)
    height = {pitch: bottom - index * step for index, pitch in enumerate(pitches)}
    each = max(1, -(-len(pitches) // 8))
    for index, pitch in enumerate(pitches):
        drawing.line((left, height[pitch]), (right, height[pitch]), stroke=GRID, stroke_width=1)
        if index % each == 0:
            name = note_name(pitch, flats=flats)
            at = (left - 6.0, height[pitch] + 3.5)
            drawing.words(name, at, fill=MUTED, font_size=10, text_anchor="end")
    start, end = float(notes["onset_s"].min()), float(notes["onset_s"].max())  # type: ignore[arg-type]
    across = (right - left - 20.0) / max(end - start, 0.001)
    for onset, pitch, fault in notes.select("onset_s", "semitone", "fault").iter_rows():
        drawing.mark(MARK_OF[fault], (left + 10.0 + (onset - start) * across, height[pitch]), 4.6)
    drawing.line((left, MOMENT_HIGH - 16.0), (right, MOMENT_HIGH - 16.0), stroke=LINE, stroke_width=0.8)
    for second, x, anchor in ((start, left + 10.0, "start"), (end, right - 10.0, "end")):
        at = (x, MOMENT_HIGH - 4.0)
        drawing.words(clock(second), at, fill=MUTED, font_size=10, text_anchor=anchor)
    return drawing


def key_to_marks() -> Drawing:
    """What each mark means."""
    drawing = Drawing("Key to the marks", PAGE_PX, 18.0)
    at = 6.0
    for kind, word in (
        ("right", "right"),
        ("wrong", "outside the scale"),
        ("sharp", "sharp"),
        ("flat", "flat"),
        ("early", "early"),
        ("late", "late"),
    ):
        drawing.mark(kind, (at, 9.0), 4.6)
        drawing.words(word, (at + 10.0, 12.5), font_size=10.5)
        at += 32.0 + 5.6 * len(word)
    return drawing


def neck(
    places: pl.DataFrame,
    numbers: Mapping[int, str] = NO_NUMBERS,
    *,
    tuning: Tuning = STANDARD,
    frets: int = FRETS,
) -> Drawing:
    """Circles where was played, larger for more, their dark part the share of notes that were out of tune.

    Parameters
    ----------
    places : frame of `insight.heat.by_position`
    numbers : what to write beside the places of a pitch: {67: "1"}
    tuning : the strings, low to high; the lowest is drawn at the bottom, as in tablature
    frets : highest fret drawn
    """
    strings = len(tuning.strings)
    high = _NECK_TOP + strings * _STRING + 10.0
    drawing = Drawing("The neck: where was played and how many notes were off there", PAGE_PX, high)
    fret_px = (PAGE_PX - _NECK_LEFT - 30.0) / (frets + 1)
    bottom = _NECK_TOP + (strings - 1) * _STRING
    for fret in range(frets + 1):
        x = _NECK_LEFT + (fret + 1.0) * fret_px
        style = {"stroke": INK, "stroke_width": 4} if fret == 0 else {"stroke": LINE, "stroke_width": 0.9}
        drawing.line((x, _NECK_TOP - 8.0), (x, bottom + 8.0), **style)
        if fret in (0, *INLAYS):
            at = (x - 0.5 * fret_px, bottom + 25.0)
            drawing.words(str(fret), at, fill=MUTED, font_size=10, text_anchor="middle")
    for index, midi in enumerate(tuning.strings):
        y = bottom - index * _STRING
        drawing.line(
            (_NECK_LEFT, y),
            (_NECK_LEFT + (frets + 1) * fret_px, y),
            stroke=LINE,
            stroke_width=1.6 - 0.2 * index,
        )
        drawing.words(
            note_name(midi), (_NECK_LEFT - 8.0, y + 3.5), fill=MUTED, font_size=10, text_anchor="end"
        )
    most = float(places["notes"].max() or 1)  # type: ignore[arg-type]
    hatch = drawing.hatching("neck-off", ORANGE)
    for row in places.filter(pl.col("fret") <= frets).iter_rows(named=True):
        centre = (_NECK_LEFT + (row["fret"] + 0.5) * fret_px, bottom - row["string"] * _STRING)
        _place(drawing, centre, row, most, hatch)
        if row["semitone"] in numbers and not _outside(row):
            _number(drawing, centre, numbers[row["semitone"]])
    return drawing


def _place(
    drawing: Drawing, centre: tuple[float, float], row: Mapping[str, Any], most: float, hatch: str
) -> None:
    """One circle, or a cross where the notes lay outside the scale."""
    radius = 3.0 + 8.5 * (row["notes"] / most) ** 0.5
    if _outside(row):
        half = 0.55 * radius
        for slope in (1.0, -1.0):
            ends = (
                (centre[0] - half, centre[1] - slope * half),
                (centre[0] + half, centre[1] + slope * half),
            )
            drawing.line(*ends, stroke=RED, stroke_width=2.0)
        return
    drawing.disc(centre, radius, fill=PALE, stroke=INK, stroke_width=0.8)
    share = row["tune_share"]
    if share:
        drawing.disc(centre, radius * share**0.5, fill=hatch, stroke=INK, stroke_width=0.8)


def _outside(row: Mapping[str, Any]) -> bool:
    return bool(2 * row["wrong"] >= row["notes"])


def _number(drawing: Drawing, centre: tuple[float, float], number: str) -> None:
    at = (centre[0] + 8.0, centre[1] - 6.0)
    halo = {"paint_order": "stroke", "stroke": "#ffffff", "stroke_width": 3}
    drawing.words(number, at, font_size=11, font_weight="bold", **halo)


def clock(seconds: float) -> str:
    """Time into a session as a player reads it: 65.2 -> "1:05"."""
    minutes, rest = divmod(int(max(seconds, 0.0)), 60)
    return f"{minutes}:{rest:02d}"
