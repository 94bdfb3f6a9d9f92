from datetime import date

import numpy as np
import polars as pl

from workbench.charts.progress import calendar, trends
from workbench.charts.theme import METRIC_TITLES
from workbench.insight.practice_time import DAILY_SCHEMA
from workbench.insight.trends import WEEKLY_SCHEMA

MONDAYS = (date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 23))


def weekly(*rows: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=WEEKLY_SCHEMA, orient="row")


def every_metric() -> pl.DataFrame:
    return weekly(
        *((monday, name, 0.8, 0.7, 0.9, 3) for name in (*METRIC_TITLES, "overall") for monday in MONDAYS)
    )


def test_four_metrics_stand_in_one_column_over_the_same_weeks(figure_of) -> None:
    plots = [figure_of(part) for part in trends(every_metric())]
    assert [plot.title.text for plot in plots] == list(METRIC_TITLES.values())
    assert len({(plot.x_range.start, plot.x_range.end) for plot in plots}) == 1
    assert len({(plot.y_range.start, plot.y_range.end) for plot in plots}) == 1
    assert [plot.xaxis.visible for plot in plots] == [False, False, False, True]


def test_a_week_without_practice_is_a_gap_and_not_a_line(figure_of, columns_of) -> None:
    plot = figure_of(next(iter(trends(every_metric()))))
    line = next(
        renderer.data_source.data["score"]
        for renderer in plot.renderers
        if type(renderer.glyph).__name__ == "Line"
    )
    assert np.isnan(line).tolist() == [False, False, True, False]


def test_a_point_says_its_week_its_range_and_how_many_sessions(figure_of, columns_of) -> None:
    one = weekly(
        (MONDAYS[0], "pitch_accuracy", 0.8, None, None, 1), (MONDAYS[1], "pitch_accuracy", 0.9, 0.85, 0.95, 4)
    )
    shown = columns_of(figure_of(next(iter(trends(one)))), "when", "what", "many")
    assert shown["when"][0] == "Week of 2 November 2026"
    assert shown["what"] == ["80", "90 (85 to 95)"]
    assert shown["many"] == ["1 session", "4 sessions"]


def test_a_low_interval_stays_inside_the_frame(figure_of) -> None:
    plot = figure_of(next(iter(trends(weekly((MONDAYS[0], "noise_control", 0.5, 0.1, 0.9, 2))))))
    assert plot.y_range.start < 10.0


def test_nothing_scored_says_so(figure_of, columns_of) -> None:
    assert columns_of(figure_of(trends(weekly())), "text")["text"] == ["No scored sessions in this span."]


def test_a_day_stands_in_its_week_and_a_longer_one_is_larger(figure_of, columns_of) -> None:
    days = [(date(2026, 11, 16), 10.0, 1), (date(2026, 11, 22), 90.0, 2), (date(2020, 1, 1), 5.0, 1)]
    daily = pl.DataFrame(days, schema=DAILY_SCHEMA, orient="row")
    plot = figure_of(calendar(daily, until=date(2026, 11, 22), weeks=4))
    shown = columns_of(plot, "left", "right", "bottom", "top", "when", "what")
    assert shown["when"] == ["Mon 16 November 2026", "Sun 22 November 2026"]
    assert shown["what"] == ["10 minutes", "90 minutes"]
    middle = [(a + b) / 2 for a, b in zip(shown["left"], shown["right"], strict=True)]
    rows = [(a + b) / 2 for a, b in zip(shown["bottom"], shown["top"], strict=True)]
    assert (middle, rows) == ([3.0, 3.0], [0.0, -6.0])
    small, large = (b - a for a, b in zip(shown["left"], shown["right"], strict=True))
    assert small < large <= 1.0


def test_an_empty_calendar_still_has_its_days(figure_of) -> None:
    plot = figure_of(calendar(DAILY_SCHEMA.to_frame(), until=date(2026, 11, 22), weeks=2))
    assert len(plot.renderers[0].data_source.data["column"]) == 14
