"""Deletions become final at a start, unless a server decides."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from workbench.housekeeping import purge_at_start
from workbench.settings import load_settings
from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.records import SessionStart
from workbench.store.repository import Repository
from workbench.store.schema import SessionRow
from workbench.store.transaction import transaction
from workbench.user import User

ADA = User("ada")


@pytest.fixture
def repository(any_engine: Engine) -> Repository:
    """With one session that was deleted eight days ago."""
    repository = Repository(any_engine)
    session_id = new_id()
    repository.begin_session(
        SessionStart(session_id, ADA, datetime(2026, 1, 1, tzinfo=UTC), "A Minor", "natural")
    )
    with transaction(any_engine, ADA) as connection:
        long_ago = datetime.now(UTC) - timedelta(days=8)
        connection.execute(update(SessionRow).values(deleted_at=long_ago))
    return repository


def test_a_start_makes_old_deletions_final_once(repository: Repository) -> None:
    assert purge_at_start(load_settings(), repository, User("ben")) == 0
    assert purge_at_start(load_settings(), repository, ADA) == 1
    assert purge_at_start(load_settings(), repository, ADA) == 0


def test_the_recording_of_a_session_that_was_purged_elsewhere_goes_too(
    repository: Repository, any_engine: Engine
) -> None:
    with transaction(any_engine, ADA) as connection:
        session_id = connection.execute(select(SessionRow.session_id)).scalar_one()
        connection.execute(update(SessionRow).values(purged_at=datetime.now(UTC)))
    folder = load_settings().data_dir / "recordings"
    folder.mkdir(parents=True)
    names = (f"{session_id}.flac", f"{new_id()}.flac", "my solo.flac")
    for name in names:
        (folder / name).write_bytes(b"sound")
    purge_at_start(load_settings(), repository, User("ben"))
    assert {path.name for path in folder.iterdir()} == set(names)
    purge_at_start(load_settings(), repository, ADA)
    assert {path.name for path in folder.iterdir()} == set(names[1:])


def test_with_a_central_server_that_one_decides(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRETCOACH_CENTRAL_URL", "postgresql://db/music")
    assert purge_at_start(load_settings(), repository, ADA) == 0


def test_a_start_does_not_fail_for_it(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object) -> int:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Repository, "purge", refuse)
    assert purge_at_start(load_settings(), Repository(sqlite_engine), ADA) == 0
