"""An agent of LangChain's that answers one message: what it says, piece by piece, and which tools it calls.

`create_agent` runs model and tools in turns: tools that are asked for together run together; a tool that does
not exist, or arguments of the wrong type, are told to the model, which may then do better. A model that fails
is replaced by the next one in the middle of an answer (`ModelFallbackMiddleware`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage

MOST_TURNS = 6
"""Times that a model is asked for one answer: a few rounds of tools, and the words; more goes in circles."""


@dataclass(frozen=True, slots=True)
class Words:
    """More text of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Called:
    """The model wants a tool of that name."""

    tool: str


@dataclass(frozen=True, slots=True)
class Restarted:
    """A model broke off; what it has said since the last tools ran does not count any more."""


Piece = Words | Called | Restarted


class Agent:
    """Models with tools, ready to answer one message.

    Parameters
    ----------
    models : whom to ask, in order; at least one
    tools : plain typed functions, see `coach.tools`
    system : the rules of the conversation
    """

    def __init__(
        self, models: "Sequence[BaseChatModel]", tools: Sequence[Callable[..., str]], system: str
    ) -> None:
        from langchain.agents import create_agent  # noqa: PLC0415  takes seconds
        from langchain.agents.middleware import (  # noqa: PLC0415
            ModelCallLimitMiddleware,
            ModelFallbackMiddleware,
        )

        first, *others = models
        limits: list[Any] = [ModelCallLimitMiddleware(run_limit=MOST_TURNS, exit_behavior="error")]
        if others:
            limits.append(ModelFallbackMiddleware(*others))
        self._graph: Any = create_agent(first, list(tools), system_prompt=system, middleware=limits)
        self.transcript: list[BaseMessage] = []

    def pieces(
        self, messages: "Sequence[tuple[str, str] | BaseMessage]", callbacks: list[Any]
    ) -> Iterator[Piece]:
        """The answer as it comes; afterwards `transcript` holds the turns that led to it.

        Parameters
        ----------
        messages : the conversation so far, (role, text) or the transcript of an earlier try
        callbacks : LangChain's, for counting and tracing

        Raises
        ------
        whatever the last model's client raises, when all have failed
        """
        self.transcript = []
        asked = None
        config = {"callbacks": callbacks, "run_name": "chat"}
        state = {"messages": list(messages)}
        for mode, part in self._graph.stream(state, config, stream_mode=["messages", "updates"]):
            if mode == "updates":
                self._remember(part)
                continue
            chunk, metadata = part
            if metadata.get("langgraph_node") != "model":
                continue
            turn = (metadata["langgraph_step"], metadata.get("fretcoach_model"))
            if asked is not None and asked[0] == turn[0] and asked != turn:
                yield Restarted()
            asked = turn
            yield from _pieces_of(chunk)

    def _remember(self, update: dict[str, Any]) -> None:
        for changed in update.values():
            self.transcript += (changed or {}).get("messages", [])


def _pieces_of(chunk: "AIMessage") -> Iterator[Piece]:
    if chunk.text:
        yield Words(str(chunk.text))
    for call in getattr(chunk, "tool_call_chunks", []):
        if call["name"]:
            yield Called(call["name"])
