"""The weekly report's calendar and strips show what the frames hold."""

from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as Tree

import polars as pl
import pytest

from workbench.charts.paper import Drawing
from workbench.charts.report import STRIP_PX, calendar, floor_of, key_to_strips, scale_strip, score_strip
from workbench.insight.practice_time import DAILY_SCHEMA
from workbench.insight.week_scores import WEEK_SCORES_SCHEMA

MONDAY = date(2026, 10, 26)


def elements(drawing: Drawing, tag: str) -> list[Tree.Element]:
    return Tree.fromstring(drawing._repr_html_()).findall(f"{{http://www.w3.org/2000/svg}}{tag}")


def texts(drawing: Drawing) -> list[str]:
    return [str(element.text) for element in elements(drawing, "text")]


def daily(*days: tuple[int, float]) -> pl.DataFrame:
    rows = [(MONDAY + timedelta(days=day), minutes, 1) for day, minutes in days]
    return pl.DataFrame(rows, schema=DAILY_SCHEMA, orient="row")


def row(**values: Any) -> dict[str, Any]:
    return {**dict.fromkeys(WEEK_SCORES_SCHEMA), "metric": "overall", **values}


def test_minutes_stand_in_their_days() -> None:
    drawing = calendar(daily((0, 13.4), (6, 0.3), (-7, 25.0), (-60, 99.0)), MONDAY, today=date(2027, 1, 1))
    said = texts(drawing)
    assert {"13", "<1", "25", "this week", "19 Oct"} <= set(said)
    assert "99" not in said
    assert len(elements(drawing, "rect")) == 35 + 3


def test_a_fuller_day_stands_higher_and_an_hour_fills_it() -> None:
    drawing = calendar(daily((0, 15.0), (1, 30.0), (2, 60.0)), MONDAY, today=MONDAY + timedelta(days=6))
    boxes = elements(drawing, "rect")
    quarter, half, full = (float(str(box.get("height"))) for box in boxes if box.get("fill") != "none")
    frame = float(str(next(box.get("height") for box in boxes if box.get("fill") == "none")))
    assert (quarter, half, full) == pytest.approx((frame / 4.0, frame / 2.0, frame), abs=0.01)


def test_days_to_come_have_no_box() -> None:
    drawing = calendar(daily(), MONDAY, weeks=2, today=MONDAY + timedelta(days=2))
    assert len(elements(drawing, "rect")) == 7 + 3


def test_a_strip_shows_mean_and_interval_at_their_heights() -> None:
    drawing = score_strip(
        row(mean=0.7, low=0.6, high=0.8, last_mean=0.7, month_mean=0.7, month_low=0.65, month_high=0.75), 40.0
    )
    last, this = elements(drawing, "circle")
    assert last.get("cx") == this.get("cx")
    assert last.get("fill") != this.get("fill")
    whisker = [line for line in elements(drawing, "line") if line.get("stroke-width") == "3.2"]
    ((low, high),) = [(float(str(line.get("x1"))), float(str(line.get("x2")))) for line in whisker]
    assert low + high == pytest.approx(2.0 * float(str(this.get("cx"))))
    (band,) = [box for box in elements(drawing, "rect") if str(box.get("fill")).startswith("url(#month")]
    assert low < float(str(band.get("x"))) < high


def test_an_interval_beyond_the_edge_ends_in_an_arrow() -> None:
    assert len(elements(score_strip(row(mean=0.5, low=0.0, high=1.0), 40.0), "polygon")) == 1
    assert elements(score_strip(row(mean=0.5, low=0.45, high=1.0), 40.0), "polygon") == []


def test_a_score_that_is_missing_is_not_drawn() -> None:
    assert elements(score_strip(row(), 40.0), "circle") == []


def test_the_floor_makes_room_for_the_lowest_mean() -> None:
    assert floor_of([row(mean=0.9, last_mean=0.8)]) == 40.0
    assert floor_of([row(mean=0.9, last_mean=0.34)]) == 20.0
    assert floor_of([row(mean=0.0)]) == 0.0
    assert floor_of([row()]) == 40.0


def test_bands_and_key_are_in_words() -> None:
    assert {"50", "fair", "70", "good", "90", "excellent"} == set(texts(scale_strip(40.0)))
    assert all(0.0 < float(str(text.get("x"))) < STRIP_PX for text in elements(scale_strip(0.0), "text"))
    assert "this week" in texts(key_to_strips())
