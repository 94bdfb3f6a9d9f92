"""Whom a question goes to, in which order, within which budget; what is read when nobody answers."""

import contextlib
import json
import logging
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from loopback import Cut, Garbage, Hang, Received, Reply, Server, Shape, Status, Text, Trickle
from loopback_opik import OpikServer
from pydantic import BaseModel
from sqlalchemy import Engine, insert

from coach.asking import MODEL_CONFIG, PROVIDER_CONFIG, Asking
from coach.errors import ModelError
from coach.trace import sender_for
from workbench.settings import load_settings
from workbench.store.columns import new_id
from workbench.store.configs import Configs
from workbench.store.schema_coach import LlmUsageRow
from workbench.store.transaction import repeated
from workbench.store.usage import Usage
from workbench.user import User

AskingFor = Callable[..., Asking]

PROVIDERS = ("openai", "gemini", "deepseek", "minimax", "compatible", "ollama")
MESSAGES = [("system", "You coach."), ("human", "What now?")]
EVER = datetime(2000, 1, 1, tzinfo=UTC)
SLOW = {"FRETCOACH_COACH_TIMEOUT_LIVE_S": "0.3"}
CHAIN = {"model": "first", "FRETCOACH_COACH_FALLBACKS": "gemini:second,ollama:third"}


class Tip(BaseModel):
    """One thing to practise."""

    text: str


GOOD = Shape({"text": "Slow down."})


def asked(requests: list[Received]) -> list[str]:
    """The models that were asked, in order; Gemini's stands in the path."""
    return [str(one.body.get("model") or one.path.split("/")[-1].split(":")[0]) for one in requests]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Status(429), "takes no more questions for now"),
        (Status(500), "has a fault of its own (500)"),
        (Status(401), "does not accept the key"),
        (Garbage(), "answered with what can't be read"),
        (Text("Just words."), "answered with what can't be read"),
        (Shape({"txt": 1}), "answered with what can't be read"),
        (Cut(), "can't be reached, or broke off"),
        (Hang(), "took longer than 0.3 s"),
    ],
    ids=str,
)
def test_every_fault_of_every_provider_is_one_sentence(
    provider: str, reply: Reply, words: str, asking_for: AskingFor, loopback_model: Server
) -> None:
    asking = asking_for(provider, **(SLOW if isinstance(reply, Hang) else {}))
    loopback_model.script([reply])
    with pytest.raises(ModelError) as failure:
        asking.structured("live", MESSAGES, Tip)
    assert str(failure.value).endswith(f" {words}.")
    assert len(loopback_model.requests) == 1


@pytest.mark.parametrize(
    "reply",
    [Status(429), Status(500), Status(401), Garbage(), Text("No."), Cut(), Hang(), Trickle()],
    ids=str,
)
def test_the_next_model_is_asked_after_any_fault(
    reply: Reply, asking_for: AskingFor, loopback_model: Server
) -> None:
    loopback_model.script([reply, reply, GOOD])
    asking = asking_for(**CHAIN, **SLOW if isinstance(reply, Hang | Trickle) else {})
    answer = asking.structured("live", MESSAGES, Tip)
    assert asked(loopback_model.requests) == ["first", "second", "third"]
    assert (answer.value.text, answer.model) == ("Slow down.", "Ollama third")


def test_a_first_model_that_answers_is_the_only_one_asked(
    asking_for: AskingFor, loopback_model: Server
) -> None:
    loopback_model.script([GOOD])
    assert asking_for(**CHAIN).structured("live", MESSAGES, Tip).model == "OpenAI first"
    assert asked(loopback_model.requests) == ["first"]


def test_when_all_fail_the_first_fault_is_told(asking_for: AskingFor, loopback_model: Server) -> None:
    loopback_model.script([Status(500), Status(429), Garbage()])
    with pytest.raises(ModelError) as failure:
        asking_for(**CHAIN).structured("live", MESSAGES, Tip)
    assert str(failure.value) == "OpenAI has a fault of its own (500), and no fallback answered either."


