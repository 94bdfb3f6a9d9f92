"""What one question knows of itself, and that nothing of it can stop an answer."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from coach.errors import ModelError
from coach.models.choice import choice_from
from coach.question import Question
from workbench.settings import load_settings
from workbench.store.engine import open_engine
from workbench.store.usage import Usage
from workbench.user import User

FIRST, SECOND = choice_from("openai"), choice_from("ollama:second")


def question_in(engine: Engine) -> Question:
    return Question(load_settings(), User("ada"), Usage(engine), purpose="live", tags=(), metadata={})


@pytest.fixture
def question(usage_engine: Engine) -> Question:
    return question_in(usage_engine)


@pytest.fixture
def broken_engine(tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    yield engine
    engine.dispose()


def test_before_anybody_was_asked_it_has_no_model(question: Question) -> None:
    assert question.model == ""
    assert str(question.failed(ValueError("x"))).startswith("No model could be asked")


def test_the_last_one_asked_has_answered(question: Question) -> None:
    question.asked(FIRST)
    question.fault(FIRST, ConnectionError())
    question.asked(SECOND)
    question.answered(SECOND, uuid4(), read=1, written=1)
    assert question.model == "Ollama second"


def test_one_fault_is_told_alone_and_several_by_the_first(question: Question) -> None:
    question.asked(FIRST)
    question.fault(FIRST, TimeoutError())
    assert str(question.failed(TimeoutError())) == "OpenAI took longer than 8 s."
    question.asked(SECOND)
    question.fault(SECOND, ConnectionError())
    assert str(question.failed(ConnectionError())) == (
        "OpenAI took longer than 8 s, and no fallback answered either."
    )


def test_an_answer_that_could_not_be_read_is_told_of_who_gave_it(question: Question) -> None:
    question.asked(SECOND)
    question.answered(SECOND, uuid4(), read=1, written=1)
    assert str(question.failed(ValueError("no JSON"))) == "Ollama answered with what can't be read."


def test_a_sentence_for_the_player_stays_as_it_is(question: Question) -> None:
    spent = ModelError("This month's budget is spent.")
    assert question.failed(spent) is spent


def test_a_database_that_fails_costs_a_log_line_and_no_answer(
    broken_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    question = question_in(broken_engine)
    question.asked(FIRST)
    question.answered(FIRST, uuid4(), read=120, written=30)
    question.refuse(["no"])
    question.accept()
    assert [record.getMessage().split(" could not be stored")[0] for record in caplog.records] == [
        "What a call of openai:gpt-4o-mini cost"
    ]
