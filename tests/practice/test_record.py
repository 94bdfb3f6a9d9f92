"""From what was heard to rows."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from dsp.events import Note
from dsp.scales import parse_scale
from dsp.tuning import parse_tuning
from workbench.practice.goal import Goal
from workbench.practice.record import Heard, session_end, stored_notes

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SESSION = UUID(int=7)


def note(number: int, **changes: Any) -> Note:
    known: dict[str, Any] = {
        "number": number,
        "onset_s": float(number),
        "reported_s": number + 0.04,
        "midi": 60.1,
        "confidence": 0.9,
        "level_dbfs": -20.0,
        "offset_s": number + 0.5,
    }
    return Note(**known | changes)


def goal(**options: Any) -> Goal:
    return Goal(parse_scale("C major"), **options)


def test_a_judged_note_keeps_its_steady_pitch() -> None:
    (row,) = stored_notes([note(0, steady_midi=60.2)], goal())
    assert (row.midi, row.in_scale, row.articulation, row.duration_s) == (60.2, True, "pick", 0.5)
    assert row.cents == pytest.approx(20.0)


def test_an_event_that_was_not_judged_keeps_its_kind_and_no_verdict() -> None:
    rows = stored_notes([note(0, kind="muted", midi=None), note(1, kind="unsure", midi=61.0)], goal())
    assert [(row.in_scale, row.articulation, row.midi) for row in rows] == [
        (None, "muted", None),
        (None, "unsure", 61.0),
    ]


def test_a_note_whose_end_was_not_heard_has_no_duration() -> None:
    (row,) = stored_notes([note(0, offset_s=None)], goal())
    assert row.duration_s is None


def test_a_string_is_named_only_where_the_tuning_leaves_no_choice() -> None:
    rows = stored_notes(
        [note(0, midi=40.0), note(1, midi=52.0), note(2, midi=88.0), note(3, midi=36.0)], goal()
    )
    assert [(row.string, row.fret) for row in rows] == [(0, 0), (None, None), (5, 24), (None, None)]
    (low,) = stored_notes([note(0, midi=36.0)], goal(tuning=parse_tuning("bass")))
    assert (low.string, low.fret) == (None, None)


def test_late_notes_are_late_against_the_click() -> None:
    clicked = goal(bpm=60.0, click_start_s=0.0)
    rows = stored_notes([note(index, onset_s=index + 0.02) for index in range(8)], clicked)
    assert [row.deviation_ms for row in rows] == pytest.approx([20.0] * 8)


def test_the_summary_is_of_all_notes_and_the_settings_say_how() -> None:
    notes = [note(index, midi=60.0 + (index % 3)) for index in range(12)]
    heard = Heard(notes, 13.0, {"name": "e", "version": "9"}, 48_000.0, [(1.0, 2.0)], "/tmp/x.flac")
    end = session_end(SESSION, goal(notes_per_beat=2), heard, NOW)
    assert (end.summary.counts.played, end.summary.counts.right, end.summary.counts.wrong) == (12, 8, 4)
    assert (end.unique_notes, end.engine_version, end.duration_s) == (3, "9", 13.0)
    assert end.recording_path == "/tmp/x.flac"
    assert end.engine_settings == {
        "name": "e",
        "version": "9",
        "sample_rate": 48_000.0,
        "tuning": [40, 45, 50, 55, 59, 64],
        "scale": "C major",
        "notes_per_beat": 2,
        "click_start_s": None,
        "pauses_s": [[1.0, 2.0]],
    }


def test_a_silent_session_has_no_score() -> None:
    end = session_end(SESSION, goal(), Heard([], 0.0, {}, 48_000.0), NOW)
    assert end.summary.overall.score is None
    assert end.notes == ()
