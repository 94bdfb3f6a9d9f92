"""Values as a trace holds them."""

from dataclasses import dataclass

from langchain_core.load import dumpd
from langchain_core.messages import AIMessage, HumanMessage
from pydantic import BaseModel

from coach.trace_plain import LONGEST, plain


class Tip(BaseModel):
    """One thing to practise."""

    tempi: tuple[float, ...]


@dataclass(frozen=True)
class Refusal:
    """Like the checker's."""

    claim: str


CALL = {"name": "weak_spots", "args": {"newest": 5}, "id": "1", "type": "tool_call"}


def test_messages_become_role_and_content_however_langchain_writes_them() -> None:
    message = AIMessage("Slow down.", tool_calls=[CALL])
    turn = {"role": "ai", "content": "Slow down.", "tool_calls": [CALL]}
    assert plain({"messages": [HumanMessage("Hi"), message]})["messages"] == [
        {"role": "human", "content": "Hi"},
        turn,
    ]
    assert plain(dumpd(message)) == turn


def test_models_dataclasses_and_sets_become_json() -> None:
    assert plain({"a": Tip(tempi=(60.0,)), "b": Refusal("18 ms"), 3: {"x"}}) == {
        "a": {"tempi": [60.0]},
        "b": {"claim": "18 ms"},
        "3": ["x"],
    }


def test_what_json_has_no_word_for_becomes_its_text_and_long_texts_are_cut() -> None:
    assert plain([len]) == ["<built-in function len>"]
    assert plain("x" * (LONGEST + 1)) == "x" * LONGEST
