import holoviews as hv
import pytest

from workbench.charts.finish import clock, finished, tooltip
from workbench.charts.theme import DARK, LIGHT


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.0, "0:00.0"), (65.25, "1:05.2"), (3600.0, "60:00.0"), (-0.1, "0:00.0")]
)
def test_time_reads_as_on_a_clock(seconds: float, words: str) -> None:
    assert clock(seconds) == words


def test_a_finished_chart_fills_its_place_and_takes_no_wheel(figure_of) -> None:
    plot = figure_of(finished(hv.Curve([1, 2, 3]), LIGHT, height=200, grid="y"))
    assert plot.sizing_mode == "stretch_width"
    assert plot.height == 200
    assert plot.toolbar_location is None
    assert plot.tools == []
    assert (plot.xgrid.visible, plot.ygrid.visible) == (False, True)


def test_finishing_sets_no_global_option(figure_of) -> None:
    figure_of(finished(hv.Curve([1, 2, 3]), LIGHT, height=200))
    assert figure_of(hv.Curve([1, 2, 3])).height != 200


def test_the_first_line_of_a_card_is_bold() -> None:
    card = tooltip("head", "reason")
    assert "<b>@{head}</b>" in card
    assert "<div>@{reason}</div>" in card


def test_words_and_lines_have_the_colours_of_the_theme(figure_of) -> None:
    plot = figure_of(finished(hv.Curve([1, 2, 3]), DARK, height=200, title="Pitch"))
    assert plot.title.text_color == DARK.text
    assert plot.xaxis.major_label_text_color == DARK.muted
