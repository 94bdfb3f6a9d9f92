"""Rows of a journal: what goes in comes back, for every goal a player can have."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from dsp.events import Note
from dsp.scales import parse_scale
from dsp.summary import METRICS
from dsp.tuning import parse_tuning
from workbench.practice.goal import Goal
from workbench.practice.record import Heard, session_end, session_start
from workbench.practice.rows import Header, RowsError, end_row, header_row, heard_row, note_row, read_session
from workbench.user import User

STARTED = datetime(2026, 3, 1, 12, tzinfo=UTC)
ENGINE = {"name": "e", "version": "9", "hop_length": 256}

GOALS = [
    Goal(parse_scale("C major")),
    Goal(parse_scale("Bb dorian"), strictness=1.0, sensitivity=0.0, a4_hz=432.0),
    Goal(parse_scale("C: 0 2 4 7"), tuning=parse_tuning("DADGAD"), enabled_metrics=frozenset(METRICS[:2])),
    Goal(parse_scale("chromatic"), bpm=97.5, notes_per_beat=3, click_start_s=0.25, latency_ms=12.5),
]
NOTES = [
    Note(index, 0.25 * index, 0.25 * index + 0.04, 60.0 + index % 5, 0.9, -20.0, offset_s=0.25 * index + 0.2)
    for index in range(12)
] + [Note(12, 3.0, 3.04, None, 0.2, -40.0, kind="muted", offset_s=3.1)]


def header(goal: Goal) -> Header:
    start = session_start(
        UUID(int=9), User("Zoë"), goal, device_type="browser", started_at=STARTED, origin_device="here"
    )
    return Header(start, goal, 48_000.0, ENGINE, "/music/x.flac")


def through_json(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [json.loads(json.dumps(row)) for row in rows]


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.scale.name)
def test_a_whole_journal_reads_back_as_the_session(goal: Goal) -> None:
    ended = STARTED + timedelta(seconds=10)
    rows = through_json(
        header_row(header(goal)),
        *[note_row(note) for note in NOTES],
        heard_row(9.5, [(4.0, 6.0)]),
        end_row(ended, "stopped"),
    )
    start, end = read_session(rows)
    assert start == header(goal).start
    heard = Heard(NOTES, 7.5, ENGINE, 48_000.0, [(4.0, 6.0)], "/music/x.flac")
    assert end == session_end(UUID(int=9), goal, heard, ended)


def test_of_a_note_the_newest_state_counts() -> None:
    claimed = Note(0, 1.0, 1.04, 61.0, 0.5, -20.0)
    mended = Note(0, 1.0, 1.1, 60.0, 0.9, -20.0, revised=True, offset_s=1.5)
    _, end = read_session(through_json(header_row(header(GOALS[0])), note_row(claimed), note_row(mended)))
    (note,) = end.notes
    assert (note.midi, note.duration_s) == (60.0, 0.5)


@pytest.mark.parametrize("kind", ["percussive", "polyphonic"])
def test_a_claim_that_was_taken_back_is_one_unjudged_row(kind: Any) -> None:
    claimed = Note(0, 1.0, 1.04, 61.0, 0.5, -20.0)
    taken = replace(claimed, kind=kind, reported_s=1.1, revised=True)
    rows = (header_row(header(GOALS[0])), note_row(claimed), note_row(taken))
    for journal in (rows, (*rows, note_row(replace(taken, offset_s=1.5)))):
        _, end = read_session(through_json(*journal))
        (note,) = end.notes
        assert (note.in_scale, note.articulation) == (None, kind)
        counts = end.summary.counts
        assert (counts.played, counts.wrong, counts.unjudged) == (1, 0, 1)
        assert end.unique_notes == 0


def test_without_an_end_the_session_ends_where_the_journal_does() -> None:
    _, end = read_session(through_json(header_row(header(GOALS[0])), heard_row(4.0, []), note_row(NOTES[-1])))
    assert end.duration_s == 4.0
    assert end.ended_at == STARTED + timedelta(seconds=4)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "no readable beginning"),
        ([heard_row(1.0, [])], "no readable beginning"),
        ([{**header_row(header(GOALS[0])), "version": 99}], "version 99; this FretCoach reads version 1"),
        ([{**header_row(header(GOALS[0])), "device_type": "zither"}], "a source 'zither'"),
    ],
)
def test_rows_that_no_session_can_be_read_from_are_refused(rows: list[dict[str, Any]], sentence: str) -> None:
    with pytest.raises(RowsError, match=sentence):
        read_session(rows)
