"""A practice as text."""

from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from dsp.events import Note
from dsp.summary import Counts, Metric, Overall, Summary
from workbench.practice.judged import JudgedNote
from workbench.practice.levels import Levels
from workbench.practice.meter import NoteNow, Snapshot
from workbench.practice.terminal import live_view, physical, summary_view

NOTE = Note(3, 1.0, 1.04, 57.04, 0.9, -20.0)
JUDGED = JudgedNote(NOTE, "right", True, 1, None, 4.0, "A3", False)
METRICS = {
    "pitch_accuracy": Metric(6.2, "cents", 5.0, 7.0, 64, 0.94),
    "timing_stability": Metric(None, "step", None, None, 2, None, {"reason": "not enough notes yet"}),
}
PLAYING = Snapshot(
    t_s=12.3,
    state="running",
    note=NoteNow("A3", 57.04, 4.0, 0.9, JUDGED),
    levels=Levels(-20.0, -10.0),
    metrics=METRICS,
    overall=0.82,
    counts=Counts(66, 62, 2, 2),
)


def text(renderable: Any) -> str:
    console = Console(width=100, force_terminal=False, record=True)
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


def test_the_live_view_tells_note_level_scores_and_counts() -> None:
    said = text(live_view(PLAYING))
    assert "running   12.3 s" in said
    assert "A3    +4 cents" in said
    assert "● right" in said
    assert "-20.0 dBFS" in said
    assert "Pitch    94  excellent  6 cents off           64 notes" in said
    assert "Timing   --  not yet    not enough notes yet" in said
    assert "Overall  82  good" in said
    assert "played 66 · right 62 · wrong 2 · not sure 2" in said


@pytest.mark.parametrize(("cents", "place"), [(-50.0, 0), (0.0, 10), (49.9, 19)])
def test_the_needle_stands_where_the_pitch_is(cents: float, place: int) -> None:
    assert PLAYING.note is not None
    said = text(live_view(replace(PLAYING, note=replace(PLAYING.note, cents=cents))))
    needle = said.split("flat ")[1].split(" sharp")[0]
    assert abs(needle.index("|") - place) <= 1
    assert len(needle) == 20


def test_trouble_is_said_in_words() -> None:
    loud = Levels(-3.0, 0.0, True, 12)
    said = text(live_view(replace(PLAYING, note=None, levels=loud, dropped_blocks=3, message="Full disk.")))
    assert "too loud: turn the input down" in said
    assert "3 blocks lost" in said
    assert "Full disk." in said
    assert "--\n" in said


def test_the_end_tells_what_was_left_out() -> None:
    overall = Overall(0.94, {"pitch_accuracy": 1.0}, ("timing_stability",))
    said = text(summary_view(Summary(METRICS, overall, Counts(66, 62, 2, 2))))
    assert "Played 66: right 62, wrong 2, not sure 2." in said
    assert "Left out of the overall: timing." in said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (6.2, "cents", "6 cents off"),
        (0.973, "share", "97 % in the scale"),
        (18.4, "ms", "18 ms spread"),
        (0.031, "step", "3 % of a step"),
        (0.5, "score", ""),
    ],
)
def test_a_metric_is_said_in_its_unit(value: float, unit: str, said: str) -> None:
    assert physical(Metric(value, unit, None, None, 10, 0.5)) == said