def test_a_server_that_is_not_there_is_passed_over(asking_for: AskingFor, loopback_model: Server) -> None:
    addresses = {"openai": "http://127.0.0.1:9", "gemini": loopback_model.url}
    asking = asking_for(
        FRETCOACH_COACH_FALLBACKS="gemini:second", FRETCOACH_COACH_BASE_URLS=json.dumps(addresses)
    )
    loopback_model.script([GOOD])
    assert asking.structured("live", MESSAGES, Tip).model == "Gemini second"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_address_that_is_none_is_one_sentence(provider: str, asking_for: AskingFor) -> None:
    asking = asking_for(provider, FRETCOACH_COACH_BASE_URLS=json.dumps({provider: "http://[bad:x"}))
    with pytest.raises(ModelError, match=r"^[^.]+\.$"):
        asking.structured("live", MESSAGES, Tip)
    with contextlib.suppress(ModelError):
        asking.chain("chat")


def test_a_server_that_says_when_to_come_back_is_left_alone_until_then(
    asking_for: AskingFor, loopback_model: Server
) -> None:
    asking = asking_for(**CHAIN)
    loopback_model.script([Status(429, retry_after="600"), GOOD, GOOD])
    for _ in range(2):
        asking.structured("live", MESSAGES, Tip)
    assert asked(loopback_model.requests) == ["first", "second", "second"]


def test_one_that_does_not_say_is_asked_again(asking_for: AskingFor, loopback_model: Server) -> None:
    asking = asking_for(**CHAIN)
    loopback_model.script([Status(429), GOOD, GOOD])
    for _ in range(2):
        asking.structured("live", MESSAGES, Tip)
    assert asked(loopback_model.requests) == ["first", "second", "first"]


def test_while_all_rest_nobody_is_asked(asking_for: AskingFor, loopback_model: Server) -> None:
    asking = asking_for()
    loopback_model.script([Status(429, retry_after="600")])
    for _ in range(2):
        with pytest.raises(ModelError, match=r"^OpenAI .*takes no more questions for now"):
            asking.structured("live", MESSAGES, Tip)
    assert len(loopback_model.requests) == 1
    assert not asking.available
    assert asking.unavailable.endswith(" s.")


def test_a_budget_that_is_spent_means_no_call(
    asking_for: AskingFor, loopback_model: Server, usage_engine: Engine, player: User
) -> None:
    asking = asking_for(FRETCOACH_COACH_BUDGET_USD="5", FRETCOACH_COACH_PRICES='{"loopback": [15000, 60000]}')
    loopback_model.script([GOOD] * 3)
    for _ in range(2):  # 120 tokens read and 30 written each
        assert asking.available
        asking.structured("live", MESSAGES, Tip)
    assert Usage(usage_engine).spent(player, EVER).cost_usd == pytest.approx(2 * 3.6)
    assert asking.unavailable == "This month's budget of 5.00 USD for the coach is spent."
    for question in (lambda: asking.structured("live", MESSAGES, Tip), lambda: asking.chain("chat")):
        with pytest.raises(ModelError, match="budget"):
            question()
    assert len(loopback_model.requests) == 2


def test_last_month_and_other_players_do_not_count(
    asking_for: AskingFor, usage_engine: Engine, player: User
) -> None:
    last_month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0) - timedelta(1)
    rows: list[dict[str, Any]] = [
        {"user_id": player.id, "created_at": last_month},
        {"user_id": "somebody-else", "created_at": datetime.now(UTC)},
    ]
    same = {"model": "m", "purpose": "chat", "input_tokens": 1, "output_tokens": 1, "cost_usd": 99.0}
    for row in rows:
        kept = {**row, **same, "usage_id": new_id()}
        repeated(
            usage_engine,
            User(row["user_id"]),
            lambda link, kept=kept: link.execute(insert(LlmUsageRow), kept),
        )
    assert asking_for(model="gpt-4o-mini", FRETCOACH_COACH_BUDGET_USD="1").available


