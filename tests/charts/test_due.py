from datetime import date

import polars as pl
from bokeh.models import GlyphRenderer

from workbench.charts.due import DUE_SCHEMA, due

TODAY = date(2026, 3, 9)


def things(*each: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame(each, schema=DUE_SCHEMA, orient="row")


def test_what_is_due_is_marked_otherwise_than_what_is_not(figure_of, columns_of) -> None:
    plot = figure_of(
        due(
            things(
                ("overdue", date(2026, 3, 1), date(2026, 3, 5), "58 of 100"),
                ("today", None, TODAY, "new"),
                ("later", date(2026, 3, 8), date(2026, 4, 2), "97 of 100"),
            ),
            TODAY,
        )
    )
    marks = [each for each in plot.select(GlyphRenderer) if hasattr(each.glyph, "marker")]
    shown = {each.glyph.marker: each.data_source.data for each in marks}
    assert list(shown["diamond"]["name"]) == ["overdue", "today"]
    assert list(shown["circle"]["name"]) == ["later"]
    assert list(shown["circle"]["when"]) == ["due 02 April 2026"]
    assert list(shown["diamond"]["row"]) == [2.0, 1.0]
    spans = columns_of(plot, "day_to")
    assert len(spans["day_to"]) == 2, "what was never played has no line"


def test_the_axis_holds_the_first_day_the_last_and_today(figure_of) -> None:
    plot = figure_of(due(things(("a", date(2026, 2, 1), date(2026, 2, 3), "")), TODAY))
    assert plot.x_range.start < pl.Series([date(2026, 2, 1)]).cast(pl.Datetime("ms")).to_numpy()[0]
    assert plot.x_range.end > pl.Series([TODAY]).cast(pl.Datetime("ms")).to_numpy()[0]


def test_nothing_says_so(figure_of, columns_of) -> None:
    assert columns_of(figure_of(due(things(), TODAY)), "text")["text"] == ["Nothing to come back to yet."]
