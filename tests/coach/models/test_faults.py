"""One sentence for whatever went wrong, and nothing in it that a server said."""

import pytest

from coach.models.choice import Choice, choice_from
from coach.models.faults import sentence

OPENAI = choice_from("openai")


class RefusedError(Exception):
    """An error with an HTTP status, as all clients have one."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status} for key sk-123")
        self.status_code = status


class SomeTimeoutError(Exception):
    """Named like the time-outs of all clients."""


@pytest.mark.parametrize(
    ("error", "clause"),
    [
        (RefusedError(401), "OpenAI does not accept the key"),
        (RefusedError(403), "OpenAI does not accept the key"),
        (RefusedError(404), "OpenAI has no model named gpt-4o-mini"),
        (RefusedError(429), "OpenAI takes no more questions for now"),
        (RefusedError(500), "OpenAI has a fault of its own (500)"),
        (RefusedError(504), "OpenAI took too long"),
        (RefusedError(400), "OpenAI refused the question (400)"),
        (SomeTimeoutError("sk-123"), "OpenAI took longer than 8 s"),
        (ConnectionError("sk-123"), "OpenAI can't be reached, or broke off"),
        (ValueError("sk-123"), "OpenAI answered with what can't be read"),
    ],
)
def test_an_error_is_told_in_words_of_ours(error: Exception, clause: str) -> None:
    assert sentence(error, OPENAI, 8.0) == clause


def test_the_reason_may_lie_behind_another_error() -> None:
    outer = RuntimeError("the chain broke")
    outer.__cause__ = RefusedError(429)
    assert sentence(outer, Choice("gemini", "x"), 8.0) == "Gemini takes no more questions for now"


def test_a_number_that_is_no_status_is_none() -> None:
    error = ValueError("x")
    error.code = 7  # type: ignore[attr-defined]
    assert sentence(error, OPENAI, 8.0) == "OpenAI answered with what can't be read"
