"""Delete means delete: after a week, or at once; on the disk too."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, text, update

from workbench.store import deletion
from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.store.schema import AnalysisRow, NoteRow, SessionRow
from workbench.store.transaction import transaction
from workbench.user import User

Finish = Callable[[SessionStart], SessionEnd]


@pytest.fixture
def recording(tmp_path: Path, start: SessionStart) -> Path:
    path = tmp_path / "recordings" / f"{start.session_id}.flac"
    path.parent.mkdir()
    path.write_bytes(b"sound")
    return path


@pytest.fixture
def repository(any_engine: Engine, start: SessionStart, finish: Finish, recording: Path) -> Repository:
    """With one finished and recorded session of ada."""
    repository = Repository(any_engine)
    end = replace(finish(start), recording_path=str(recording), comment="what a day")
    repository.add_finished([(start, end)])
    return repository


def row_of(engine: Engine, session_id: UUID) -> dict[str, Any]:
    with engine.connect() as connection:
        query = select(SessionRow.__table__).where(SessionRow.session_id == session_id)
        return dict(connection.execute(query).mappings().one())


def rows_of(engine: Engine, model: Any) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(model.__table__)).mappings().all())


def deleted(engine: Engine, user: User, ago: timedelta) -> None:
    with transaction(engine, user) as connection:
        connection.execute(update(SessionRow).values(deleted_at=datetime.now(UTC) - ago))


def assert_tombstone(engine: Engine, start: SessionStart) -> None:
    row = row_of(engine, start.session_id)
    assert row["start_timestamp"] == start.started_at
    assert (row["user_id"], row["current_analysis_id"] is None) == ("ada", False)
    told = {name: row[name] for name in ("comment", "recording_path", "overall", "pitch_accuracy", "bpm")}
    assert set(told.values()) == {None}
    assert (row["scale_chosen"], row["total_notes_played"]) == ("", 0)
    assert None not in (row["deleted_at"], row["purged_at"])
    assert rows_of(engine, NoteRow) == []
    (analysis,) = rows_of(engine, AnalysisRow)
    assert (analysis["settings"], analysis["metric_detail"]) == ({}, {})


def test_after_a_week_nothing_but_a_tombstone_is_left(
    any_engine: Engine, repository: Repository, start: SessionStart, recording: Path
) -> None:
    deleted(any_engine, start.user, timedelta(days=7, minutes=1))
    assert repository.purge(start.user) == 1
    assert_tombstone(any_engine, start)
    assert not recording.exists()
    before = row_of(any_engine, start.session_id)
    assert repository.purge(start.user) == 0
    assert row_of(any_engine, start.session_id) == before


def test_within_the_week_it_can_be_taken_back(
    any_engine: Engine, repository: Repository, start: SessionStart, recording: Path
) -> None:
    deleted(any_engine, start.user, timedelta(days=6, hours=23))
    assert repository.purge(start.user) == 0
    repository.undo_delete(start.user, start.session_id)
    assert (len(rows_of(any_engine, NoteRow)), recording.exists()) == (4, True)


def test_what_is_gone_can_not_be_taken_back(
    any_engine: Engine, repository: Repository, start: SessionStart
) -> None:
    repository.delete_now(start.user, start.session_id)
    with pytest.raises(StoreError, match="unless it was for good"):
        repository.undo_delete(start.user, start.session_id)


def test_delete_now_means_now(
    any_engine: Engine, repository: Repository, start: SessionStart, recording: Path
) -> None:
    repository.delete_now(start.user, start.session_id)
    assert_tombstone(any_engine, start)
    assert not recording.exists()
    repository.delete_now(start.user, start.session_id)


def test_only_what_was_deleted_goes(
    any_engine: Engine, repository: Repository, start: SessionStart, finish: Finish, ben: User
) -> None:
    for user in (start.user, ben):
        other = replace(start, session_id=new_id(), user=user)
        repository.add_finished([(other, finish(other))])
    with transaction(any_engine, start.user) as connection:
        mine = update(SessionRow).where(SessionRow.session_id == start.session_id)
        connection.execute(mine.values(deleted_at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert repository.purge(ben) == 0
    assert repository.purge(start.user) == 1
    assert len(rows_of(any_engine, NoteRow)) == 8


def test_a_clock_that_stands_in_1970_purges_nothing(
    sqlite_engine: Engine, start: SessionStart, finish: Finish, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(sqlite_engine)
    repository.add_finished([(start, finish(start))])
    deleted(sqlite_engine, start.user, timedelta(days=30))
    monkeypatch.setattr(deletion, "clock", lambda _: datetime(1970, 1, 1, tzinfo=UTC))
    assert repository.purge(start.user) == 0
    assert len(rows_of(sqlite_engine, NoteRow)) == 4


@pytest.mark.postgres
def test_a_server_goes_by_its_own_clock(postgres_engine: Engine) -> None:
    with postgres_engine.begin() as connection:
        server = connection.execute(text("SELECT now()")).scalar_one()
        assert deletion.clock(connection) == server


def test_a_row_does_not_name_somebody_elses_file(
    any_engine: Engine, start: SessionStart, finish: Finish, tmp_path: Path
) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("keep me")
    repository = Repository(any_engine)
    repository.add_finished([(start, replace(finish(start), recording_path=str(precious)))])
    repository.delete_now(start.user, start.session_id)
    assert precious.read_text() == "keep me"


def test_a_recording_that_can_not_be_removed_keeps_the_session_for_the_next_try(
    any_engine: Engine, repository: Repository, start: SessionStart, recording: Path
) -> None:
    recording.unlink()
    recording.mkdir()
    deleted(any_engine, start.user, timedelta(days=8))
    with pytest.raises(StoreError, match="can't be removed"):
        repository.purge(start.user)
    recording.rmdir()
    assert repository.purge(start.user) == 1


def test_more_sessions_than_fit_into_one_statement(any_engine: Engine, start: SessionStart) -> None:
    repository = Repository(any_engine)
    count = 2 * deletion._AT_ONCE + 1
    first = {"user_id": "ada", "scale_chosen": "A", "strictness": 0.5, "sensitivity": 0.5}
    with transaction(any_engine, start.user) as connection:
        rows = [
            first
            | {"session_id": new_id(), "start_timestamp": start.started_at, "deleted_at": start.started_at}
            for _ in range(count)
        ]
        connection.execute(SessionRow.__table__.insert(), rows)  # type: ignore[attr-defined]
    assert repository.purge(start.user) == count


def test_nothing_is_told_of_a_tombstone_again(
    repository: Repository, any_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    running = replace(start, session_id=new_id())
    repository.begin_session(running)
    for gone in (start, running):
        repository.delete_now(gone.user, gone.session_id)
    with pytest.raises(StoreError, match="deleted for good"):
        repository.set_comment(start.user, start.session_id, "still here")
    with pytest.raises(StoreError, match="deleted for good"):
        repository.append_analysis(start.user, start.session_id, finish(start).analysis)
    # A journal that is found later brings nothing back.
    repository.finish_session(running.user, finish(running))
    with transaction(any_engine, start.user) as connection:
        assert connection.execute(select(NoteRow.position)).all() == []
        assert connection.execute(select(SessionRow.comment)).scalars().all() == [None, None]
