"""Where on the neck: how often each pitch was played, at every place where it can be played.

The engine hears a pitch and not a finger, so a note counts at each of its places unless string and fret are
known.
"""

from collections.abc import Sequence
from typing import Any

import holoviews as hv
import numpy as np
import polars as pl

from dsp.convert import note_name
from dsp.tuning import STANDARD, Tuning
from workbench.charts.finish import finished, tooltip, words_only
from workbench.charts.theme import Palette, palette

FRETS = 15
INLAYS = (3, 5, 7, 9, 12, 15)


def heat(notes: pl.DataFrame, *, tuning: Tuning = STANDARD, frets: int = FRETS, dark: bool = False) -> Any:
    """Circles on the neck, larger where more was played; a cross where half or more was outside the scale.

    Parameters
    ----------
    notes : frame of `store.queries.notes`; unjudged events are left out
    tuning : the strings, low to high; the lowest is drawn at the bottom, as in tablature
    frets : highest fret drawn
    """
    colours = palette(dark)
    places = _places(notes, tuning, frets)
    if places.is_empty():
        return words_only("No judged notes to show on the neck.", height=220, colours=colours)
    marks = [
        _circles(part, wrong, places["notes"].max(), colours)
        for wrong in (False, True)
        if not (part := places.filter(wrong=wrong)).is_empty()
    ]
    return on_neck(marks, tuning, frets, colours)


def on_neck(marks: Sequence[Any], tuning: Tuning, frets: int, colours: Palette) -> Any:
    """Marks at (fret, string) over the strings and frets of a neck, the lowest string at the bottom."""
    top = len(tuning.strings) - 0.4
    ends = ["fret", "string", "fret to", "string to"]
    bars = [fret + 0.5 for fret in range(frets + 1)]
    neck = hv.Segments((bars, -0.6, bars, top), ends).opts(color=colours.line, line_width=1, alpha=0.6)
    nut = hv.Segments((0.5, -0.6, 0.5, top), ends).opts(color=colours.outline, line_width=4)
    return finished(
        hv.Overlay([neck, nut, *marks]),
        colours,
        height=230,
        grid="y",
        xlim=(-0.6, frets + 0.6),
        ylim=(-0.6, top),
        xticks=[(fret, str(fret)) for fret in (0, *INLAYS) if fret <= frets],
        yticks=[(index, note_name(midi)) for index, midi in enumerate(tuning.strings)],
        xlabel="fret",
        ylabel="",
    )


def _circles(places: pl.DataFrame, wrong: bool, most: Any, colours: Any) -> Any:
    size = 7.0 + 13.0 * np.sqrt(places["notes"].to_numpy() / float(most))
    columns = {name: places[name].to_numpy() for name in ("fret", "string", "name", "what")}
    points = hv.Points({**columns, "size": size}, ["fret", "string"], ["name", "what", "size"])
    return points.opts(
        marker="x" if wrong else "circle",
        size=hv.dim("size") * (0.6 if wrong else 1.0),
        color=colours.wrong if wrong else colours.right,
        line_color=colours.wrong if wrong else colours.outline,
        line_width=3 if wrong else 0.75,
        tools=["hover"],
        hover_tooltips=tooltip("name", "what"),
    )


def _places(notes: pl.DataFrame, tuning: Tuning, frets: int) -> pl.DataFrame:
    """One row for each place that was, or may have been, played."""
    judged = notes.filter(pl.col("in_scale").is_not_null() & pl.col("midi").is_not_null())
    rows = []
    for midi, in_scale, string, fret in judged.select("midi", "in_scale", "string", "fret").iter_rows():
        known = (
            ((string, fret),) if string is not None and fret is not None else tuning.positions(midi, frets)
        )
        rows += [(place[0], place[1], note_name(midi), not in_scale) for place in known]
    schema = {"string": pl.Int64, "fret": pl.Int64, "name": pl.String, "outside": pl.Boolean}
    return (
        pl.DataFrame(rows, schema=schema, orient="row")
        .group_by("string", "fret", "name", maintain_order=True)
        .agg(pl.len().alias("notes"), pl.col("outside").sum())
        .with_columns(
            (pl.col("outside") * 2 >= pl.col("notes")).alias("wrong"),
            pl.format("{} played, {} outside the scale", "notes", "outside").alias("what"),
        )
    )
