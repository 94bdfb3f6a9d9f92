from dsp.tuning import parse_tuning
from workbench.charts.fretboard import heat


def test_a_pitch_stands_wherever_it_can_be_played(build, figure_of, columns_of) -> None:
    plot = figure_of(heat(build({"midi": 59.0}), frets=12))
    shown = columns_of(plot, "string", "fret", "name", "what", "size")
    assert sorted(zip(shown["string"], shown["fret"], strict=True)) == [(2, 9), (3, 4), (4, 0)]
    assert set(shown["name"]) == {"B3"}


def test_a_known_place_is_the_only_one(build, figure_of, columns_of) -> None:
    plot = figure_of(heat(build({"midi": 59.0, "string": 3, "fret": 4})))
    assert columns_of(plot, "string", "fret", "size")["fret"] == [4]


def test_what_was_mostly_outside_is_a_cross(build, figure_of) -> None:
    notes = build({"midi": 40.0}, {"midi": 41.0, "in_scale": False}, {"midi": 41.0}, {"in_scale": None})
    plot = figure_of(heat(notes))
    marks = {
        renderer.glyph.marker: list(renderer.data_source.data["what"])
        for renderer in plot.renderers
        if "what" in renderer.data_source.data
    }
    assert marks == {"circle": ["1 played, 0 outside the scale"], "x": ["2 played, 1 outside the scale"]}


def test_more_notes_make_a_larger_circle(build, figure_of, columns_of) -> None:
    shown = columns_of(figure_of(heat(build({"midi": 40.0}, {"midi": 42.0}, {"midi": 42.0}))), "fret", "size")
    sizes = dict(zip(shown["fret"], shown["size"], strict=True))
    assert sizes[0] < sizes[2]


def test_another_tuning_moves_the_places(build, figure_of, columns_of) -> None:
    shown = columns_of(
        figure_of(heat(build({"midi": 38.0}), tuning=parse_tuning("drop D"))), "string", "fret", "size"
    )
    assert (shown["string"], shown["fret"]) == ([0], [0])


def test_no_judged_notes_say_so(build, figure_of, columns_of) -> None:
    text = columns_of(figure_of(heat(build({"in_scale": None}))), "text")["text"]
    assert text == ["No judged notes to show on the neck."]
