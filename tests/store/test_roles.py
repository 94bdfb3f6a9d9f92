"""Logins with and without power: what an upgrade needs, and what it says when it lacks that."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from workbench.store import queries
from workbench.store.backup import save
from workbench.store.engine import open_engine, status, upgrade
from workbench.store.errors import StoreError
from workbench.store.read import read
from workbench.store.records import SessionStart
from workbench.store.repository import Repository
from workbench.store.restore import restore
from workbench.store.roles import ROLES, act_as_owner, is_member, missing_roles

pytestmark = pytest.mark.postgres


@pytest.fixture
def plain_owner(upgraded_postgres: Engine) -> Iterator[Engine]:
    """A login that owns its database, and may make no roles."""
    name = f"plain_{uuid4().hex[:8]}"
    with upgraded_postgres.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
        server.execute(text(f"CREATE ROLE {name} LOGIN"))
        server.execute(text(f"CREATE DATABASE {name} OWNER {name}"))
        url = upgraded_postgres.url.set(username=name, database=name)
        engine = open_engine(url.render_as_string(hide_password=False))
        yield engine
        engine.dispose()
        server.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.execute(text(f"DROP ROLE {name}"))


def test_a_login_without_power_is_told_what_an_administrator_must_run(
    plain_owner: Engine, upgraded_postgres: Engine, start: SessionStart, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="let an administrator run") as refused:
        upgrade(plain_owner)
    assert status(plain_owner).current is None, "nothing has happened"
    statement = str(refused.value).split('"')[1]
    assert statement.startswith("GRANT fretcoach_owner")
    with upgraded_postgres.begin() as administrator:
        administrator.exec_driver_sql(statement)
    upgrade(plain_owner)
    Repository(plain_owner).begin_session(start)
    save(plain_owner, tmp_path / "mine.sqlite")
    assert restore(plain_owner, tmp_path / "mine.sqlite", tmp_path).sessions == 1
    assert read(plain_owner, start.user, queries.sessions()).height == 1


def test_a_login_of_the_app_only_needs_no_upgrade_and_can_do_none(app_engine: Engine) -> None:
    assert upgrade(app_engine).applied == ()
    assert status(app_engine).pending == ()
    with app_engine.connect() as connection:
        assert [role for role in ROLES if is_member(connection, role)] == ["fretcoach_app"]
        assert missing_roles(connection) == ()


def test_what_a_later_upgrade_makes_belongs_to_the_owner(postgres_engine: Engine) -> None:
    with postgres_engine.begin() as connection:
        act_as_owner(connection)
        connection.execute(text("CREATE TABLE fretcoach.later (x int)"))
        owner = text("SELECT relowner::regrole::text FROM pg_class WHERE relname = 'later'")
        assert connection.execute(owner).scalar_one() == "fretcoach_owner"


def test_a_table_that_was_forgotten_can_not_be_read(postgres_engine: Engine, app_engine: Engine) -> None:
    with postgres_engine.begin() as connection:
        connection.execute(text("CREATE TABLE fretcoach.forgotten (user_id text)"))
    with pytest.raises(Exception, match="permission denied"), app_engine.connect() as connection:
        connection.execute(text("SELECT * FROM fretcoach.forgotten"))
