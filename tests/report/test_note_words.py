"""What is said about notes is what the frames hold."""

from datetime import UTC, datetime
from typing import Any

import polars as pl

from workbench.insight.moments import MOMENT_SCHEMA
from workbench.insight.weak_spots import WEAK_SPOTS_SCHEMA
from workbench.report.note_words import moment, weak_spots

SESSION = {
    "start_timestamp": datetime(2026, 10, 27, 18, 26, tzinfo=UTC),
    "scale_chosen": "E Minor",
    "scale_type": "pentatonic",
    "bpm": 100.0,
}
NONE = WEAK_SPOTS_SCHEMA.to_frame()


def a_moment(kind: str, **values: Any) -> dict[str, Any]:
    nothing = {**dict.fromkeys(MOMENT_SCHEMA, 0), "timed": True, "start_s": 61.2, "end_s": 66.9}
    return {**nothing, "kind": kind, **values}


def test_the_best_moment_says_where_and_why() -> None:
    where, why = moment(a_moment("best", notes=16, clean=16), SESSION, UTC)
    assert where == "Tuesday 27 October, 18:26, E minor pentatonic at 100 bpm: from 1:01 to 1:06."
    assert why == "16 notes in a row in the scale, in tune and on the beat."


def test_without_a_beat_nothing_is_said_of_it() -> None:
    _, why = moment(a_moment("best", notes=9, clean=9, timed=False), {**SESSION, "bpm": None}, UTC)
    assert why == "9 notes in a row in the scale and in tune."


def test_the_worst_moment_names_each_fault_and_a_slower_click() -> None:
    _, why = moment(a_moment("worst", notes=12, clean=4, wrong=1, early=4, late=3), SESSION, UTC)
    assert why == "Of 12 notes in a row: 4 clean, 1 outside the scale, 4 early and 3 late. Try it at 80 bpm."
    _, why = moment(a_moment("worst", notes=12, clean=0, wrong=12), SESSION, UTC)
    assert why == "Of 12 notes in a row: none clean, 12 outside the scale."


def test_below_the_evidence_no_spot_is_named() -> None:
    said = weak_spots(NONE, {"notes": 150, "sessions": 2, "enough": False})
    assert said.found == ()
    assert said.rests_on == (
        "Not enough notes to tell: this week and the four before hold 150 judged notes in 2 sessions, and it "
        "takes 200 notes in 4 sessions."
    )


def test_a_spot_is_told_with_what_to_practise() -> None:
    spot = {
        **dict.fromkeys(WEAK_SPOTS_SCHEMA),
        "sentence": "You drag the note after a step up: 20 of 100 come late, elsewhere 4.",
        "scale_chosen": "A Minor",
        "scale_type": "natural",
        "bpm": 67.0,
    }
    said = weak_spots(
        pl.DataFrame([spot], schema=WEAK_SPOTS_SCHEMA), {"notes": 2000, "sessions": 9, "enough": True}
    )
    assert said.found == (f"{spot['sentence']} Try A minor at 67 bpm.",)
    assert "2,000 judged notes in 9 sessions" in said.rests_on


def test_nothing_found_is_said_too() -> None:
    said = weak_spots(NONE, {"notes": 2000, "sessions": 9, "enough": True})
    assert said.rests_on.startswith("Nothing stands out in this week and the four before, 2,000 judged notes")
