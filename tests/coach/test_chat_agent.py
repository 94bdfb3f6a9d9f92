"""The pieces that an agent gives, and what it remembers; `test_chat_model` has whole conversations."""

from collections.abc import Callable

import pytest
from loopback import Calls, Cut, Server, Text

from coach.asking import Asking
from coach.chat_agent import MOST_TURNS, Agent, Called, Restarted, Words


def tune(minutes: int = 1) -> str:
    """Tune the guitar."""
    return f"tuned for {minutes}"


def fail() -> str:
    """Fail."""
    raise LookupError("no such row")


@pytest.fixture
def agent(asking_for: Callable[..., Asking]) -> Callable[..., Agent]:
    def make(**variables: str) -> Agent:
        return Agent(asking_for("compatible", **variables).chain("chat"), [tune, fail], "Be kind.")

    return make


def test_words_and_calls_come_as_they_are_said(agent: Callable[..., Agent], loopback_model: Server) -> None:
    loopback_model.script([Calls([("tune", {"minutes": 2})], text="Wait."), Text("All done.")])
    talking = agent()
    pieces = list(talking.pieces([("human", "hi")], []))
    assert pieces == [Words("Wait."), Called("tune"), Words("All"), Words(" done.")]
    assert [message.type for message in talking.transcript] == ["ai", "tool", "ai"]
    assert talking.transcript[1].text == "tuned for 2"
    assert loopback_model.requests[0].body["messages"][0] == {"content": "Be kind.", "role": "system"}


def test_a_model_that_breaks_off_is_started_over_by_the_next(
    agent: Callable[..., Agent], loopback_model: Server
) -> None:
    loopback_model.script([Cut("One two"), Text("Three")])
    pieces = list(agent(FRETCOACH_COACH_FALLBACKS="ollama:llama").pieces([("human", "hi")], []))
    assert pieces == [Words("One"), Words(" two"), Restarted(), Words("Three")]


def test_an_error_of_our_own_ends_the_answer(agent: Callable[..., Agent], loopback_model: Server) -> None:
    loopback_model.script([Calls([("fail", {})])])
    with pytest.raises(LookupError, match="no such row"):
        list(agent().pieces([("human", "hi")], []))


def test_circles_end(agent: Callable[..., Agent], loopback_model: Server) -> None:
    loopback_model.always = Calls([("tune", {})])
    with pytest.raises(Exception, match="limit"):
        list(agent().pieces([("human", "hi")], []))
    assert len(loopback_model.requests) == MOST_TURNS
