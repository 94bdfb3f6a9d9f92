"""Who practised in a span of time, on both databases, and who may ask that."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.everybody import players_between
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.user import User

Finish = Callable[[SessionStart], SessionEnd]
DAY = timedelta(days=1)


def practised(
    engine: Engine, start: SessionStart, finish: Finish, user: User, after: timedelta
) -> SessionStart:
    began = replace(start, session_id=new_id(), user=user, started_at=start.started_at + after)
    Repository(engine).add_finished([(began, finish(began))])
    return began


def test_players_of_the_span_by_name(
    any_engine: Engine, start: SessionStart, finish: Finish, ada: User, ben: User
) -> None:
    cleo = User("cleo 'o\"")
    practised(any_engine, start, finish, ben, timedelta())
    practised(any_engine, start, finish, ada, DAY)
    practised(any_engine, start, finish, ada, 2 * DAY)
    practised(any_engine, start, finish, cleo, 3 * DAY)
    first = start.started_at
    assert players_between(any_engine, first, first + 3 * DAY) == [ada, ben]
    assert players_between(any_engine, first + 3 * DAY, first + 4 * DAY) == [cleo]
    assert players_between(any_engine, first - DAY, first) == []


def test_deleted_and_unfinished_sessions_are_no_practice(
    any_engine: Engine, start: SessionStart, finish: Finish, ada: User, ben: User
) -> None:
    gone = practised(any_engine, start, finish, ada, timedelta())
    Repository(any_engine).delete_session(ada, gone.session_id)
    Repository(any_engine).begin_session(replace(start, session_id=new_id(), user=ben))
    assert players_between(any_engine, start.started_at - DAY, start.started_at + DAY) == []


@pytest.mark.postgres
def test_the_role_for_reports_may_ask(
    postgres_engine: Engine, report_engine: Engine, start: SessionStart, finish: Finish, ada: User
) -> None:
    practised(postgres_engine, start, finish, ada, timedelta())
    assert players_between(report_engine, start.started_at, start.started_at + DAY) == [ada]


@pytest.mark.postgres
def test_a_player_may_not_ask_for_others(app_engine: Engine, start: SessionStart) -> None:
    with pytest.raises(StoreError, match="may not see the sessions of every player; ask for one player"):
        players_between(app_engine, start.started_at, start.started_at + DAY)
