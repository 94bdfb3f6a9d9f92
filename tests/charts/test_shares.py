import polars as pl

from workbench.charts.shares import ROWS_SCHEMA, rows
from workbench.charts.theme import FONT


def named(*each: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame(each, schema=ROWS_SCHEMA, orient="row")


def test_the_first_row_stands_on_top_with_its_interval(figure_of, columns_of) -> None:
    plot = figure_of(
        rows(named(("a", 0.2, 0.1, 0.4, "64 notes"), ("b", 0.3, 0.25, 0.5, "9 notes")), label="%")
    )
    shown = columns_of(plot, "value", "row", "what", "many")
    assert (shown["value"], shown["row"]) == ([20.0, 30.0], [1.0, 0.0])
    assert shown["what"] == ["20 (10 to 40)", "30 (25 to 50)"]
    assert sorted(plot.yaxis.ticker.ticks) == [0.0, 1.0]
    assert plot.x_range.end > 50.0


def test_a_row_without_enough_says_so_and_has_no_dot(figure_of, columns_of) -> None:
    plot = figure_of(
        rows(named(("a", 0.2, 0.1, 0.4, "64 notes"), ("b", None, None, None, "1 session")), label="%")
    )
    assert columns_of(plot, "value", "row", "what")["row"] == [1.0]
    assert columns_of(plot, "said")["said"] == ["not enough to tell: 1 session"]
    fonts = [each.glyph.text_font for each in plot.renderers if hasattr(each.glyph, "text_font")]
    # A bare string would be taken for the name of a column.
    assert [font.value for font in fonts] == [FONT]


def test_little_does_not_look_like_much(figure_of) -> None:
    plot = figure_of(rows(named(("a", 0.002, 0.001, 0.003, "9 notes")), label="%"))
    assert plot.x_range.end == 5.0


def test_no_rows_say_so(figure_of, columns_of) -> None:
    assert columns_of(figure_of(rows(named(), label="%")), "text")["text"] == ["Nothing here yet."]
