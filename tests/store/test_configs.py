"""Choices of a player: kept, replaced, and nobody else's."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from workbench.store.configs import Configs
from workbench.user import User


@pytest.mark.parametrize("value", [True, False, 0, 22.5, "rules", "", [], {"a": [1, None]}])
def test_a_choice_comes_back_as_it_was(any_engine: Engine, ada: User, value: Any) -> None:
    configs = Configs(any_engine)
    configs.set(ada, "coach.live", value)
    assert configs.get(ada, "coach.live", "nothing") == value
    assert type(configs.get(ada, "coach.live", "nothing")) is type(value)


def test_the_newest_choice_counts(any_engine: Engine, ada: User, ben: User) -> None:
    configs = Configs(any_engine)
    configs.set(ada, "coach.live_every_s", 30)
    configs.set(ada, "coach.live_every_s", 45)
    assert configs.get(ada, "coach.live_every_s", 20) == 45
    assert configs.get(ada, "coach.spoken", False) is False
    assert configs.get(ben, "coach.live_every_s", 20) == 20


def test_a_choice_is_sent_to_the_other_devices(sqlite_engine: Engine, ada: User) -> None:
    configs = Configs(sqlite_engine)
    with sqlite_engine.connect() as connection:
        ask = "SELECT table_name, row_id, field, count(*) FROM sync_outbox"
        configs.set(ada, "coach.live", True)
        configs.set(ada, "coach.live", False)
        found = connection.exec_driver_sql(ask).all()
    assert [tuple(row) for row in found] == [("user_configs", "coach.live", "change", 1)]


@given(st.text(max_size=300).filter(lambda name: not 0 < len(name) <= 100))
def test_a_name_that_no_column_holds_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="1 to 100 characters"):
        Configs(None).set(User("ada"), name, 1)  # type: ignore[arg-type]


def test_no_choice_is_refused(sqlite_engine: Engine, ada: User) -> None:
    with pytest.raises(ValueError, match="needs a value"):
        Configs(sqlite_engine).set(ada, "coach.live", None)
