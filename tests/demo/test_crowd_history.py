"""Histories of a crowd: whole, consistent, the same by seed, stored and removed on both databases."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import polars as pl
import pytest
from sqlalchemy import Engine

from workbench.demo.crowd_history import Crowd, store_crowd, stored_players
from workbench.store import queries
from workbench.store.columns import new_id
from workbench.store.read import read
from workbench.store.records import SessionStart
from workbench.store.repository import Repository
from workbench.user import User

CROWD = Crowd(range(2, 5), date(2026, 1, 1), date(2026, 3, 1), seed=7)


def test_a_history_is_consistent() -> None:
    for user, sessions, analyses, notes in CROWD.histories():
        assert sessions["user_id"].unique().to_list() == [user.id]
        assert sessions.height == analyses.height == sessions["session_id"].n_unique()
        assert sessions["current_analysis_id"].to_list() == analyses["analysis_id"].to_list()
        assert sessions["start_timestamp"].is_sorted()
        assert (sessions["end_timestamp"] > sessions["start_timestamp"]).all()
        assert sessions["device_type"].unique().to_list() == ["demo"]
        assert sessions["origin_device"].unique().to_list() == ["demo"]
        assert notes.n_unique(["analysis_id", "position"]) == notes.height
        counted = notes.group_by("session_id").agg(
            total_notes_played=pl.len(),
            correct_notes_played=pl.col("in_scale").sum(),
            bad_notes_played=(~pl.col("in_scale")).sum(),
            unjudged_notes=pl.col("in_scale").null_count(),
            unique_notes_used=pl.col("midi").round().n_unique() - pl.col("midi").is_null().any(),
            last=(pl.col("onset_s") + pl.col("duration_s")).max(),
        )
        both = sessions.join(counted, on="session_id", how="left", suffix="_of_notes")
        for name in counted.columns[1:-1]:
            assert both[name].to_list() == both[f"{name}_of_notes"].to_list(), name
        assert (both["duration_seconds"] > both["last"]).all()


def test_what_is_not_judged_has_no_pitch() -> None:
    notes = next(CROWD.histories()).notes
    unjudged = notes.filter(pl.col("in_scale").is_null())
    assert unjudged.height > 0
    assert set(unjudged["articulation"]) == {"unsure", "muted", "percussive"}
    assert unjudged.select("midi", "cents", "deviation_ms", "string", "fret").null_count().row(0) == (
        (unjudged.height,) * 5
    )
    judged = notes.filter(pl.col("in_scale").is_not_null())
    assert judged.select("midi", "cents", "deviation_ms").null_count().row(0) == (0, 0, 0)
    low = judged.filter(pl.col("string").is_not_null())
    assert (low["midi"].round() == 40 + low["fret"]).all()
    assert set(low["string"]) == {0}


def test_ids_are_of_version_7_and_in_order_of_time() -> None:
    sessions = next(CROWD.histories()).sessions
    for session_id, began in sessions.select("session_id", "start_timestamp").iter_rows():
        identifier = UUID(session_id)
        assert (identifier.version, identifier.variant) == (7, "specified in RFC 4122")
        assert datetime.fromtimestamp((identifier.int >> 80) / 1000.0, UTC) == began


def test_a_number_of_sessions_and_notes_is_kept() -> None:
    for history in replace(CROWD, sessions=11, notes=37).histories():
        assert history.sessions.height == 11
        assert history.notes.group_by("session_id").len()["len"].to_list() == [37] * 11


def test_the_same_crowd_is_the_same_and_a_part_of_it_too() -> None:
    whole = list(CROWD.histories())
    part = next(replace(CROWD, players=range(3, 4)).histories())
    for again, first in zip(part[1:], whole[1][1:], strict=True):
        assert isinstance(again, pl.DataFrame)
        assert again.equals(first)
    other = next(replace(CROWD, players=range(3, 4), seed=8).histories())
    assert not other.notes.equals(part.notes)


def test_a_crowd_is_stored_found_and_removed(any_engine: Engine) -> None:
    me = User("demo-0004")
    mine = SessionStart(new_id(), me, datetime(2026, 1, 1, tzinfo=UTC), "A Minor", "natural")
    repository = Repository(any_engine)
    repository.begin_session(mine)
    ticks: list[int] = []
    crowd = replace(CROWD, sessions=3, notes=20)
    assert store_crowd(any_engine, crowd, lambda: ticks.append(1)) == 9
    assert len(ticks) == 3
    assert store_crowd(any_engine, crowd) == 0
    assert [user.id for user in stored_players(any_engine)] == [
        "demo-ada",
        "demo-ben",
        "demo-cleo",
        "demo-0004",
        "demo-0005",
    ]
    stored = read(any_engine, User("demo-0005"), queries.sessions())
    assert stored["total_notes_played"].to_list() == [20] * 3
    expected = list(crowd.histories())[-1]
    assert stored["session_id"].to_list() == expected.sessions["session_id"].to_list()
    notes = read(any_engine, User("demo-0005"), queries.notes(stored["session_id"][1]))
    assert Counter(notes["articulation"]) == Counter(expected.notes["articulation"][20:40])
    assert notes["midi"].to_list() == pytest.approx(expected.notes["midi"][20:40].to_list())
    assert repository.erase_demo(reversed(stored_players(any_engine))) == 9
    assert repository.unfinished(me) == [mine.session_id]
    assert len(stored_players(any_engine)) == 3
