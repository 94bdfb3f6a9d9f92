"""Behind PgBouncer in transaction mode with one server connection: nobody finds what another left there."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from workbench.store import queries
from workbench.store.backup import save
from workbench.store.columns import new_id
from workbench.store.engine import status, upgrade
from workbench.store.errors import StoreError
from workbench.store.read import read
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.store.sync.run import Sync
from workbench.store.transaction import repeated, transaction
from workbench.user import User

pytestmark = pytest.mark.postgres

Finish = Callable[[SessionStart], SessionEnd]


def test_one_connection_serves_many_players_at_once(
    pooled_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    players = [User(f"player {number}") for number in range(6)]
    trouble: list[BaseException] = []

    def practise(user: User) -> None:
        try:
            for _ in range(3):
                one = replace(start, session_id=new_id(), user=user)
                repository = Repository(pooled_engine)
                repository.begin_session(one)
                repository.finish_session(user, finish(one))
                repository.set_comment(user, one.session_id, user.id)
                assert read(pooled_engine, user, queries.notes(one.session_id)).height == 4
        except BaseException as error:
            trouble.append(error)

    threads = [threading.Thread(target=practise, args=(user,)) for user in players]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60.0)
    assert trouble == []
    for user in players:
        assert read(pooled_engine, user, queries.sessions())["comment"].to_list() == [user.id] * 3


def test_the_next_one_finds_neither_player_nor_role_nor_statement(
    pooled_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    left = text(
        "SELECT current_user::text, NULLIF(current_setting('fretcoach.user', true), ''),"
        " (SELECT count(*) FROM pg_prepared_statements),"
        " (SELECT count(*) FROM pg_class WHERE relpersistence = 't'), pg_backend_pid()"
    )
    with pooled_engine.connect() as connection:
        before = connection.execute(left).one()
    repository = Repository(pooled_engine)
    repository.add_finished([(start, finish(start))])
    read(pooled_engine, start.user, queries.sessions())
    with pytest.raises(StoreError), transaction(pooled_engine, start.user) as connection:
        connection.execute(text("SELECT * FROM no_such_table"))
    with pooled_engine.connect() as connection:
        after = connection.execute(left).one()
    assert after == before
    assert tuple(after)[:4] == ("postgres", None, 0, 0)


def test_upgrade_backup_and_repeated_work_go_through_it(
    pooled_engine: Engine, start: SessionStart, finish: Finish, tmp_path: Path
) -> None:
    assert upgrade(pooled_engine).applied == ()
    assert status(pooled_engine).pending == ()
    Repository(pooled_engine).add_finished([(start, finish(start))])
    save(pooled_engine, tmp_path / "mine.sqlite")
    count = text("SELECT count(*) FROM fretcoach.notes")
    assert repeated(pooled_engine, start.user, lambda connection: connection.execute(count).scalar_one()) == 4


def test_a_device_syncs_through_it(
    pooled_engine: Engine, sqlite_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    Repository(sqlite_engine).add_finished([(start, finish(start))])
    Sync(sqlite_engine, pooled_engine, start.user, "laptop").run_once()
    assert read(pooled_engine, start.user, queries.notes(start.session_id)).height == 4
    Repository(pooled_engine).set_comment(start.user, start.session_id, "from the server")
    Sync(sqlite_engine, pooled_engine, start.user, "laptop").run_once()
    assert read(sqlite_engine, start.user, queries.sessions())["comment"].to_list() == ["from the server"]
