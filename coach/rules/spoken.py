"""Figures as the rules speak of them: rounded to what an ear can tell, with their unit where it is needed."""

from coach.fact import Fact
from coach.facts.spoken import number

_HUNDREDTHS = frozenset({"share", "score", "step"})
"""Units that run from 0 to 1 and are spoken of as out of 100."""

_AFTER = {"cents": " cents", "ms": " ms", "dB": " dB", "step": " % of a step", "share": " of 100"}


def size(fact: Fact) -> str:
    """The size of a fact without sign and unit, out of 100 where the unit is a share."""
    return number(abs(_shown(fact, fact.value)))


def figure(fact: Fact) -> str:
    """A fact with its interval and what is behind it: "18 ms, between 12 and 24, from 64 notes"."""
    between = ""
    if fact.low is not None and fact.high is not None and not fact.low < 0.0 < fact.high:
        low, high = sorted((abs(_shown(fact, fact.low)), abs(_shown(fact, fact.high))))
        between = f", between {number(low)} and {number(high)}"
    return f"{size(fact)}{_AFTER.get(fact.unit, '')}{between}, from {fact.n} {fact.counted}"


def listed(names: list[str]) -> str:
    """ "A", "A and B", "A, B and C"; "" for none."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _shown(fact: Fact, value: float) -> float:
    return 100.0 * value if fact.unit in _HUNDREDTHS else value
