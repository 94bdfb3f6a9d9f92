from bokeh.models import PanTool, RangeTool, WheelZoomTool

from dsp.scales import parse_scale
from workbench.charts.theme import DARK, LIGHT
from workbench.charts.timeline import FIRST_LOOK_S, timeline


def test_every_note_stands_at_its_time_and_pitch_with_its_reason(every_mark, figure_of, columns_of) -> None:
    notes, _ = timeline(every_mark, parse_scale("A minor pentatonic"))
    shown = columns_of(figure_of(notes), "onset_s", "midi", "head", "reason")
    assert shown["onset_s"] == [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]
    assert shown["midi"] == every_mark["midi"].to_list()
    assert shown["head"][4] == "A#3  ✕ wrong"
    assert shown["reason"][4] == "A#3 is not in A minor pentatonic"


def test_each_mark_has_a_shape_of_its_own(every_mark, figure_of, columns_of) -> None:
    notes, _ = timeline(every_mark)
    shown = columns_of(figure_of(notes), "marker", "angle", "fill")
    assert len(set(zip(*shown.values(), strict=True))) == 6


def test_the_grid_lines_are_the_tones_of_the_scale(every_mark, figure_of) -> None:
    notes, _ = timeline(every_mark, parse_scale("A minor pentatonic"))
    assert figure_of(notes).yaxis.ticker.ticks == [57]
    notes, _ = timeline(every_mark)
    assert figure_of(notes).yaxis.ticker.ticks == [56, 57, 58, 59]


def test_a_long_take_opens_on_its_first_seconds_and_the_strip_moves_them(build, figure_of) -> None:
    layout = timeline(build(*[{}] * 200))
    notes, strip = (figure_of(part) for part in layout)
    assert notes.x_range.end == FIRST_LOOK_S + 0.5
    assert strip.x_range.end > 99.5
    window = strip.select_one(RangeTool)
    assert window.x_range is notes.x_range


def test_however_long_the_rests_some_notes_are_seen_at_first(build, figure_of) -> None:
    notes, _ = timeline(build(*({"onset_s": 10.0 * index} for index in range(60))))
    assert figure_of(notes).x_range.end == 230.5


def test_the_time_axis_counts_in_minutes(build, figure_of) -> None:
    _, strip = timeline(build(*({"onset_s": 10.0 * index} for index in range(60))))
    assert figure_of(strip).xaxis.ticker.base == 60


def test_a_wheel_alone_scrolls_the_page(every_mark, figure_of) -> None:
    notes, _ = timeline(every_mark)
    plot = figure_of(notes)
    assert plot.select_one(WheelZoomTool).modifiers == {"ctrl": True}
    assert plot.select_one(PanTool) is None, "a finger that scrolls the page must not be caught"


def test_dark_marks_have_the_colours_of_the_dark_palette(every_mark, figure_of, columns_of) -> None:
    for dark, palette in ((False, LIGHT), (True, DARK)):
        notes, _ = timeline(every_mark, dark=dark)
        assert columns_of(figure_of(notes), "fill")["fill"][0] == palette.right


def test_a_note_whose_end_was_not_heard_has_no_tail(build, figure_of, columns_of) -> None:
    notes, _ = timeline(build({"duration_s": None}, {}))
    shown = columns_of(figure_of(notes), "onset_s", "end_s")
    assert shown["end_s"] == [0.0, 0.9]


def test_no_notes_say_so(build, figure_of, columns_of) -> None:
    assert columns_of(figure_of(timeline(build())), "text")["text"] == [
        "No notes were heard in this session."
    ]
