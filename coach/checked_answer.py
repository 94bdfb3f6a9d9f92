"""A model's answer of a given shape that the facts bear out, or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from coach.asking import Answer, Asking
from coach.checked import checked
from coach.checker import Refusal
from coach.errors import ModelError
from coach.listing import corrections
from coach.models.factory import Purpose

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class CheckedAnswer(Generic[T]):
    """What came of asking.

    Attributes
    ----------
    value : the answer that passed its check; None when there is none
    model : who gave it, as a player reads it; "" without one
    refused : how many answers claimed what was not measured
    notice : why no model answered at all, in one sentence; "" when one did
    """

    value: T | None
    model: str
    refused: int
    notice: str


def checked_answer(
    asking: Asking,
    purpose: Purpose,
    messages: Sequence[tuple[str, str]],
    schema: type[T],
    *,
    check: Callable[[T], list[Refusal]],
    tags: Sequence[str],
    metadata: Mapping[str, str] | None = None,
) -> CheckedAnswer[T]:
    """Ask a model, and once more with what was wrong with its answer; each refusal is counted and traced.

    Parameters
    ----------
    messages, schema, tags, metadata : see `Asking.structured`
    check : what of an answer is refused; empty = it is good
    """
    notice = ""

    def produce(refusals: Sequence[Refusal]) -> Answer[T] | None:
        nonlocal notice
        asked = [*messages, *corrections(refusals)]
        try:
            return asking.structured(purpose, asked, schema, tags=tags, metadata=metadata)
        except ModelError as error:
            notice = str(error)
            raise

    def wrong(answer: Answer[T] | None) -> list[Refusal]:
        return [] if answer is None else check(answer.value)

    def refused(answer: Answer[T] | None, refusals: list[Refusal]) -> None:
        if answer is not None:
            asking.refuse(answer, refusals)

    done = checked(produce, wrong, lambda: None, on_refused=refused)
    if done.value is None:
        return CheckedAnswer(None, "", done.refused, notice)
    asking.accept(done.value)
    return CheckedAnswer(done.value.value, done.value.model, done.refused, "")