def test_with_a_budget_a_model_without_a_price_is_not_asked(
    asking_for: AskingFor, loopback_model: Server
) -> None:
    asking = asking_for("compatible", FRETCOACH_COACH_BUDGET_USD="1")
    assert "no known price" in asking.unavailable
    priced = asking_for(**CHAIN, FRETCOACH_COACH_BUDGET_USD="1")
    loopback_model.script([GOOD])
    assert priced.structured("live", MESSAGES, Tip).model == "Ollama third"


def test_without_a_model_nothing_is_asked(asking_for: AskingFor, loopback_model: Server) -> None:
    asking = asking_for("rules")
    assert (asking.available, asking.name) == (False, "")
    with pytest.raises(ModelError, match="rules"):
        asking.structured("live", MESSAGES, Tip)
    assert loopback_model.requests == []


def test_without_a_key_the_sentence_names_it(asking_for: AskingFor) -> None:
    assert asking_for(OPENAI_API_KEY="").unavailable == "OpenAI needs a key: set OPENAI_API_KEY."


def test_a_player_chooses_among_what_the_settings_hold(
    asking_for: AskingFor, loopback_model: Server, usage_engine: Engine, player: User
) -> None:
    asking = asking_for(model="gpt-4o-mini")
    configs = Configs(usage_engine)
    configs.set(player, PROVIDER_CONFIG, "deepseek")
    configs.set(player, MODEL_CONFIG, "deepseek-chat")
    loopback_model.script([GOOD])
    assert asking.name == "DeepSeek deepseek-chat"
    assert asking.structured("live", MESSAGES, Tip).model == "DeepSeek deepseek-chat"
    configs.set(player, PROVIDER_CONFIG, "rules")
    assert not asking.available
    configs.set(player, PROVIDER_CONFIG, "")
    assert asking.name == "OpenAI gpt-4o-mini"


def test_a_refused_answer_is_counted(
    asking_for: AskingFor, loopback_model: Server, usage_engine: Engine, player: User
) -> None:
    asking = asking_for()
    loopback_model.script([GOOD, GOOD])
    answers = [asking.structured("live", MESSAGES, Tip) for _ in range(2)]
    asking.refuse(answers[0], ["18 ms was not measured"])
    asking.accept(answers[1])
    spent = Usage(usage_engine).spent(player, EVER)
    assert (spent.calls, spent.refused) == (2, 1)


def test_an_agent_s_question_is_counted_and_its_failure_told(
    asking_for: AskingFor, loopback_model: Server, usage_engine: Engine, player: User
) -> None:
    asking = asking_for()
    question = asking.begin("chat")
    loopback_model.script([Text("Yes."), Status(503)])
    [model] = asking.chain("chat")
    model.invoke("?", {"callbacks": question.callbacks})
    asking.refuse(question, ["no"])
    with pytest.raises(Exception, match="503") as failure:
        model.invoke("?", {"callbacks": question.callbacks})
    assert str(question.failed(failure.value)) == "OpenAI has a fault of its own (503)."
    assert Usage(usage_engine).spent(player, EVER).refused == 1


@pytest.mark.parametrize("provider", [one for one in PROVIDERS if one != "ollama"])
@pytest.mark.parametrize("reply", [Status(401), Status(429, retry_after="9"), Garbage(), GOOD], ids=str)
def test_a_key_is_never_told(  # noqa: PLR0917
    provider: str,
    reply: Reply,
    asking_for: AskingFor,
    loopback_model: Server,
    loopback_opik: OpikServer,
    secret: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    asking = asking_for(provider, OPIK_URL_OVERRIDE=loopback_opik.url)
    loopback_model.script([reply])
    told = [repr(load_settings()), str(load_settings()), repr(asking), repr(asking.chain("live"))]
    try:
        answer = asking.structured("live", MESSAGES, Tip)
        told += [repr(answer), repr(answer.question)]
    except ModelError as error:
        told += [str(error), repr(error), "".join(traceback.format_exception(error))]
    sender = sender_for(load_settings())
    assert sender is not None
    assert sender.flush(60.0)
    assert loopback_opik.traces()
    told += [str(loopback_opik.posted), caplog.text, *(str(vars(record)) for record in caplog.records)]
    told += capfd.readouterr()
    assert secret in str(loopback_model.requests[0].headers)
    assert [text for text in told if secret in text] == []
