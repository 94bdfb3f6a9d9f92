"""The weekly report's pictures of time and of scores, drawn for paper.

Conventions
-----------
Minutes in the frames and in the calendar; scores 0..1 in the frames and 0..100 on the strips. The week of the
report is a filled disc with a thick whisker, the week before a ring with a thin one, the four weeks before a
hatched band: none of them needs its colour.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from dsp.anchors import BANDS
from workbench.charts.paper import BLUE, GRID, INK, LINE, MUTED, Drawing

FULL_DAY_MINUTES = 60.0
"""Minutes that fill a day's box, or more where a day had more."""

_LABEL, _CELL, _ROW, _TOP = 92.0, 61.0, 33.0, 18.0

STRIP_PX = 240.0
"""Width of a strip."""

_STRIP_PAD = 10.0

_MEANS = ("mean", "last_mean", "month_mean")


def calendar(daily: pl.DataFrame, monday: date, *, weeks: int = 5, today: date) -> Drawing:
    """Weeks as rows, days as boxes that fill with minutes; the last row is the week of the report.

    Parameters
    ----------
    daily : frame of `insight.practice_time.daily`
    monday : first day of the last row
    weeks : how many rows
    today : days after it have no box
    """
    width, height = _LABEL + 7 * _CELL + 1.0, _TOP + weeks * _ROW + 2.0
    minutes: dict[date, float] = dict(daily.select("day", "minutes").iter_rows())
    most = max([FULL_DAY_MINUTES, *minutes.values()])
    drawing = Drawing("Minutes of practice on each day", width, height)
    for index, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")):
        drawing.words(
            name, (_LABEL + (index + 0.5) * _CELL, 11.0), fill=MUTED, font_size=10.5, text_anchor="middle"
        )
    for row in range(weeks):
        first = monday - timedelta(weeks=weeks - 1 - row)
        top = _TOP + row * _ROW
        this = row == weeks - 1
        drawing.words(
            "this week" if this else f"{first:%-d %b}",
            (_LABEL - 8.0, top + 19.0),
            text_anchor="end",
            font_weight="bold" if this else "normal",
            fill=INK if this else MUTED,
        )
        for index in range(7):
            day = first + timedelta(days=index)
            if day <= today:
                corner = (_LABEL + index * _CELL, top)
                _day(drawing, corner, minutes.get(day, 0.0), most=most, number=day.day, strong=this)
    return drawing


def _day(
    drawing: Drawing, corner: tuple[float, float], minutes: float, *, most: float, number: int, strong: bool
) -> None:
    """One day: its number in the corner, its minutes as a level and in figures."""
    x, y = corner[0] + 2.0, corner[1] + 1.5
    wide, high = _CELL - 4.0, _ROW - 4.0
    if minutes > 0.0:
        level = max(3.0, high * minutes / most)
        drawing.box((x, y + high - level), (wide, level), fill=BLUE, fill_opacity=0.5)
    edge = {"stroke": INK, "stroke_width": 1.2} if strong else {"stroke": LINE, "stroke_width": 0.7}
    drawing.box((x, y), (wide, high), fill="none", **edge)
    drawing.words(str(number), (x + 4.0, y + 9.5), fill=MUTED, font_size=8.5)
    if minutes > 0.0:
        said = f"{minutes:.0f}" if minutes >= 0.5 else "<1"
        drawing.words(
            said, (x + wide / 2.0, y + 20.0), text_anchor="middle", font_weight="bold", font_size=13
        )


