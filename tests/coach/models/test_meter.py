"""Tokens as the servers count them."""

import pytest
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, Generation, LLMResult

from coach.models.meter import tokens

COUNTED = AIMessage("Yes.", usage_metadata={"input_tokens": 7, "output_tokens": 3, "total_tokens": 10})


@pytest.mark.parametrize(
    ("generations", "counted"),
    [
        ([[ChatGeneration(message=COUNTED)]], (7, 3)),
        ([[ChatGeneration(message=AIMessage("Yes."))]], (0, 0)),
        ([[Generation(text="Yes.")]], (0, 0)),
        ([[]], (0, 0)),
        ([], (0, 0)),
    ],
)
def test_what_was_read_and_written(generations, counted) -> None:
    assert tokens(LLMResult(generations=generations)) == counted
