"""Insight reads the replica when there is a good one, and the database itself when there is none."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from workbench.store import replica
from workbench.store.errors import StoreError
from workbench.store.replica import engine_for_insight

GONE = "postgresql://ada:s3cret@127.0.0.1:1/music"


@pytest.fixture(autouse=True)
def nothing_is_known_yet() -> Iterator[None]:
    replica._checked.clear()
    yield
    replica._checked.clear()


def address(engine: Engine) -> str:
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def test_without_a_replica_the_database_answers(sqlite_engine: Engine) -> None:
    assert engine_for_insight(sqlite_engine, None) is sqlite_engine
    assert engine_for_insight(sqlite_engine, "") is sqlite_engine


@pytest.mark.postgres
def test_a_replica_that_answers_is_read(sqlite_engine: Engine, postgres_engine: Engine) -> None:
    chosen = engine_for_insight(sqlite_engine, address(postgres_engine))
    assert chosen is not sqlite_engine
    assert chosen.url.database == postgres_engine.url.database
    assert engine_for_insight(sqlite_engine, address(postgres_engine)) is chosen
    chosen.dispose()


def test_one_that_is_gone_is_said_and_passed_over(
    sqlite_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    assert engine_for_insight(sqlite_engine, GONE) is sqlite_engine
    [said] = [record.getMessage() for record in caplog.records]
    assert "127.0.0.1:1/music can't be reached" in said
    assert said.endswith("Insight is read from the database itself.")
    assert "s3cret" not in caplog.text


def test_one_that_is_gone_is_not_asked_each_time(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Engine] = []
    monkeypatch.setattr(replica, "_is_useful", lambda engine: bool(asked.append(engine)))
    for _ in range(3):
        engine_for_insight(sqlite_engine, GONE)
    assert len(asked) == 1
    monkeypatch.setattr(replica, "ASKED_AGAIN_S", 0.0)
    engine_for_insight(sqlite_engine, GONE)
    assert len(asked) == 2


@pytest.mark.postgres
def test_one_without_the_tables_of_this_version_is_passed_over(
    sqlite_engine: Engine, postgres_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with postgres_engine.begin() as connection:
        connection.execute(text("UPDATE fretcoach.alembic_version SET version_num = '0001'"))
    assert engine_for_insight(sqlite_engine, address(postgres_engine)) is sqlite_engine
    assert "lacks 0002" in caplog.text
    assert "fretcoach db upgrade" in caplog.text


def test_an_address_that_is_none_is_an_error(sqlite_engine: Engine) -> None:
    with pytest.raises(StoreError, match="database address"):
        engine_for_insight(sqlite_engine, "not an address")
