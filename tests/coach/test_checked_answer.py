"""An answer passes its check, is asked for again with the reasons, or is none and says why."""

from collections.abc import Callable
from datetime import UTC, datetime

from loopback import Hang, Server, Shape, Status
from pydantic import BaseModel
from sqlalchemy import Engine

from coach.asking import Asking
from coach.checked_answer import CheckedAnswer, checked_answer
from coach.checker import Refusal
from workbench.store.usage import Usage
from workbench.user import User

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class Tempo(BaseModel):
    """A tempo."""

    bpm: float


SLOW, FAST = Shape({"bpm": 60.0}), Shape({"bpm": 300.0})


def ask(asking: Asking) -> CheckedAnswer[Tempo]:
    def check(tempo: Tempo) -> list[Refusal]:
        return [] if tempo.bpm < 200.0 else [Refusal(f"{tempo.bpm:g} bpm", "nobody can play that")]

    return checked_answer(asking, "eval", [("human", "How fast?")], Tempo, check=check, tags=["ai-mode"])


Ask = Callable[..., Asking]


def test_a_good_answer_is_taken_at_once(asking_for: Ask, loopback_model: Server) -> None:
    loopback_model.script([SLOW])
    assert ask(asking_for()) == CheckedAnswer(Tempo(bpm=60.0), "OpenAI loopback", 0, "")


def test_a_bad_one_is_asked_for_again_with_the_reason(asking_for: Ask, loopback_model: Server) -> None:
    loopback_model.script([FAST, SLOW])
    assert ask(asking_for()) == CheckedAnswer(Tempo(bpm=60.0), "OpenAI loopback", 1, "")
    first, second = (str(received.body) for received in loopback_model.requests)
    assert "nobody can play that" not in first
    assert "300 bpm: nobody can play that" in second


def test_after_two_there_is_none_and_both_are_counted(
    asking_for: Ask, loopback_model: Server, usage_engine: Engine, player: User
) -> None:
    loopback_model.always = FAST
    assert ask(asking_for()) == CheckedAnswer(None, "", 2, "")
    spent = Usage(usage_engine).spent(player, LONG_AGO)
    assert (len(loopback_model.requests), spent.calls, spent.refused) == (2, 2, 2)


def test_a_fallback_that_answers_is_named(asking_for: Ask, loopback_model: Server) -> None:
    loopback_model.script([Status(500), SLOW])
    found = ask(asking_for(FRETCOACH_COACH_FALLBACKS="deepseek:small"))
    assert (found.value, found.model) == (Tempo(bpm=60.0), "DeepSeek small")


def test_without_an_answer_a_sentence_says_why(asking_for: Ask, loopback_model: Server) -> None:
    loopback_model.script([FAST, Hang()])
    found = ask(asking_for(FRETCOACH_COACH_TIMEOUT_EVAL_S="0.5"))
    assert (found.value, found.model, found.refused) == (None, "", 1)
    assert found.notice == "OpenAI took longer than 0.5 s."
    assert ask(asking_for("rules")).notice == "The rules answer: no model is chosen."
