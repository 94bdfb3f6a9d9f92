"""The numbers that triggers give to changes, on both databases."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from workbench.store import rows
from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.store.schema import AnalysisRow, SessionRow
from workbench.store.schema_coach import SyncHeadRow
from workbench.store.schema_sync import ServerRow
from workbench.store.transaction import transaction
from workbench.user import User

Finish = Callable[[SessionStart], SessionEnd]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Either database; Postgres as a login that owns nothing."""
    found: Engine = request.getfixturevalue("sqlite_engine" if request.param == "sqlite" else "app_engine")
    return found


def numbers(engine: Engine, user: User) -> list[int]:
    """Of the player's sessions and analyses, then the counter."""
    with transaction(engine, user) as connection:
        sessions = connection.execute(select(SessionRow.change_seq).where(SessionRow.user_id == user.id))
        analyses = connection.execute(select(AnalysisRow.change_seq).where(AnalysisRow.user_id == user.id))
        head = connection.execute(select(SyncHeadRow.head).where(SyncHeadRow.user_id == user.id))
        return [*sessions.scalars(), *analyses.scalars(), *head.scalars()]


def test_every_change_gets_a_higher_number(
    engine: Engine, start: SessionStart, finish: Finish, ada: User
) -> None:
    repository = Repository(engine)
    repository.add_finished([(start, finish(start))])
    seen = [numbers(engine, ada)]
    repository.set_comment(ada, start.session_id, "words")
    seen.append(numbers(engine, ada))
    repository.append_analysis(ada, start.session_id, finish(start).analysis)
    seen.append(numbers(engine, ada))
    heads = [after[-1] for after in seen]
    assert sorted(set(heads)) == heads
    assert all(after[-1] == max(after) for after in seen)
    assert [after[0] for after in seen] == heads


def test_players_are_counted_apart(engine: Engine, start: SessionStart, ada: User, ben: User) -> None:
    repository = Repository(engine)
    for _ in range(3):
        repository.begin_session(replace(start, session_id=new_id()))
    repository.begin_session(replace(start, session_id=new_id(), user=ben))
    assert numbers(engine, ada) == [1, 2, 3, 3]
    assert numbers(engine, ben) == [1, 1]


@pytest.mark.postgres
def test_one_transaction_has_one_number_on_postgres(
    app_engine: Engine, start: SessionStart, ada: User
) -> None:
    with transaction(app_engine, ada) as connection:
        for _ in range(3):
            row = rows.session_row(replace(start, session_id=new_id()))
            connection.execute(insert(SessionRow), row)
    assert numbers(app_engine, ada) == [1, 1, 1, 1]


@pytest.mark.postgres
def test_what_is_rolled_back_to_a_savepoint_takes_its_number_along(
    app_engine: Engine, start: SessionStart, ada: User
) -> None:
    with transaction(app_engine, ada) as connection:
        try:
            with connection.begin_nested():
                row = rows.session_row(replace(start, session_id=new_id()))
                connection.execute(insert(SessionRow), row)
                connection.execute(text("SELECT 1/0"))
        except DBAPIError:
            connection.execute(insert(SessionRow), rows.session_row(start))
    assert numbers(app_engine, ada) == [1, 1]


@pytest.mark.postgres
def test_the_time_of_a_change_is_the_servers(app_engine: Engine, start: SessionStart, ada: User) -> None:
    Repository(app_engine).begin_session(start)
    with transaction(app_engine, ada) as connection:
        connection.execute(update(SessionRow).values(updated_at=start.started_at, comment="words"))
        stamped = connection.execute(select(SessionRow.updated_at)).scalar_one()
    assert stamped > start.started_at


@pytest.mark.postgres
def test_no_player_changes_who_the_server_is(app_engine: Engine, ada: User) -> None:
    with pytest.raises(StoreError, match="permission denied"), transaction(app_engine, ada) as connection:
        connection.execute(update(ServerRow).values(server_id=new_id()))


def test_a_database_has_one_identity(engine: Engine, ada: User) -> None:
    with transaction(engine, ada) as connection:
        assert len(connection.execute(select(ServerRow.server_id)).all()) == 1
