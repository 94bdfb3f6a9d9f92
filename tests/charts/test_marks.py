import polars as pl
import pytest

from workbench.charts.marks import IN_TUNE_CENTS, NOTE_MARKS, ON_TIME_MS, marked


def test_each_note_gets_the_mark_that_its_row_deserves(every_mark: pl.DataFrame) -> None:
    assert marked(every_mark)["mark"].to_list() == list(NOTE_MARKS)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, "in the scale, in tune"),
        ({"midi": 57.3, "cents": 30.0}, "in the scale, 30 cents sharp"),
        ({"midi": 56.99, "cents": -1.0}, "in the scale, 1 cent flat"),
        ({"deviation_ms": 60.0}, "in the scale, in tune, 60 ms late"),
        ({"deviation_ms": -12.0, "cents": 4.0}, "in the scale, 4 cents sharp, 12 ms early"),
        ({"deviation_ms": 0.2}, "in the scale, in tune, on the click"),
        ({"midi": 58.0, "in_scale": False}, "A#3 is not in A minor pentatonic"),
        ({"in_scale": None, "articulation": "muted"}, "a muted string, so it does not count"),
        (
            {"in_scale": None, "articulation": "new kind"},
            "not sure which note this was, so it does not count",
        ),
    ],
)
def test_the_reason_is_told_in_words(build, change: dict[str, object], reason: str) -> None:
    assert marked(build(change), "A minor pentatonic")["reason"].item() == reason


def test_tuning_names_the_mark_of_a_note_that_is_late_too(build) -> None:
    told = marked(build({"cents": 40.0, "deviation_ms": 90.0})).row(0, named=True)
    assert told["mark"] == "off"
    assert told["reason"] == "in the scale, 40 cents sharp, 90 ms late"


def test_the_limits_themselves_are_still_right(build) -> None:
    told = marked(build({"cents": -IN_TUNE_CENTS, "deviation_ms": ON_TIME_MS}))
    assert told["mark"].to_list() == ["right"]


def test_flats_are_spelled_as_flats(build) -> None:
    assert marked(build({"midi": 58.0}), flats=True)["name"].item() == "Bb3"


def test_an_event_without_a_pitch_has_no_name(build) -> None:
    told = marked(build({"midi": None, "cents": None, "in_scale": None, "articulation": "percussive"}))
    assert told.select("mark", "name").row(0) == ("unsure", "?")


def test_no_notes_keep_their_types(build) -> None:
    told = marked(build())
    assert told.is_empty()
    assert told.select("mark", "name", "reason").schema == dict.fromkeys(
        ("mark", "name", "reason"), pl.String
    )
