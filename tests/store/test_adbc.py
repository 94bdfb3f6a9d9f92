"""Connections that are kept: quick, never somebody else's, and replaced when the server has gone."""

import threading
from collections.abc import Callable

import polars as pl
import pytest
from sqlalchemy import Engine, text

from workbench.store import adbc
from workbench.store.errors import StoreError
from workbench.store.read import Query, read
from workbench.store.roles import SET_USER
from workbench.user import User

pytestmark = pytest.mark.postgres

BACKEND = ("SELECT pg_backend_pid() AS pid", ())
PLAYER = (
    "SELECT NULLIF(current_setting('fretcoach.user', true), '') AS player, current_user::text AS role",
    (),
)


def bound(name: str) -> adbc.Statement:
    return SET_USER.format(parameter="$1"), [name]


def backend(engine: Engine, name: str = "ada") -> int:
    pid: int = adbc.ask_postgres(engine, bound(name), BACKEND).item()
    return pid


def test_a_connection_is_used_again(postgres_engine: Engine) -> None:
    assert backend(postgres_engine) == backend(postgres_engine, "ben")


def test_it_keeps_nobody(postgres_engine: Engine) -> None:
    for name in ("ada", "o'brien; --"):
        answer = adbc.ask_postgres(postgres_engine, bound(name), PLAYER)
        assert answer.row(0) == (name, "fretcoach_app")
    nobody = adbc.ask_postgres(postgres_engine, ("SELECT 1", ()), PLAYER)
    assert nobody.item(0, "player") is None
    assert nobody.item(0, "role") != "fretcoach_app"


def test_it_is_no_transaction_while_it_waits(postgres_engine: Engine) -> None:
    pid = backend(postgres_engine)
    with postgres_engine.connect() as connection:
        state = connection.execute(text("SELECT state FROM pg_stat_activity WHERE pid = :pid"), {"pid": pid})
        assert state.scalar_one() == "idle"


def test_one_that_the_server_closed_is_replaced(postgres_engine: Engine) -> None:
    pid = backend(postgres_engine)
    with postgres_engine.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    assert backend(postgres_engine) != pid


def test_one_that_failed_is_not_kept(postgres_engine: Engine, ada: User) -> None:
    pid = backend(postgres_engine)
    query = text("SELECT 1 / (length(:user_id) - 3) AS x").columns()
    with pytest.raises(StoreError, match="division by zero"):
        read(postgres_engine, ada, Query(query, {"x": pl.Int64()}))  # type: ignore[arg-type]
    assert backend(postgres_engine) != pid


def test_each_thread_has_its_own(postgres_engine: Engine) -> None:
    together = threading.Barrier(6, timeout=20.0)
    seen: list[int] = []

    def ask() -> None:
        with adbc._bound(postgres_engine, bound("ada")) as cursor:
            together.wait()
            cursor.execute(*BACKEND[:1])
            seen.append(pl.DataFrame(cursor.fetch_arrow()).item())

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30.0)
    assert len(set(seen)) == 6


def test_disposing_the_engine_closes_them(postgres_engine: Engine) -> None:
    pid = backend(postgres_engine)
    postgres_engine.dispose()
    assert backend(postgres_engine) != pid


@pytest.mark.parametrize("stop", [lambda parts: parts.close(), list])
def test_a_stream_gives_its_connection_back(postgres_engine: Engine, stop: Callable[..., object]) -> None:
    numbers = ("SELECT generate_series(1, 50000) AS number", ())
    for _ in range(3):
        parts = adbc.postgres_batches(postgres_engine, bound("ada"), numbers)
        assert next(parts).height == adbc.ROWS_AT_ONCE
        stop(parts)
    pool = adbc._pools[postgres_engine]
    assert pool.checkedout() == 0
