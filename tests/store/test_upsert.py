"""Rows that are there are brought up to date, and only one's own."""

import pytest
from sqlalchemy import Connection, Engine, Table, select

from workbench.store.errors import StoreError
from workbench.store.schema_coach import PracticeItemRow, UserConfigRow
from workbench.store.transaction import transaction
from workbench.store.upsert import upsert
from workbench.user import User

CONFIGS: Table = UserConfigRow.__table__  # type: ignore[assignment]


def stored(connection: Connection) -> dict[str, object]:
    rows = connection.execute(select(CONFIGS.c.name, CONFIGS.c.value))
    return {row.name: row.value for row in rows}


def test_new_rows_come_and_old_ones_change(any_engine: Engine, ada: User) -> None:
    with transaction(any_engine, ada) as connection:
        upsert(connection, CONFIGS, [])
        assert stored(connection) == {}
        first, second = ({"user_id": "ada", "name": name, "value": [name]} for name in "ab")
        upsert(connection, CONFIGS, [first, second])
        upsert(connection, CONFIGS, [first | {"value": 2}, second | {"name": "c"}])
        assert stored(connection) == {"a": 2, "b": ["b"], "c": ["b"]}


def test_each_change_has_a_number_of_its_own(any_engine: Engine, ada: User) -> None:
    numbers = []
    for value in (1, 2):
        with transaction(any_engine, ada) as connection:
            upsert(connection, CONFIGS, [{"user_id": "ada", "name": "a", "value": value}])
            numbers.append(connection.execute(select(CONFIGS.c.change_seq)).scalar_one())
    assert numbers[0] < numbers[1]


def test_a_column_that_may_not_be_empty_is_refused(any_engine: Engine, ada: User) -> None:
    with pytest.raises(StoreError), transaction(any_engine, ada) as connection:
        upsert(connection, PracticeItemRow.__table__, [{"item_id": None, "user_id": "ada"}])  # type: ignore[arg-type]
