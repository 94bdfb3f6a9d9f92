"""Spaced practice in a picture: for each thing, from when it was played last to when it comes back."""

from datetime import date
from typing import Any

import holoviews as hv
import numpy as np
import polars as pl
from bokeh.models import DatetimeTickFormatter

from workbench.charts.finish import finished, tooltip, words_only
from workbench.charts.shares import FRAME_PX, ROW_PX
from workbench.charts.theme import palette

DUE_SCHEMA = pl.Schema({"name": pl.String, "last_day": pl.Date, "due_day": pl.Date, "what": pl.String})
"""One row for each thing, from top to bottom: the day on which it was played last (null: never), the day on
which it is due, and how it went in words."""

_MARGIN = np.timedelta64(2, "D")


def due(things: pl.DataFrame, today: date, *, dark: bool = False) -> Any:
    """A line from the last day to the day when it is due, with a mark there: full when that has come.

    Parameters
    ----------
    things : frame of `DUE_SCHEMA`
    today : drawn as a line from top to bottom
    """
    colours = palette(dark)
    if things.is_empty():
        return words_only("Nothing to come back to yet.", height=120, colours=colours)
    placed = things.with_columns(
        pl.Series("row", np.arange(things.height, dtype=float)[::-1]),
        pl.format("due {}", pl.col("due_day").dt.to_string("%d %B %Y")).alias("when"),
    )
    played = placed.drop_nulls("last_day")
    spans = hv.Segments(
        (
            _times(played["last_day"]),
            played["row"].to_numpy(),
            _times(played["due_day"]),
            played["row"].to_numpy(),
        ),
        ["day", "row", "day to", "row to"],
    ).opts(color=colours.right, line_width=4, alpha=0.45)
    layers = spans * hv.VLine(np.datetime64(today, "ms")).opts(color=colours.outline, line_width=2)
    for come, fill in ((True, colours.off), (False, colours.surface)):
        layers *= _marks(placed.filter((pl.col("due_day") <= today) == come)).opts(
            color=fill,
            line_color=colours.outline,
            marker="diamond" if come else "circle",
            size=13 if come else 10,
            tools=["hover"],
            hover_tooltips=tooltip("name", "what", "when"),
        )
    days = pl.concat([played["last_day"], placed["due_day"], pl.Series([today])])
    return finished(
        layers,
        colours,
        height=FRAME_PX + ROW_PX * things.height,
        grid="x",
        xlim=(_times(days).min() - _MARGIN, _times(days).max() + _MARGIN),
        ylim=(-0.7, things.height - 0.3),
        yticks=list(placed.select("row", "name").iter_rows()),
        xformatter=DatetimeTickFormatter(days="%d %b", months="%b %Y", years="%Y"),
        xlabel="◆ due, ○ due later, the line from top to bottom is today",
        ylabel="",
    )


def _marks(placed: pl.DataFrame) -> Any:
    said = {column: placed[column].to_numpy() for column in ("name", "what", "when")}
    return hv.Points(
        {"day": _times(placed["due_day"]), "row": placed["row"].to_numpy(), **said},
        ["day", "row"],
        list(said),
    )


def _times(days: pl.Series) -> Any:
    return days.cast(pl.Datetime("ms")).to_numpy()