def floor_of(rows: Sequence[Mapping[str, Any]]) -> float:
    """Where the strips begin, 0..100: 40, or below the lowest mean, in steps of 10.

    Parameters
    ----------
    rows : of `insight.week_scores.week_scores`
    """
    means = [100.0 * row[name] for row in rows for name in _MEANS if row[name] is not None]
    return max(0.0, min(40.0, 10.0 * ((min(means, default=50.0) - 5.0) // 10.0)))


def scale_strip(floor: float) -> Drawing:
    """The limits of the bands in words, above the strips."""
    drawing = Drawing("Bands: fair from 50, good from 70, excellent from 90", STRIP_PX, 26.0)
    for limit, name in BANDS:
        at = _across(limit, floor)
        for text, y in ((f"{100.0 * limit:.0f}", 10.0), (name, 22.0)):
            drawing.words(text, (at, y), text_anchor="middle", fill=MUTED, font_size=10.5)
    return drawing


def score_strip(row: Mapping[str, Any], floor: float) -> Drawing:
    """One score on a strip from `floor` to 100: the month, the week before, this week.

    Parameters
    ----------
    row : a row of `insight.week_scores.week_scores`
    floor : from `floor_of`
    """
    drawing = Drawing(_said(row), STRIP_PX, 34.0)
    left, right = _across(floor / 100.0, floor), _across(1.0, floor)
    for limit, _ in BANDS:
        at = _across(limit, floor)
        drawing.line((at, 0.0), (at, 34.0), stroke=GRID, stroke_width=1)
    if row["month_low"] is not None:
        low, high = _across(row["month_low"], floor), _across(row["month_high"], floor)
        hatch = drawing.hatching(f"month-{row['metric']}", "#b9c2ca")
        drawing.box((low, 4.0), (max(high - low, 2.0), 26.0), fill=hatch, stroke="#9aa4ad", stroke_width=0.6)
    drawing.line((left, 33.5), (right, 33.5), stroke=LINE, stroke_width=0.8)
    _whisker(drawing, (row["last_mean"], row["last_low"], row["last_high"]), 24.0, floor, strong=False)
    _whisker(drawing, (row["mean"], row["low"], row["high"]), 12.0, floor, strong=True)
    return drawing


def _whisker(
    drawing: Drawing,
    span: tuple[float | None, float | None, float | None],
    y: float,
    floor: float,
    *,
    strong: bool,
) -> None:
    mean, low, high = span
    if mean is None:
        return
    if low is not None and high is not None:
        ends = (_across(low, floor), y), (_across(high, floor), y)
        drawing.line(*ends, stroke=BLUE if strong else INK, stroke_width=3.2 if strong else 1.0)
        if 100.0 * low < floor:
            edge = _across(0.0, floor)
            drawing.shape([(edge - 8.0, y), (edge + 1.0, y - 4.0), (edge + 1.0, y + 4.0)], fill=INK)
    ring = {"fill": BLUE} if strong else {"fill": "#ffffff"}
    drawing.disc((_across(mean, floor), y), 5.0 if strong else 4.0, stroke=INK, stroke_width=1, **ring)


def key_to_strips() -> Drawing:
    """What the three signs on a strip mean."""
    drawing = Drawing(
        "Key: filled disc this week, ring last week, hatched the four weeks before", 680.0, 18.0
    )
    drawing.line((4.0, 9.0), (28.0, 9.0), stroke=BLUE, stroke_width=3.2)
    drawing.disc((16.0, 9.0), 5.0, fill=BLUE, stroke=INK, stroke_width=1)
    drawing.words("this week", (36.0, 13.0))
    drawing.line((106.0, 9.0), (130.0, 9.0), stroke=INK, stroke_width=1)
    drawing.disc((118.0, 9.0), 4.0, fill="#ffffff", stroke=INK, stroke_width=1)
    drawing.words("the week before", (138.0, 13.0))
    hatch = drawing.hatching("month-key", "#b9c2ca")
    drawing.box((236.0, 3.0), (26.0, 12.0), fill=hatch, stroke="#9aa4ad", stroke_width=0.6)
    drawing.words("the four weeks before; lines and hatching hold the mean at 95 %", (270.0, 13.0))
    return drawing


def _across(score: float, floor: float) -> float:
    """Where a score lies; what lies below the floor ends at the edge."""
    reach = STRIP_PX - 2.0 * _STRIP_PAD
    return _STRIP_PAD + reach * (max(100.0 * score, floor) - floor) / (100.0 - floor)


def _said(row: Mapping[str, Any]) -> str:
    told = []
    for name, mean in (
        ("this week", row["mean"]),
        ("last week", row["last_mean"]),
        ("the month", row["month_mean"]),
    ):
        told.append(f"{name} {100.0 * mean:.0f}" if mean is not None else f"{name} no score")
    return ", ".join(told)
