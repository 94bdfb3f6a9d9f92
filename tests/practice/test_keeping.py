"""A store or a disk that refuses: the practice goes on, the player is told, nothing is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from workbench.practice.journal import journal_folder
from workbench.practice.recovery import recover
from workbench.practice.session import Practice
from workbench.store.repository import Repository
from workbench.store.schema import SessionRow

Start = Callable[..., Practice]


def finished(engine: Engine) -> int:
    with engine.connect() as connection:
        rows = connection.execute(select(SessionRow.end_timestamp)).scalars()
        return sum(end is not None for end in rows)


def test_a_store_that_is_locked_at_the_end_leaves_the_journal_and_a_second_try_stores(
    start_practice: Start, source: Any, sqlite_engine: Engine, tmp_path: Path
) -> None:
    practice = start_practice(source)
    source.play(4.0)
    source.finish()
    with sqlite_engine.begin():  # BEGIN IMMEDIATE: nobody else may write
        assert practice.wait(30.0)
    (journal,) = journal_folder(tmp_path).glob("*.jsonl")
    assert not practice.saved
    assert practice.ended_because == "The take is over."
    assert practice.trouble is not None
    assert "locked by another program" in practice.trouble
    assert f"safe in {journal}" in practice.trouble
    assert practice.summary is not None
    assert practice.save()
    assert practice.saved
    assert practice.trouble is None
    assert finished(sqlite_engine) == 1
    assert not journal.exists()


def test_what_the_store_refused_is_stored_at_the_next_start(
    start_practice: Start, source: Any, sqlite_engine: Engine, tmp_path: Path, repository: Repository
) -> None:
    practice = start_practice(source)
    source.finish()
    with sqlite_engine.begin():
        assert practice.wait(30.0)
    (recovered,) = recover(tmp_path, repository)
    assert recovered.session_id == practice.session_id
    assert finished(sqlite_engine) == 1
    assert practice.save()
    assert finished(sqlite_engine) == 1


def test_a_store_that_is_locked_at_the_start_only_delays_the_row(
    start_practice: Start, source: Any, sqlite_engine: Engine
) -> None:
    with sqlite_engine.begin():
        practice = start_practice(source)
    assert practice.trouble is not None
    assert "locked by another program" in practice.trouble
    source.play(4.0)
    source.finish()
    assert practice.wait(30.0)
    assert practice.saved
    assert finished(sqlite_engine) == 1


@pytest.fixture
def no_journals(tmp_path: Path) -> None:
    journal_folder(tmp_path).write_text("a file in the way of the folder")


@pytest.mark.usefixtures("no_journals")
def test_without_a_safety_copy_the_practice_goes_on_and_says_so(
    start_practice: Start, source: Any, sqlite_engine: Engine
) -> None:
    practice = start_practice(source, recordings=True)
    message = practice.snapshot().message
    assert message is not None
    assert message.startswith("The safety copy ")
    source.play(4.0)
    source.finish()
    assert practice.wait(10.0)
    assert practice.saved
    assert practice.end is not None
    assert practice.end.recording_path is None
    assert finished(sqlite_engine) == 1
