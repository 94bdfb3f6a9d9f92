"""A server that fails when a practice ends: the notes wait in the journal for the next start."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from workbench.practice.journal import journal_folder
from workbench.practice.recovery import recover
from workbench.practice.session import Practice
from workbench.store import queries
from workbench.store.engine import upgrade
from workbench.store.read import read
from workbench.store.repository import Repository
from workbench.user import User

Start = Callable[..., Practice]


def refuse_notes(engine: Engine, state: str, words: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION USING ERRCODE = '{state}', MESSAGE = '{words}'; END $$"
        )
        connection.execute(
            text("CREATE TRIGGER refuse BEFORE INSERT ON fretcoach.notes EXECUTE FUNCTION public.refuse()")
        )


def take_notes_again(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP FUNCTION public.refuse() CASCADE"))


@pytest.mark.postgres
@pytest.mark.parametrize(
    "fault",
    [
        ("53100", "could not extend file: No space left on device", "is full"),
        ("40001", "could not serialize access", "Others changed the same rows"),
        ("40P01", "deadlock detected", "Others changed the same rows"),
        ("57P01", "terminating connection due to administrator command", "can't be reached"),
    ],
)
def test_what_the_server_refuses_at_the_end_is_stored_at_the_next_start(
    fault: tuple[str, str, str],
    start_practice: Start,
    source: Any,
    postgres_engine: Engine,
    tmp_path: Path,
) -> None:
    state, words, told = fault
    repository = Repository(postgres_engine)
    practice = start_practice(source, repository=repository)
    refuse_notes(postgres_engine, state, words)
    source.play(4.0)
    source.finish()
    assert practice.wait(30.0)
    assert not practice.saved
    assert practice.trouble is not None
    assert told in practice.trouble
    (waiting,) = recover(tmp_path, repository)
    assert waiting.message.startswith("A session waits in ")
    take_notes_again(postgres_engine)
    (recovered,) = recover(tmp_path, repository)
    assert recovered.session_id == practice.session_id
    assert recovered.notes == 12
    assert read(postgres_engine, User("ada"), queries.notes(practice.session_id)).height == 12
    assert list(journal_folder(tmp_path).glob("*.jsonl")) == []
    assert practice.save()
    assert read(postgres_engine, User("ada"), queries.notes(practice.session_id)).height == 12


def test_a_database_file_that_vanishes_while_one_plays(
    start_practice: Start, source: Any, sqlite_engine: Engine, tmp_path: Path, ada: User
) -> None:
    practice = start_practice(source)
    source.play(4.0)
    for file in Path(str(sqlite_engine.url.database)).parent.glob("*.sqlite*"):
        file.unlink()
    source.finish()
    assert practice.wait(30.0)
    assert not practice.saved
    upgrade(sqlite_engine)
    (recovered,) = recover(tmp_path, Repository(sqlite_engine))
    assert recovered.notes == 12
    assert read(sqlite_engine, ada, queries.notes(practice.session_id)).height == 12
