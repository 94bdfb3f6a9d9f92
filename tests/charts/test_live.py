"""The lane shows each note once, where it belongs, and as what it was judged."""

from itertools import pairwise
from typing import Any

import pytest

from dsp.convert import cents_off, note_name
from dsp.events import Note
from dsp.scales import parse_scale
from workbench.charts.live import NARROW_WINDOW_S, ROLLOVER, WINDOW_S, Lane, label
from workbench.charts.theme import DARK, LIGHT
from workbench.practice.judged import JudgedNote

SCALE = parse_scale("A minor pentatonic")


def judged(number: int, midi: float | None = 57.0, verdict: Any = "right", **more: Any) -> JudgedNote:
    """A note of one beat, the `number`-th of a take at two notes a second."""
    onset = 0.5 * number
    note = Note(number, onset, onset + 0.04, midi, 0.95, -20.0, offset_s=more.pop("offset_s", onset + 0.4))
    cents = None if midi is None else cents_off(midi)
    name = None if midi is None else note_name(midi)
    return JudgedNote(note, verdict, verdict != "wrong", 1, more.pop("deviation_ms", None), cents, name, True)


@pytest.fixture
def lane() -> Lane:
    return Lane(SCALE)


def test_notes_lie_at_their_time_and_pitch(lane: Lane) -> None:
    lane.show([judged(0, 57.0), judged(1, 60.1)])
    assert list(lane.source.data["onset_s"]) == [0.0, 0.5]
    assert list(lane.source.data["midi"]) == [57.0, 60.1]
    assert list(lane.source.data["end_s"]) == [0.4, 0.9]


def test_a_mended_note_is_changed_where_it_is(lane: Lane) -> None:
    lane.show([judged(0, 69.0, "wrong"), judged(1)])
    lane.show([judged(0, 57.0)])
    assert list(lane.source.data["number"]) == [0, 1]
    assert lane.source.data["midi"][0] == 57.0
    assert lane.source.data["verdict"][0] == "right"


def test_a_claim_that_is_taken_back_loses_its_red_mark_and_its_word(lane: Lane) -> None:
    lane.show([judged(0, 58.0, "wrong", offset_s=None)])
    assert (lane.source.data["verdict"][0], lane.source.data["label"][0]) == ("wrong", "A#3")
    lane.show([judged(0, 58.0, "unsure")])
    assert list(lane.source.data["verdict"]) == ["unsure"]
    assert list(lane.source.data["label"]) == [""]


def test_a_sounding_note_reaches_beyond_now(lane: Lane) -> None:
    lane.show([judged(0, offset_s=None)])
    lane.move(30.0)
    assert lane.source.data["end_s"][0] > lane.figure.x_range.end


def test_an_event_without_a_pitch_has_no_place(lane: Lane) -> None:
    lane.show([judged(0, None, "unsure")])
    assert list(lane.source.data["number"]) == []


def test_only_the_newest_notes_are_kept_and_can_still_be_mended(lane: Lane) -> None:
    lane.show([judged(number) for number in range(ROLLOVER)])
    lane.show([judged(number) for number in range(ROLLOVER, ROLLOVER + 50)])
    newest = ROLLOVER + 49
    lane.show([judged(newest, 60.0)])
    assert list(lane.source.data["number"]) == list(range(50, ROLLOVER + 50))
    assert lane.source.data["midi"][-1] == 60.0


def test_it_scrolls_so_that_now_is_at_the_right(lane: Lane) -> None:
    lane.move(42.0)
    span = lane.figure.x_range
    assert span.end - span.start == pytest.approx(WINDOW_S)
    assert 42.0 < span.end < 43.0


def test_a_phone_shows_less_time(lane: Lane) -> None:
    lane.move(42.0)
    lane.fit(narrow=True)
    span = lane.figure.x_range
    assert span.end - span.start == pytest.approx(NARROW_WINDOW_S)
    assert 42.0 < span.end < 43.0


def test_the_pitch_range_grows_to_hold_a_note_and_never_shrinks(lane: Lane) -> None:
    lane.show([judged(0, 76.0)])
    assert lane.figure.y_range.end > 76.0
    lane.show([judged(1, 57.0)])
    assert lane.figure.y_range.end > 76.0
    assert {76} <= set(lane.figure.ygrid[0].ticker.ticks)


def test_the_lines_are_the_tones_of_the_scale(lane: Lane) -> None:
    ticks = lane.figure.ygrid[0].ticker.ticks
    assert ticks
    assert all(SCALE.contains(tick) for tick in ticks)
    assert lane.figure.yaxis[0].major_label_overrides[57] == "A3"


def test_pitch_names_do_not_lie_on_each_other() -> None:
    lane = Lane(parse_scale("chromatic"))
    lane.fit(narrow=True)
    names = sorted(lane.figure.yaxis[0].major_label_overrides)
    pixels_per_semitone = lane.figure.height / (lane.figure.y_range.end - lane.figure.y_range.start)
    assert len(names) > 8
    assert min(after - before for before, after in pairwise(names)) * pixels_per_semitone >= 11.0
    assert {48, 60} <= set(names)


def test_flats_are_spelled_as_the_scale_spells() -> None:
    lane = Lane(parse_scale("Bb major"))
    assert lane.figure.yaxis[0].major_label_overrides[58] == "Bb3"


def test_a_new_practice_begins_with_an_empty_lane(lane: Lane) -> None:
    lane.show([judged(0, 80.0)])
    lane.mark([1.0])
    lane.begin(parse_scale("C major"))
    assert list(lane.source.data["number"]) == []
    assert lane.figure.y_range.end < 80.0
    lane.show([judged(0)])
    assert list(lane.source.data["number"]) == [0]


def test_colours_follow_the_theme(lane: Lane) -> None:
    def colours() -> set[str]:
        return {colour for renderer in lane.figure.renderers for colour in mapped(renderer)}

    def mapped(renderer: Any) -> list[str]:
        fill = renderer.glyph.properties_with_values().get("fill_color")
        return list(fill.transform.palette) if getattr(fill, "transform", None) else []

    assert LIGHT.right in colours()
    lane.paint(dark=True)
    assert DARK.right in colours()
    assert LIGHT.right not in colours()


@pytest.mark.parametrize(
    ("note", "word"),
    [
        (judged(0), ""),
        (judged(0, 58.0, "wrong"), "A#3"),
        (judged(0, 57.31, "off"), "+31"),
        (judged(0, 56.7, "off"), "-30"),
        (judged(0, deviation_ms=45.0), "▸"),
        (judged(0, deviation_ms=-45.0), "◂"),
        (judged(0, deviation_ms=4.0), ""),
        (judged(0, 57.0, "unsure"), ""),
    ],
)
def test_the_label_says_what_the_shape_cannot(note: JudgedNote, word: str) -> None:
    assert label(note) == word
