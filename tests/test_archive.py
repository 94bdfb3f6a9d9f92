from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dsp.summary import Counts, Metric, Overall, Summary
from workbench.archive import Archive, scale_name, scale_of
from workbench.store.backup import back_up
from workbench.store.columns import new_id
from workbench.store.engine import opened
from workbench.store.errors import StoreError
from workbench.store.records import SessionEnd, SessionStart, StoredNote
from workbench.store.repository import Repository
from workbench.user import User

ADA, BEN = User("ada"), User("ben")
BEGAN = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
SUMMARY = Summary(
    {"pitch_accuracy": Metric(6.0, "cents", 4.0, 9.0, 64, 0.86)},
    Overall(0.86, {"pitch_accuracy": 1.0}),
    Counts(66, 62, 2, 2),
)


@pytest.fixture
def played(sqlite_engine: Engine) -> list[str]:
    """Two finished sessions of Ada, oldest first, and one of Ben."""
    repository = Repository(sqlite_engine)
    ids = []
    for user, days in ((ADA, 0), (ADA, 1), (BEN, 0)):
        start = SessionStart(new_id(), user, BEGAN + timedelta(days=days), "A Minor", "pentatonic")
        note = StoredNote(0, 0.5, 0.4, 57.0, 0.0, -20.0, 0.9, True, "pick")
        end = SessionEnd(
            start.session_id,
            start.started_at + timedelta(minutes=5),
            300.0,
            SUMMARY,
            (note,),
            1,
            "fretcoach-1",
        )
        repository.add_finished([(start, end)])
        ids.append(str(start.session_id))
    return ids


@pytest.fixture
def archive(sqlite_engine: Engine) -> Archive:
    return Archive(ADA, sqlite_engine)


def test_a_player_sees_only_their_own_newest_first(archive: Archive, played: list[str]) -> None:
    assert archive.sessions()["session_id"].to_list() == [played[1], played[0]]
    assert archive.of(BEN).sessions()["session_id"].to_list() == [played[2]]


def test_notes_and_figures_come_back_as_they_were_stored(archive: Archive, played: list[str]) -> None:
    row = archive.sessions().row(0, named=True)
    assert archive.notes(row["session_id"])["midi"].to_list() == [57.0]
    assert archive.summary(row["session_id"], row["current_analysis_id"]) == SUMMARY


def test_a_session_without_an_analysis_has_no_figures(archive: Archive, played: list[str]) -> None:
    assert archive.summary(played[0], None) is None


def test_words_are_kept_and_taken_away(archive: Archive, played: list[str]) -> None:
    archive.set_comment(played[0], "  slow bends ")
    assert archive.sessions()["comment"].to_list() == [None, "slow bends"]
    archive.set_comment(played[0], "  ")
    assert archive.sessions()["comment"].to_list() == [None, None]


def test_a_deleted_session_can_be_taken_back(archive: Archive, played: list[str]) -> None:
    archive.delete(played[1])
    assert archive.sessions()["session_id"].to_list() == [played[0]]
    archive.undo_delete(played[1])
    assert archive.sessions()["session_id"].to_list() == [played[1], played[0]]


def test_nobody_deletes_what_is_not_theirs(archive: Archive, played: list[str]) -> None:
    with pytest.raises(StoreError, match="There is no session"):
        archive.delete(played[2])
    assert archive.of(BEN).sessions().height == 1


def test_scales_are_named_as_players_name_them() -> None:
    assert scale_name("A Minor", "pentatonic") == "A minor pentatonic"
    assert scale_name("Whatever", "natural") == "Whatever natural"
    assert scale_of("Whatever", "natural") is None


def test_questions_go_to_the_replica_and_changes_to_the_database(
    sqlite_engine: Engine, played: list[str], tmp_path: Path
) -> None:
    copy = tmp_path / "replica.sqlite"
    sqlite_engine.dispose()
    back_up(Path(str(sqlite_engine.url.database)), "x").rename(copy)
    with opened(f"sqlite:///{copy}") as replica:
        archive = Archive(ADA, sqlite_engine, replica).of(ADA)
        archive.delete(played[0])
        assert archive.sessions().height == 2
        assert archive.notes(played[0]).height == 1
        assert Archive(ADA, sqlite_engine).sessions().height == 1
