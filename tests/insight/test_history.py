"""Totals, the diary, the latest session against the average."""

from collections.abc import Callable
from datetime import UTC, date

import polars as pl
import pytest

from workbench.insight import history
from workbench.insight.comparable import SCORES

Sessions = Callable[..., pl.DataFrame]

RUNNING = {"end_timestamp": None, "engine_version": None, "duration_seconds": None, "overall": None}


def test_totals_of_nothing_are_zero_and_unknown(sessions: Sessions) -> None:
    totals = history.totals(sessions())
    assert totals.schema == history.TOTALS_SCHEMA
    row = totals.row(0, named=True)
    assert (row["sessions"], row["hours"], row["notes"], row["days"]) == (0, 0.0, 0, 0)
    assert row["pitch_accuracy"] is None
    assert row["overall"] is None


def test_totals_count_what_is_finished(sessions: Sessions) -> None:
    played = sessions((0, {}), (0.1, {"pitch_accuracy": 0.9}), (1, {"pitch_accuracy": None}), (2, RUNNING))
    row = history.totals(played, UTC).row(0, named=True)
    assert (row["sessions"], row["hours"], row["notes"], row["days"]) == (3, 1.5, 300, 2)
    assert row["pitch_accuracy"] == pytest.approx(0.85)
    assert row["scale_conformity"] == pytest.approx(0.9)


def test_hours_of_the_prototype_count_but_its_scores_do_not(sessions: Sessions) -> None:
    old = {"engine_version": "fretcoach-prototype", "pitch_accuracy": 0.1}
    row = history.totals(sessions((0, old), (1, {})), UTC).row(0, named=True)
    assert (row["sessions"], row["hours"]) == (2, 1.0)
    assert row["pitch_accuracy"] == 0.8


def test_the_mean_overall_only_mixes_the_same_parts(sessions: Sessions) -> None:
    other = {"noise_control": None, "overall": 0.1}
    row = history.totals(sessions((0, other), (1, {"overall": 0.6}), (2, {"overall": 0.8})), UTC).row(
        0, named=True
    )
    assert row["overall"] == pytest.approx(0.7)


def test_the_diary_is_newest_first_and_shows_what_runs(sessions: Sessions) -> None:
    diary = history.diary(sessions((0, {"comment": "slow"}), (1, {"device_type": "demo"}), (2, RUNNING)), UTC)
    assert diary.schema == history.DIARY_SCHEMA
    assert diary["session_id"].to_list() == ["session 2", "session 1", "session 0"]
    assert diary["finished"].to_list() == [False, True, True]
    assert diary["source"].to_list() == ["practice", "demo", "practice"]
    first = diary.row(-1, named=True)
    assert (first["day"], first["minutes"], first["comment"]) == (date(2026, 3, 2), 30.0, "slow")
    assert (first["played"], first["right"], first["wrong"], first["unjudged"]) == (100, 90, 6, 4)
    assert history.diary(sessions()).schema == history.DIARY_SCHEMA


def test_recent_are_the_newest_that_are_finished(sessions: Sessions) -> None:
    recent = history.recent(sessions((0, {}), (1, {}), (2, {}), (3, RUNNING)), 2, UTC)
    assert recent["session_id"].to_list() == ["session 2", "session 1"]


def test_the_latest_is_held_against_those_before_it(sessions: Sessions) -> None:
    before = [(day, {"pitch_accuracy": score}) for day, score in enumerate((0.5, 0.6, 0.7))]
    frame = history.latest_against_average(sessions(*before, (9, {"pitch_accuracy": 0.9})))
    assert frame.schema == history.LATEST_SCHEMA
    assert frame["metric"].to_list() == list(SCORES)
    pitch = frame.row(0, named=True)
    assert (pitch["latest"], pitch["sessions"]) == (0.9, 3)
    assert pitch["average"] == pytest.approx(0.6)
    assert pitch["difference"] == pytest.approx(0.3)
    # Student's t for two degrees of freedom is 4.303; the standard error is 0.1 / root 3.
    assert pitch["high"] - pitch["average"] == pytest.approx(4.303 * 0.1 / 3**0.5)


def test_few_sessions_make_no_average(sessions: Sessions) -> None:
    pitch = history.latest_against_average(sessions((0, {}), (1, {}), (2, {}))).row(0, named=True)
    assert (pitch["latest"], pitch["sessions"]) == (0.8, 2)
    assert (pitch["average"], pitch["low"], pitch["difference"]) == (None, None, None)


def test_a_score_that_the_latest_lacks_is_unknown(sessions: Sessions) -> None:
    history_of = sessions((0, {}), (1, {}), (2, {}), (3, {"timing_stability": None}))
    rows = {row["metric"]: row for row in history.latest_against_average(history_of).iter_rows(named=True)}
    timing, overall = rows["timing_stability"], rows["overall"]
    assert (timing["latest"], timing["average"], timing["difference"]) == (None, pytest.approx(0.7), None)
    assert (overall["latest"], overall["sessions"], overall["average"]) == (0.75, 0, None), "other parts"


def test_without_a_session_there_is_no_latest(sessions: Sessions) -> None:
    for nothing in (sessions(), sessions((0, RUNNING))):
        frame = history.latest_against_average(nothing)
        assert frame.is_empty()
        assert frame.schema == history.LATEST_SCHEMA
