"""Tells a question which models were asked for it and what they used. Loads LangChain: import it late."""

from typing import Any, Protocol
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, LLMResult

from coach.models.choice import Choice, choice_from
from coach.models.factory import METADATA_CHOICE


class Counted(Protocol):
    """Who wants to know."""

    def asked(self, choice: Choice) -> None:
        """A model is being asked."""

    def answered(self, choice: Choice, run_id: UUID, *, read: int, written: int) -> None:
        """It has answered, with so many tokens read and written."""

    def fault(self, choice: Choice, error: BaseException) -> None:
        """It has failed."""


class Meter(BaseCallbackHandler):
    """LangChain's callbacks, as a question wants them."""

    run_inline = True

    def __init__(self, question: Counted) -> None:
        self._question = question
        self._running: dict[UUID, Choice] = {}

    def on_chat_model_start(
        self, serialized: dict[str, Any], messages: list[list[BaseMessage]], *, run_id: UUID, **kwargs: Any
    ) -> None:
        """A model is being asked; its metadata say which."""
        choice = choice_from(str((kwargs.get("metadata") or {})[METADATA_CHOICE]))
        self._running[run_id] = choice
        self._question.asked(choice)

    def on_llm_end(self, response: LLMResult, *, run_id: UUID, **kwargs: Any) -> None:
        """It has answered."""
        read, written = tokens(response)
        self._question.answered(self._running.pop(run_id), run_id, read=read, written=written)

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **kwargs: Any) -> None:
        """It has failed."""
        self._question.fault(self._running.pop(run_id), error)


def tokens(response: LLMResult) -> tuple[int, int]:
    """Tokens read and written as the server counted them; 0 where it did not say."""
    for generations in response.generations:
        for generation in generations:
            message = generation.message if isinstance(generation, ChatGeneration) else None
            if isinstance(message, AIMessage) and message.usage_metadata:
                return message.usage_metadata["input_tokens"], message.usage_metadata["output_tokens"]
    return 0, 0
