"""Rows of names with a dot on a line: a share or a score for each, its interval, and from how many.

A row without enough behind it keeps its name and says so, since a missing row reads as "nothing there".
"""

from typing import Any

import holoviews as hv
import numpy as np
import polars as pl
from bokeh.core.properties import value as value_of

from workbench.charts.finish import finished, tooltip, words_only
from workbench.charts.theme import FONT, palette

ROW_PX = 30
FRAME_PX = 56

_LEAST_TOP = 5.0
"""Smallest end of the axis: half a per cent must not look like much."""

ROWS_SCHEMA = pl.Schema(
    {
        "name": pl.String,
        "value": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "many": pl.String,
    }
)
"""One row for each name, from top to bottom: value and its interval in 0..1, null where there is not enough
to tell, and what it rests on in words ("64 notes")."""


def rows(named: pl.DataFrame, *, label: str, dark: bool = False) -> Any:
    """A dot with its interval for each name.

    Parameters
    ----------
    named : frame of `ROWS_SCHEMA`
    label : what the axis from 0 counts, in per cent or points
    """
    colours = palette(dark)
    if named.is_empty():
        return words_only("Nothing here yet.", height=120, colours=colours)
    placed = named.with_columns(
        pl.Series("row", np.arange(named.height, dtype=float)[::-1]),
        pl.format("{} ({} to {})", *(_points(column) for column in ("value", "low", "high"))).alias("what"),
    )
    known, unknown = placed.drop_nulls("value"), placed.filter(pl.col("value").is_null())
    top = max([_LEAST_TOP, *(105.0 * known["high"])])
    value, low, high, row = (known[column].to_numpy() for column in ("value", "low", "high", "row"))
    spans = hv.Segments((100.0 * low, row, 100.0 * high, row), ["value", "row", "value to", "row to"]).opts(
        color=colours.right, line_width=4, alpha=0.45
    )
    columns = {column: known[column].to_numpy() for column in ("name", "what", "many")}
    dots = hv.Points({"value": 100.0 * value, "row": row, **columns}, ["value", "row"], list(columns)).opts(
        color=colours.right,
        line_color=colours.outline,
        size=10,
        tools=["hover"],
        hover_tooltips=tooltip("name", "what", "many"),
    )
    said = [f"not enough to tell: {many}" for many in unknown["many"]]
    words = hv.Labels(
        (np.zeros(unknown.height), unknown["row"].to_numpy(), said), ["value", "row"], "said"
    ).opts(
        text_color=colours.muted,
        text_font=value_of(FONT),
        text_font_size="13px",
        text_align="left",
        xoffset=0.01 * top,
    )
    return finished(
        spans * dots * words,
        colours,
        height=FRAME_PX + ROW_PX * named.height,
        grid="x",
        xlim=(-0.02 * top, top),
        ylim=(-0.7, named.height - 0.3),
        yticks=list(placed.select("row", "name").iter_rows()),
        xlabel=label,
        ylabel="",
    )


def _points(column: str) -> pl.Expr:
    return (100.0 * pl.col(column)).round(0).cast(pl.Int64)
