"""Where on the neck a fault lies: the fuller a circle, the more of the notes played there had it.

Size says how often a pitch was played, filling how much of it went wrong, so that the chart reads without
colour. A pitch that has several places stands at each of them: the engine hears no finger.
"""

from typing import Any, Literal

import holoviews as hv
import numpy as np
import polars as pl

from dsp.tuning import STANDARD, Tuning
from workbench.charts.finish import tooltip, words_only
from workbench.charts.fretboard import FRETS, on_neck
from workbench.charts.theme import palette

Fault = Literal["wrong", "tune", "beat"]

WORDS: dict[Fault, str] = {"wrong": "outside the scale", "tune": "out of tune", "beat": "off the beat"}
_OF: dict[Fault, pl.Expr] = {
    "wrong": pl.col("notes"),
    "tune": pl.col("notes") - pl.col("wrong"),
    "beat": pl.col("timed"),
}
_SMALLEST, _LARGEST = 10.0, 26.0
"""Diameters in px on a wide page."""

_NARROW, _NARROW_FRETS = 0.62, 12
"""On a phone the circles shrink and the neck ends at the twelfth fret, or neighbours would touch."""

_TOO_FEW = 6.0
"""Diameter in px of a pitch that was played too little to tell."""


def neck(
    positions: pl.DataFrame,
    fault: Fault,
    *,
    tuning: Tuning = STANDARD,
    frets: int = FRETS,
    narrow: bool = False,
    dark: bool = False,
) -> Any:
    """Circles on the neck, filled as far as the notes there had a fault; a hollow dot had too few to tell.

    Parameters
    ----------
    positions : frame of `insight.heat.by_position` for the same tuning
    fault : which one
    frets : highest fret drawn
    narrow : for a page as narrow as a phone
    """
    colours = palette(dark)
    frets = min(frets, _NARROW_FRETS) if narrow else frets
    shown = positions.with_columns(_OF[fault].alias("of")).filter(
        pl.col("of") > 0, pl.col("fret") <= frets, pl.col("string") < len(tuning.strings)
    )
    if shown.is_empty():
        sentence = (
            "No notes with a beat to be early or late against." if fault == "beat" else "No judged notes."
        )
        return words_only(sentence, height=220, colours=colours)
    share = shown[f"{fault}_share"].to_numpy()
    size = _SMALLEST + (_LARGEST - _SMALLEST) * np.sqrt(shown["of"].to_numpy() / float(shown["of"].max()))  # type: ignore[arg-type]
    size *= _NARROW if narrow else 1.0
    some = np.nan_to_num(share) > 0.0
    # Area, not diameter, is what an eye compares.
    core = _circles(shown.filter(pl.Series(some)), fault, (size * np.sqrt(share))[some]).opts(
        color=colours.wrong if fault == "wrong" else colours.off, line_color=colours.outline, line_width=0.75
    )
    ring = _circles(shown, fault, np.where(np.isnan(share), _TOO_FEW, size)).opts(
        color=colours.surface,
        line_color=colours.right,
        line_width=2,
        tools=["hover"],
        hover_tooltips=tooltip("name", "what"),
    )
    return on_neck([ring, core], tuning, frets, colours)


def _circles(shown: pl.DataFrame, fault: Fault, size: Any) -> Any:
    columns = {name: shown[name].to_numpy() for name in ("fret", "string", "name")}
    said = np.array([_said(row, fault) for row in shown.iter_rows(named=True)], dtype=str)
    points = hv.Points({**columns, "size": size, "what": said}, ["fret", "string"], ["name", "what", "size"])
    return points.opts(marker="circle", size="size")


def _said(row: dict[str, Any], fault: Fault) -> str:
    share, many = row[f"{fault}_share"], f"{row['of']} {'note' if row['of'] == 1 else 'notes'}"
    if share is None:
        return f"{many}: not enough to tell"
    return (
        f"{100 * share:.0f} % of {many} {WORDS[fault]} "
        f"({100 * row[f'{fault}_low']:.0f} to {100 * row[f'{fault}_high']:.0f})"
    )
