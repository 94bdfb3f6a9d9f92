"""What a server lacks is told before it hurts."""

import pytest
from sqlalchemy import Engine

from workbench.store import roles, standing
from workbench.store.standing import lacking_roles, not_sent
from workbench.user import User


def test_an_upgraded_database_lacks_no_role(any_engine: Engine) -> None:
    assert lacking_roles(any_engine) == ()


@pytest.mark.postgres
def test_a_role_that_is_not_there_is_named(postgres_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "ROLES", (*roles.ROLES, "fretcoach_nobody"))
    assert standing.lacking_roles(postgres_engine) == ("fretcoach_nobody",)


def test_a_new_file_has_nothing_to_send(sqlite_engine: Engine) -> None:
    assert not_sent(sqlite_engine, User("ada")) == 0
