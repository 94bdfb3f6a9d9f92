import pytest

from dsp.scales import parse_scale
from workbench.charts.session import degrees, intonation, timing

A_MINOR_PENTATONIC = parse_scale("A minor pentatonic")


def test_sharp_is_up_and_the_bars_count_every_judged_note(build, figure_of, columns_of) -> None:
    notes = build({"cents": 12.0}, {"cents": 13.0}, {"cents": -31.0}, {"cents": 14.0, "in_scale": None})
    plot = figure_of(intonation(notes))
    bars = columns_of(plot, "what", "many", "right", "bottom")
    full = {what: count for what, count in zip(bars["what"], bars["right"], strict=True) if count}
    assert full == {"+10 to +15 cents": 2, "-35 to -30 cents": 1}
    assert bars["bottom"] == sorted(bars["bottom"])
    assert plot.title.text == "Intonation: 12 cents sharp"


def test_a_note_fifty_cents_off_is_not_lost(build, figure_of, columns_of) -> None:
    plot = figure_of(intonation(build({"cents": -50.0}, {"cents": 49.9})))
    assert sum(columns_of(plot, "right")["right"]) == 2


def test_with_a_click_early_is_left_and_late_is_right(build, figure_of, columns_of) -> None:
    plot = figure_of(timing(build({"deviation_ms": -22.0}, {"deviation_ms": 18.0}, {"deviation_ms": 19.0})))
    bars = columns_of(plot, "left", "top")
    full = {left: count for left, count in zip(bars["left"], bars["top"], strict=True) if count}
    assert full == {-30.0: 1, 10.0: 2}
    assert plot.title.text == "Timing: 18 ms late"
    assert plot.x_range.start == -plot.x_range.end


def test_far_from_the_click_is_still_shown(build, figure_of, columns_of) -> None:
    plot = figure_of(timing(build({"deviation_ms": 284.0}, {"deviation_ms": -300.0})))
    assert sum(columns_of(plot, "top")["top"]) == 2


def test_without_a_click_the_intervals_are_shown(build, figure_of, columns_of) -> None:
    onsets = [0.0, 0.5, 1.0, 1.5, 2.5, 30.0]
    plot = figure_of(timing(build(*({"onset_s": onset} for onset in onsets))))
    bars = columns_of(plot, "left", "right", "top")
    counted = list(zip(*bars.values(), strict=True))
    assert plot.title.text == "Intervals: median 500 ms"
    assert [count for left, right, count in counted if left < 500.0 < right] == [3]
    assert [count for left, right, count in counted if left < 1000.0 < right] == [1]
    assert sum(bars["top"]) == 4, "the rest of half a minute is no interval of the rhythm"


def test_degrees_and_what_lay_outside_are_counted(build, figure_of, columns_of) -> None:
    notes = build({}, {"midi": 69.1}, {"midi": 60.0}, {"midi": 58.0, "in_scale": False}, {"in_scale": None})
    plot = figure_of(degrees(notes, A_MINOR_PENTATONIC))
    bars = columns_of(plot, "what", "top", "fill")
    counts = dict(zip(bars["what"], bars["top"], strict=True))
    assert counts["degree 1, A"] == 2
    assert counts["degree 2, C"] == 1
    assert counts["outside the scale"] == 1
    assert sum(counts.values()) == 4
    assert len(set(bars["fill"])) == 2
    assert plot.title.text == "Degrees: 2 of 5 used"


@pytest.mark.parametrize("chart", [intonation, timing, lambda notes: degrees(notes, A_MINOR_PENTATONIC)])
def test_a_session_without_judged_notes_says_so(chart, build, figure_of, columns_of) -> None:
    plot = figure_of(chart(build({"in_scale": None, "articulation": "muted"})))
    assert columns_of(plot, "text")["text"][0].endswith(".")
