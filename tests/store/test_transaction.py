"""A transaction is one player's, and all or nothing."""

import pytest
from sqlalchemy import Engine, text

from workbench.store.errors import StoreError
from workbench.store.transaction import transaction
from workbench.user import User


@pytest.mark.postgres
def test_the_player_is_bound_for_this_transaction_only(postgres_engine: Engine) -> None:
    asked = text("SELECT NULLIF(current_setting('fretcoach.user', true), '')")
    name = User("o'brien; --")
    with transaction(postgres_engine, name) as connection:
        assert connection.execute(asked).scalar_one() == name.id
    with transaction(postgres_engine, None) as connection:
        assert connection.execute(asked).scalar_one() is None


def test_what_the_database_refuses_is_a_sentence_and_leaves_nothing(any_engine: Engine, ada: User) -> None:
    with pytest.raises(StoreError, match=r"fretcoach db upgrade"):
        run(
            any_engine,
            ada,
            "CREATE TEMPORARY TABLE left_over (x INTEGER)",
            "INSERT INTO no_such_table VALUES (1)",
        )
    with pytest.raises(StoreError):
        run(any_engine, ada, "SELECT * FROM left_over")


def test_an_error_of_ours_passes_through_and_rolls_back(any_engine: Engine, ada: User) -> None:
    with pytest.raises(KeyError):
        run(any_engine, ada, "CREATE TEMPORARY TABLE left_over (x INTEGER)", error=KeyError())
    with pytest.raises(StoreError):
        run(any_engine, ada, "SELECT * FROM left_over")


def run(engine: Engine, user: User, *statements: str, error: Exception | None = None) -> None:
    """Run these in one transaction, and fail before its end if an error is given."""
    with transaction(engine, user) as connection:
        for statement in statements:
            connection.execute(text(statement))
        if error is not None:
            raise error
