"""The earlier FretCoach's sessions: ids, times and figures as rows of ours, the same every time."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from workbench.store.detail import detail_to_summary
from workbench.store.prototype import PROTOTYPE_COLUMNS, adopted_id, adopted_rows

BERLIN = ZoneInfo("Europe/Berlin")
OLD_ID = "0c9b3b0e-6a54-4c0e-8d9c-111111111111"


def a_row(**other: Any) -> dict[str, Any]:
    row = dict.fromkeys(PROTOTYPE_COLUMNS) | {
        "session_id": OLD_ID,
        "user_id": "default_user",
        "start_timestamp": datetime.fromisoformat("2026-01-02T18:00:00"),
        "end_timestamp": datetime.fromisoformat("2026-01-02T18:10:00"),
        "pitch_accuracy": 0.75,
        "scale_conformity": None,
        "timing_stability": 0.5,
        "scale_chosen": "A Minor",
        "scale_type": "pentatonic",
        "sensitivity": 0.5,
        "strictness": 0.7,
        "total_notes_played": 40,
        "correct_notes_played": 30,
        "bad_notes_played": 10,
        "total_inscale_notes": 5,
        "duration_seconds": 600.0,
        "ambient_light_option": True,
        "created_at": datetime.fromisoformat("2026-01-02T18:10:01"),
    }
    return row | other


def test_a_uuid_stays_and_another_id_becomes_one_of_its_user() -> None:
    assert adopted_id(OLD_ID, "ada") == (UUID(OLD_ID), None)
    made, legacy = adopted_id("session 7", "ada")
    assert legacy == "session 7"
    assert made.version == 5
    assert made == UUID("5e9484e4-63f7-57c1-9ea8-157467d011e4")
    assert made != adopted_id("session 7", "ben")[0]


def test_times_are_read_in_the_stated_zone() -> None:
    session, analysis = adopted_rows(a_row(), BERLIN)
    assert session["start_timestamp"] == datetime(2026, 1, 2, 17, 0, tzinfo=UTC)
    assert session["end_timestamp"] == datetime(2026, 1, 2, 17, 10, tzinfo=UTC)
    assert session["created_at"] == analysis["created_at"] == datetime(2026, 1, 2, 17, 10, 1, tzinfo=UTC)
    aware = datetime(2026, 1, 2, 18, 0, tzinfo=UTC)
    assert adopted_rows(a_row(start_timestamp=aware), BERLIN)[0]["start_timestamp"] == aware


def test_scores_and_counts_are_kept_and_nothing_is_made_up() -> None:
    session, analysis = adopted_rows(a_row(), BERLIN)
    assert session["pitch_accuracy"] == 0.75
    assert session["scale_conformity"] is None
    assert session["enabled_metrics"] == ["pitch_accuracy", "timing_stability"]
    assert "unique_notes_used" not in session
    assert "noise_control" not in session
    assert session["ambient_lighting_used"] is True
    assert analysis["engine_version"] == "fretcoach-prototype"
    assert analysis["settings"] == {"total_inscale_notes": 5}
    assert session["current_analysis_id"] == analysis["analysis_id"]
    summary = detail_to_summary(analysis["metric_detail"])
    assert summary.metrics["pitch_accuracy"].score == 0.75
    assert summary.overall.score is None
    assert (summary.counts.played, summary.counts.right, summary.counts.wrong) == (40, 30, 10)


def test_the_same_row_gives_the_same_ids_every_time() -> None:
    assert adopted_rows(a_row(session_id="x"), BERLIN) == adopted_rows(a_row(session_id="x"), BERLIN)


def test_a_session_without_an_end_is_over_all_the_same() -> None:
    session, _ = adopted_rows(a_row(end_timestamp=None), BERLIN)
    assert session["end_timestamp"] == datetime(2026, 1, 2, 17, 10, tzinfo=UTC)
    session, _ = adopted_rows(a_row(end_timestamp=None, duration_seconds=None), BERLIN)
    assert session["end_timestamp"] == session["start_timestamp"]


@pytest.mark.parametrize("written", [float("nan"), float("inf"), -0.1, 40.0])
def test_a_score_that_is_no_share_is_no_score(written: float) -> None:
    session, _ = adopted_rows(a_row(pitch_accuracy=written), BERLIN)
    assert session["pitch_accuracy"] is None


def test_an_older_table_without_scale_type_is_natural() -> None:
    row = a_row()
    del row["scale_type"]
    assert adopted_rows(row, BERLIN)[0]["scale_type"] == "natural"
    assert adopted_rows(a_row(scale_type="diatonic"), BERLIN)[0]["scale_type"] == "natural"
