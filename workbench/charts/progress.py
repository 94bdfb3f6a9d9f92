"""Weeks of practice in pictures: how each metric moved, and on which days there was practice.

Conventions
-----------
Scores are 0..1 in the frames and 0..100 on the axes. A week is named by its Monday. Grid lines of a score are
the limits of its bands, so that a height can be read as a word. A week without practice is a gap in the line.
Every function returns a HoloViews element and sets no global option.
"""

from datetime import date, timedelta
from typing import Any

import holoviews as hv
import numpy as np
import polars as pl
from bokeh.models import DatetimeTicker, DatetimeTickFormatter

from workbench.charts.finish import finished, tooltip, words_only
from workbench.charts.theme import METRIC_TITLES, Palette, palette

BANDS = [(50, "50 fair"), (70, "70 good"), (90, "90 excellent")]
MARGIN = np.timedelta64(4, "D")
FULL_DAY_MINUTES = 60.0
"""A block that fills its cell: an hour is a long day of practice for most players."""


def trends(weekly: pl.DataFrame, *, dark: bool = False) -> Any:
    """One chart for each metric in one column, all on the same weeks.

    Parameters
    ----------
    weekly : frame of `insight.trends.weekly`; metrics without a title are left out
    dark : colours for a dark ground

    Returns
    -------
    hv.Layout of one column; an axis with dates stands under the last chart only
    """
    colours = palette(dark)
    scored = weekly.drop_nulls("mean").filter(pl.col("metric").is_in(METRIC_TITLES))
    if scored.is_empty():
        return words_only("No scored sessions in this span.", height=160, colours=colours)
    first, last = scored["week"].min(), scored["week"].max()
    names = [name for name in METRIC_TITLES if name in set(scored["metric"])]
    floor = min(40.0, 100.0 * float(pl.concat([scored["mean"], scored["low"]]).min()) - 5.0)  # type: ignore[arg-type]
    charts = [
        _trend(
            _every_week(scored.filter(metric=name), first, last),
            name,
            floor,
            colours,
            dates=name == names[-1],
        )
        for name in names
    ]
    return hv.Layout(charts).cols(1).opts(shared_axes=True, merge_tools=False, toolbar=None)


def _trend(weekly: pl.DataFrame, metric: str, floor: float, colours: Palette, *, dates: bool) -> Any:
    """Mean as a line with marks, its interval as a ribbon."""
    weeks = weekly["week"].cast(pl.Datetime("ms")).to_numpy()
    mean, low, high = (100.0 * weekly[name].cast(pl.Float64).to_numpy() for name in ("mean", "low", "high"))
    ribbon = hv.Area(
        (weeks, np.where(np.isnan(low), mean, low), np.where(np.isnan(high), mean, high)),
        "week",
        ["score", "high"],
    )
    known = weekly.filter(pl.col("mean").is_not_null())
    points = hv.Points(
        {
            "week": known["week"].cast(pl.Datetime("ms")).to_numpy(),
            "score": 100.0 * known["mean"].to_numpy(),
            **{
                column: np.array([_said(row)[column] for row in known.iter_rows(named=True)])
                for column in ("when", "what", "many")
            },
        },
        ["week", "score"],
        ["when", "what", "many"],
    )
    layers = (
        ribbon.opts(fill_color=colours.right, fill_alpha=0.18, line_alpha=0)
        * hv.Curve((weeks, mean), "week", "score").opts(color=colours.right, line_width=2)
        * points.opts(
            color=colours.right,
            line_color=colours.outline,
            line_width=0.75,
            size=8,
            tools=["hover"],
            hover_tooltips=tooltip("when", "what", "many"),
        )
    )
    return finished(
        layers,
        colours,
        height=164 if dates else 132,
        grid="xy",
        title=METRIC_TITLES[metric],
        xlim=(weeks[0] - MARGIN, weeks[-1] + MARGIN),
        ylim=(floor, 104.0),
        yticks=BANDS,
        xticks=DatetimeTicker(desired_num_ticks=4),
        xaxis="bottom" if dates else None,
        xformatter=DatetimeTickFormatter(days="%-d %b", months="%b '%y", years="%Y"),
        xlabel="",
        ylabel="",
    )


def _said(row: dict[str, Any]) -> dict[str, str]:
    span = "" if row["low"] is None else f" ({100 * row['low']:.0f} to {100 * row['high']:.0f})"
    many = f"{row['sessions']} {'session' if row['sessions'] == 1 else 'sessions'}"
    return {
        "when": f"Week of {row['week']:%-d %B %Y}",
        "what": f"{100 * row['mean']:.0f}{span}",
        "many": many,
    }


def _every_week(weekly: pl.DataFrame, first: Any, last: Any) -> pl.DataFrame:
    """The weeks between two Mondays, with nulls where there was no practice."""
    weeks = pl.DataFrame({"week": pl.date_range(first, last, "1w", eager=True)})
    return weeks.join(weekly, on="week", how="left").sort("week")


def calendar(daily: pl.DataFrame, *, until: date, weeks: int = 26, dark: bool = False) -> Any:
    """Minutes of practice as blocks: a week is a column, Monday on top, and a longer day a larger block.

    Parameters
    ----------
    daily : frame of `insight.practice_time.daily`
    until : last day shown, usually today
    weeks : how many columns
    """
    colours = palette(dark)
    monday = until - timedelta(days=until.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    days = [first + timedelta(days=index) for index in range((until - first).days + 1)]
    minutes = dict(daily.select("day", "minutes").iter_rows())
    column = np.array([(day - first).days // 7 for day in days], dtype=float)
    row = np.array([-day.weekday() for day in days], dtype=float)
    played = np.array([minutes.get(day, 0.0) for day in days])
    empty = hv.Points((column, row), ["column", "weekday"]).opts(marker="dot", size=10, color=colours.line)
    half = np.where(played > 0.0, 0.12 + 0.33 * np.sqrt(np.clip(played / FULL_DAY_MINUTES, 0.0, 1.0)), 0.0)
    some = played > 0.0
    said = [f"{day:%a %-d %B %Y}" for day in days]
    squares = hv.Rectangles(
        {
            "column": (column - half)[some],
            "weekday": (row - half)[some],
            "column to": (column + half)[some],
            "weekday to": (row + half)[some],
            "when": np.array(said)[some],
            "what": np.array([f"{value:.0f} minutes" for value in played])[some],
        },
        ["column", "weekday", "column to", "weekday to"],
        ["when", "what"],
    ).opts(
        fill_color=colours.right,
        line_color=colours.outline,
        line_width=0.5,
        tools=["hover"],
        hover_tooltips=tooltip("when", "what"),
    )
    months = [
        (index, f"{first + timedelta(weeks=index):%b}") for index in range(weeks) if _new_month(first, index)
    ]
    return finished(
        empty * squares,
        colours,
        height=210,
        xlim=(-0.7, weeks - 0.3),
        ylim=(-6.7, 0.7),
        xticks=months,
        yticks=[(0, "Mon"), (-2, "Wed"), (-4, "Fri"), (-6, "Sun")],
        xlabel="",
        ylabel="",
    )


def _new_month(first: date, week: int) -> bool:
    monday = first + timedelta(weeks=week)
    return (week == 0 and monday.day <= 21) or monday.day <= 7
