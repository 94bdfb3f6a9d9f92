"""Ask, check, ask once more with the reasons, and then fall back to what is surely true."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from coach.checker import Refusal
from coach.errors import ModelError

log = logging.getLogger(__name__)

T = TypeVar("T")

ATTEMPTS = 2
"""A model that errs twice with the reasons before it errs a third time too, and the player waits."""


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """Something that passed its check.

    Attributes
    ----------
    value : what to show
    source_is_fallback : it is the fallback's
    refused : how many answers were refused before it
    """

    value: T
    source_is_fallback: bool
    refused: int


def checked(
    produce: Callable[[Sequence[Refusal]], T],
    check: Callable[[T], list[Refusal]],
    fallback: Callable[[], T],
    *,
    on_refused: Callable[[T, list[Refusal]], None],
) -> Checked[T]:
    """An answer that the facts bear out.

    Parameters
    ----------
    produce : gives an answer; is told what was refused of the one before, nothing the first time
    check : what of an answer is refused; empty = it is good
    fallback : an answer that needs no check, after `ATTEMPTS` refusals or a `ModelError` of `produce`
    on_refused : is told of every refused answer, to count and trace it
    """
    refusals: list[Refusal] = []
    refused = 0
    for _ in range(ATTEMPTS):
        try:
            value = produce(tuple(refusals))
        except ModelError as error:
            log.info("the rules answer: %s", error)
            break
        refusals = check(value)
        if not refusals:
            return Checked(value, source_is_fallback=False, refused=refused)
        refused += 1
        on_refused(value, refusals)
    return Checked(fallback(), source_is_fallback=True, refused=refused)
