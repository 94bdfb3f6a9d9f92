"""What models cost: counted from a moment on; refused calls and unknown prices told apart."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.usage import Spent, Usage
from workbench.user import User

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def test_calls_add_up(any_engine: Engine, ada: User, ben: User) -> None:
    usage = Usage(any_engine)
    assert usage.spent(ada, LONG_AGO) == Spent(0, 0, 0, 0, 0.0, 0)
    first = usage.add(ada, "gpt-4o-mini", "chat", input_tokens=1200, output_tokens=80, cost_usd=0.25)
    usage.add(ada, "gpt-4o-mini", "live", input_tokens=300, output_tokens=20, cost_usd=0.5)
    usage.add(ada, "of my own", "chat", input_tokens=10, output_tokens=1, cost_usd=None)
    usage.add(ben, "gpt-4o-mini", "chat", input_tokens=7, output_tokens=7, cost_usd=8.0)
    usage.refuse(ada, first)
    usage.refuse(ada, first)
    assert usage.spent(ada, LONG_AGO) == Spent(3, 1, 1510, 101, 0.75, 1)
    assert usage.spent(ben, LONG_AGO) == Spent(1, 0, 7, 7, 8.0, 0)


def test_what_was_before_the_moment_does_not_count(any_engine: Engine, ada: User) -> None:
    usage = Usage(any_engine)
    usage.add(ada, "gpt-4o-mini", "chat", input_tokens=1, output_tokens=1, cost_usd=1.0)
    assert usage.spent(ada, datetime.now(UTC) + timedelta(minutes=1)).calls == 0


def test_a_call_of_another_player_is_not_refused(any_engine: Engine, ada: User, ben: User) -> None:
    usage = Usage(any_engine)
    hers = usage.add(ada, "gpt-4o-mini", "chat", input_tokens=1, output_tokens=1, cost_usd=None)
    for call in (hers, new_id()):
        with pytest.raises(StoreError, match="no call"):
            usage.refuse(ben, call)
    assert usage.spent(ada, LONG_AGO).refused == 0


def test_the_name_of_a_model_may_be_long(any_engine: Engine, ada: User) -> None:
    usage = Usage(any_engine)
    usage.add(ada, "hf.co/" + "long" * 60, "chat", input_tokens=1, output_tokens=1, cost_usd=None)
    assert usage.spent(ada, LONG_AGO).unpriced == 1
