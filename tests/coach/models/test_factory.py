"""Every provider, against a server that speaks its protocol: streamed, with tools, in a given shape."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import reduce
from operator import add
from threading import Event
from typing import Any

import pytest
from loopback import Calls, Cut, Received, Server, Shape, Text
from pydantic import BaseModel, Field
from sqlalchemy import Engine

from coach.asking import Asking
from workbench.store.usage import Usage
from workbench.user import User

AskingFor = Callable[..., Asking]

PROVIDERS = ("openai", "gemini", "deepseek", "minimax", "compatible", "ollama")
EVER = datetime(2000, 1, 1, tzinfo=UTC)


class Tip(BaseModel):
    """One thing to practise."""

    text: str = Field(description="what to do")
    tempi: tuple[float, ...] = ()


def weak_spots(newest: int) -> str:
    """Places that go wrong most often in the newest sessions."""
    return f"none in {newest}"


@pytest.fixture(params=PROVIDERS)
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def key_sent(received: Received) -> str:
    headers: Mapping[str, str] = received.headers
    return headers.get("x-goog-api-key") or headers.get("authorization", "").removeprefix("Bearer ")


def test_words_come_as_they_are_written(
    provider: str, asking_for: AskingFor, loopback_model: Server, usage_engine: Engine, player: User
) -> None:
    asking = asking_for(provider)
    loopback_model.script([Text("Play it slowly, with a click.")])
    question = asking.begin("chat")
    [model] = asking.chain("chat")
    pieces = [str(part.text) for part in model.stream("What now?", {"callbacks": question.callbacks})]
    assert "".join(pieces) == "Play it slowly, with a click."
    assert len([piece for piece in pieces if piece]) == 6
    spent = Usage(usage_engine).spent(player, EVER)
    assert (spent.calls, spent.input_tokens, spent.output_tokens) == (1, 120, 30)


def test_an_answer_comes_in_the_shape_that_was_asked_for(
    provider: str, asking_for: AskingFor, loopback_model: Server, usage_engine: Engine, player: User
) -> None:
    asking = asking_for(provider)
    loopback_model.script([Shape({"text": "Slow down.", "tempi": [60, 66]})])
    answer = asking.structured("recommendation", [("system", "You coach."), ("human", "What now?")], Tip)
    assert answer.value == Tip(text="Slow down.", tempi=(60.0, 66.0))
    assert answer.model.endswith(" loopback")
    assert Usage(usage_engine).spent(player, EVER).calls == 1


@pytest.mark.parametrize(
    ("reply", "words"),
    [(Cut(), "can't be reached, or broke off"), (Text("You come", gate=Event()), "took longer than 0.3 s")],
    ids=["cut", "stuck"],
)
def test_a_stream_that_breaks_off_is_no_answer(
    provider: str, reply: Cut | Text, words: str, asking_for: AskingFor, loopback_model: Server
) -> None:
    stuck = {"FRETCOACH_COACH_TIMEOUT_CHAT_S": "0.3"} if isinstance(reply, Text) else {}
    asking = asking_for(provider, **stuck)
    question = asking.begin("chat")
    loopback_model.script([reply])
    pieces: list[str] = []
    parts = asking.chain("chat")[0].stream("What now?", {"callbacks": question.callbacks})
    with pytest.raises(Exception) as failure:  # noqa: PT011  each client has its own
        pieces.extend(str(part.text) for part in parts)
    assert "".join(pieces).strip() in {"You", "You come in"}
    assert str(question.failed(failure.value)).endswith(f" {words}.")


def test_tools_are_offered_and_called(provider: str, asking_for: AskingFor, loopback_model: Server) -> None:
    [model] = asking_for(provider).chain("chat")
    with_tools = model.bind_tools([weak_spots])
    loopback_model.script([Calls([("weak_spots", {"newest": 5})])] * 2)
    assert [(call["name"], call["args"]) for call in with_tools.invoke("?").tool_calls] == [
        ("weak_spots", {"newest": 5})
    ]
    streamed: Any = reduce(add, with_tools.stream("?"))
    assert [(call["name"], call["args"]) for call in streamed.tool_calls] == [("weak_spots", {"newest": 5})]
    assert "Places that go wrong most often" in json.dumps(loopback_model.requests[0].body)


def test_temperature_model_and_key_are_those_of_the_settings(
    provider: str, asking_for: AskingFor, loopback_model: Server, secret: str
) -> None:
    [model] = asking_for(provider, FRETCOACH_COACH_TEMPERATURE="0.25").chain("chat")
    loopback_model.script([Text("Yes.")])
    model.invoke("?")
    [received] = loopback_model.requests
    assert '"temperature": 0.25' in json.dumps(received.body)
    assert "loopback" in f"{received.path} {json.dumps(received.body)}"
    assert key_sent(received) == ("" if provider == "ollama" else secret)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENAI_API_KEY", "sk-of-another-program"),
        ("OPENAI_BASE_URL", "http://192.0.2.1/v1"),
        ("OPENAI_API_BASE", "http://192.0.2.1/v1"),
        ("OPENAI_PROXY", "http://192.0.2.1:3128"),
    ],
)
def test_a_server_without_a_key_gets_none_of_another_program(
    name: str, value: str, asking_for: AskingFor, loopback_model: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = asking_for("compatible", FRETCOACH_COMPATIBLE_API_KEY="")
    monkeypatch.setenv(name, value)
    loopback_model.script([Text("Yes.")])
    asking.chain("chat")[0].invoke("?")
    assert key_sent(loopback_model.requests[0]) == "none"


def test_gemini_is_asked_where_the_settings_say_and_not_where_another_program_s_variables_do(
    asking_for: AskingFor, loopback_model: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", "http://192.0.2.1")
    loopback_model.script([Text("Yes.")])
    asking_for("gemini").chain("chat")[0].invoke("?")
    assert loopback_model.requests[0].path == "/v1beta/models/loopback:generateContent"
