"""What reaches Opik: one trace a question, its tags and metadata, a span for each model, tool and check."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from langchain.agents import create_agent
from langchain.agents.middleware import ModelFallbackMiddleware
from loopback import Calls, Server, Shape, Status, Text
from loopback_opik import OpikServer
from pydantic import BaseModel

from coach.asking import Asking
from coach.errors import ModelError
from coach.trace import sender_for
from workbench.settings import load_settings
from workbench.user import User

AskingFor = Callable[..., Asking]

MESSAGES = [("system", "You coach."), ("human", "What now?")]
USAGE = {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}


class Tip(BaseModel):
    """One thing to practise."""

    text: str


@dataclass(frozen=True)
class Refusal:
    """Like the checker's."""

    claim: str
    reason: str


def weak_spots() -> str:
    """Places that go wrong most often."""
    return "degree 6"


@pytest.fixture
def asking(asking_for: AskingFor, loopback_opik: OpikServer) -> Asking:
    return asking_for(
        model="gpt-4o-mini",
        OPIK_URL_OVERRIDE=loopback_opik.url,
        OPIK_API_KEY="opik-key",
        OPIK_WORKSPACE="band",
        OPIK_PROJECT_NAME="scales",
        FRETCOACH_COACH_FALLBACKS="ollama:second",
    )


def everything_sent() -> None:
    sender = sender_for(load_settings())
    assert sender is not None
    assert sender.flush(60.0)


def test_an_answer_is_a_trace_with_its_model_and_its_check(
    asking: Asking, loopback_model: Server, loopback_opik: OpikServer, player: User
) -> None:
    loopback_model.script([Shape({"text": "You come in 18 ms early."})])
    answer = asking.structured(
        "recommendation",
        MESSAGES,
        Tip,
        tags=["ai-mode", "recommendation"],
        metadata={"session_id": "s1", "practice_id": "p1", "thread_id": "t1"},
    )
    asking.refuse(answer, [Refusal("18 ms", "it was not measured")])
    everything_sent()

    [trace] = loopback_opik.traces()
    assert trace["name"] == "recommendation"
    assert trace["tags"] == ["ai-mode", "recommendation"]
    assert trace["metadata"] == {
        "user_id": player.id,
        "session_id": "s1",
        "practice_id": "p1",
        "thread_id": "t1",
    }
    assert (trace["thread_id"], trace["project_name"]) == ("t1", "scales")
    assert trace["output"] == {"output": {"text": "You come in 18 ms early."}}

    model, check = loopback_opik.spans()
    assert (model["type"], model["provider"], model["model"]) == ("llm", "openai", "gpt-4o-mini")
    assert model["usage"] == USAGE
    assert model["total_estimated_cost"] == pytest.approx((120 * 0.15 + 30 * 0.60) / 1e6)
    assert (check["type"], check["name"]) == ("guardrail", "check")
    assert check["output"] == {
        "passed": False,
        "refused": [{"claim": "18 ms", "reason": "it was not measured"}],
    }
    assert {model["trace_id"], check["trace_id"]} == {trace["id"]}

    [score] = loopback_opik.scores()
    assert (score["id"], score["name"], score["value"]) == (trace["id"], "grounded", 0.0)
    assert "it was not measured" in score["reason"]
    assert {
        (post.headers["authorization"], post.headers["comet-workspace"]) for post in loopback_opik.posted
    } == {("opik-key", "band")}


def test_an_agent_s_tools_are_spans_in_the_order_of_their_use(
    asking: Asking, loopback_model: Server, loopback_opik: OpikServer
) -> None:
    loopback_model.script([Calls([("weak_spots", {})]), Text("Degree 6.")])
    question = asking.begin("chat", tags=["web-chat"], metadata={"thread_id": "t2"})
    agent = create_agent(asking.chain("chat")[0], [weak_spots])
    for _ in agent.stream({"messages": [("human", "What is weak?")]}, {"callbacks": question.callbacks}):
        pass
    asking.accept(question)
    everything_sent()

    [trace] = loopback_opik.traces()
    assert (trace["name"], trace["tags"]) == ("chat", ["web-chat"])
    spans = loopback_opik.spans()
    assert [(span["type"], span["name"]) for span in spans] == [
        ("llm", "ChatOpenAI"),
        ("tool", "weak_spots"),
        ("llm", "ChatOpenAI"),
        ("guardrail", "check"),
    ]
    assert spans[1]["output"]["output"] == {"role": "tool", "content": "degree 6"}
    assert {span["trace_id"] for span in spans} == {trace["id"]}
    begun = [datetime.fromisoformat(span["start_time"]) for span in spans]
    assert begun == sorted(begun)
    [score] = loopback_opik.scores()
    assert score["value"] == 1.0


def test_a_fallback_is_seen_beside_the_model_that_failed(
    asking: Asking, loopback_model: Server, loopback_opik: OpikServer
) -> None:
    loopback_model.script([Status(500), Shape({"text": "Slow down."})])
    asking.structured("live", MESSAGES, Tip, tags=["live-coach"])
    everything_sent()
    failed, answered = loopback_opik.spans()
    assert failed["error_info"]["exception_type"] == "OpenAIAPIError"
    assert (failed["model"], answered["model"]) == ("gpt-4o-mini", "second")
    assert answered["usage"] == USAGE
    assert loopback_opik.traces()[0]["error_info"] is None


def test_an_agent_s_fallback_too(asking: Asking, loopback_model: Server, loopback_opik: OpikServer) -> None:
    loopback_model.script([Status(500), Text("Slow down.")])
    question = asking.begin("chat")
    first, *others = asking.chain("chat")
    agent = create_agent(first, [weak_spots], middleware=[ModelFallbackMiddleware(*others)])
    answer = agent.invoke({"messages": [("human", "What now?")]}, {"callbacks": question.callbacks})
    everything_sent()
    assert answer["messages"][-1].text == "Slow down."
    assert question.model == "Ollama second"
    assert [span["model"] for span in loopback_opik.spans()] == ["gpt-4o-mini", "second"]


def test_when_nobody_answers_the_trace_says_so(
    asking: Asking, loopback_model: Server, loopback_opik: OpikServer
) -> None:
    loopback_model.script([Status(500), Status(500)])
    with pytest.raises(ModelError):
        asking.structured("live", MESSAGES, Tip)
    everything_sent()
    [trace] = loopback_opik.traces()
    assert trace["error_info"]["exception_type"] == "OpenAIAPIError"
    assert "refused" not in str(loopback_opik.posted)
