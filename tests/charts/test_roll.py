import polars as pl
import pytest

from workbench.charts.roll import roll

TRACK = pl.DataFrame({"time_s": [0.5, 0.51, 0.52], "midi": [57.0, 57.1, 93.0]})
LEGEND = ["played, found", "played, missed", "f0", "claimed, right", "claimed, wrong"]
LEGEND += ["not judged", "no pitch"]


@pytest.fixture
def things():
    """One thing of each kind."""
    rows = [
        ("played", 0.5, 0.9, 57.0, "A3", "pick"),
        ("missed", 1.0, 1.4, 60.0, "C4", "pull"),
        ("right", 0.5, 0.9, 57.0, "A3", "97 % sure"),
        ("invented", 1.0, 1.3, 64.0, "E4", "60 % sure"),
        ("unsure", 1.5, None, 62.0, "D4", "40 % sure"),
        ("percussive", 1.8, None, None, "?", "0 % sure"),
    ]
    schema = {"what": pl.String, "onset_s": pl.Float64, "offset_s": pl.Float64, "midi": pl.Float64}
    return pl.DataFrame(rows, schema=schema | {"name": pl.String, "words": pl.String}, orient="row")


def legend(plot):
    return [item.label.value for item in plot.legend[0].items]


def test_everything_has_its_mark_and_a_word_in_the_legend(things, figure_of):
    plot = figure_of(roll(things, TRACK, "solo: 1 missed"))
    assert legend(plot) == LEGEND
    assert plot.title.text == "solo: 1 missed"
    assert (plot.y_range.start, plot.y_range.end) == (55.0, 66.0)
    assert (plot.x_range.start, plot.x_range.end) == (-0.1, pytest.approx(2.0))


def test_what_did_not_happen_is_not_in_the_legend(things, figure_of):
    plot = figure_of(roll(things.filter(pl.col("what").is_in(["played", "right"])), TRACK.clear(), "clean"))
    assert legend(plot) == ["played, found", "claimed, right"]


def test_the_cards_say_what_and_when(things, figure_of, columns_of):
    plot = figure_of(roll(things, TRACK, "solo"))
    cards = {
        head: when
        for renderer in plot.renderers
        if "head" in renderer.data_source.data
        for head, when in zip(*(renderer.data_source.data[name] for name in ("head", "when")), strict=True)
    }
    assert cards["C4: missed"] == "1.00 s, pull"
    assert cards["E4: invented"] == "1.00 s, 60 % sure"
    assert cards["?: percussive"] == "1.80 s, 0 % sure"


def test_an_f0_far_from_every_note_does_not_flatten_them(things, figure_of):
    plot = figure_of(roll(things, TRACK, "solo"))
    times = [
        len(r.data_source.data["time"])
        for r in plot.renderers
        if set(r.data_source.data) == {"time", "pitch"}
    ]
    assert times == [2]


@pytest.mark.parametrize("dark", [False, True])
def test_a_take_without_anything_says_so(things, figure_of, dark):
    plot = figure_of(roll(things.clear(), TRACK, "silence", dark=dark))
    assert "nothing was played" in str([r.data_source.data for r in plot.renderers])
