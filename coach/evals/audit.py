"""Facts held against the truth: the same figure, the right side, and words that say the figure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose

from coach.evals.player import SyntheticPlayer
from coach.evals.truth.spots import spot_rates
from coach.evals.truth.take import Figures
from coach.fact import Direction, Fact, Facts

_GUESSED = 0.12
"""A share of wrong notes at a place may be off by so much: what was meant there is a guess."""

_COUNTED = 0.04
"""Any other share at a place: places that are spots of their own are set aside by one side only."""

_SIGNS: Mapping[Direction, int] = {
    "late": 1,
    "early": -1,
    "sharp": 1,
    "flat": -1,
    "better": 1,
    "worse": -1,
    "slowing down": 1,
    "speeding up": -1,
}

_NUMBER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(?!\w)")


@dataclass(frozen=True, slots=True)
class Audit:
    """What became of the facts.

    Attributes
    ----------
    checked : how many were computed another way
    unknown : names of those that were not
    wrong : one sentence for each that is not so
    """

    checked: int
    unknown: tuple[str, ...]
    wrong: tuple[str, ...]


def audit(facts: Facts, figures: Figures, player: SyntheticPlayer) -> Audit:
    """Compare each fact with what was computed from the notes alone.

    Parameters
    ----------
    facts : of a session or of a history of that player
    figures : from `truth.take` or `truth.history`
    """
    known = {fact.name: _truth(fact, figures, player) for fact in facts}
    wrong = [sentence for fact in facts for sentence in _faults(fact, facts, known[fact.name])]
    wrong += [sentence for fact in facts for sentence in _ends(fact, figures)]
    unknown = tuple(name for name, value in known.items() if value is None)
    return Audit(len(known) - len(unknown), unknown, tuple(wrong))


def _truth(fact: Fact, figures: Figures, player: SyntheticPlayer) -> float | None:
    """The figure computed another way; None where there is none."""
    if not fact.name.startswith("spot."):
        return figures.get(fact.name)
    if fact.name.endswith(".bpm"):
        return None
    rates = spot_rates(player, fact.place, fact.direction)
    return None if rates is None else rates[fact.name.endswith(".usual")]


def _faults(fact: Fact, facts: Facts, truth: float | None) -> Iterator[str]:
    if truth is not None and not _same(fact, truth):
        yield f"{fact.name} is {fact.value:g}, counted {truth:g}"
    sign = _SIGNS.get(fact.direction)
    signed = fact.value if truth is None else truth
    if sign is not None and not fact.name.startswith("spot.") and signed * sign <= 0.0:
        yield f"{fact.name} is called {fact.direction} at {signed:g}"
    rate = facts.get(fact.name.replace(".usual", ".rate"))
    usual = facts.get(fact.name.replace(".rate", ".usual"))
    said = [each for each in (fact, rate, usual) if each is not None]
    words = fact.words.replace(fact.place, "") if fact.place else fact.words
    for text in _NUMBER.findall(words):
        if not any(_says(text, each) for each in said):
            yield f"{fact.name} is {fact.value:g} and its words say {text}: {fact.words}"


def _ends(fact: Fact, figures: Figures) -> Iterator[str]:
    """The interval, where one was computed too; that of a quantity ends at nought."""
    for end, told in (("low", fact.low), ("high", fact.high)):
        truth = figures.get(f"{fact.name} {end}")
        if truth is None or told is None:
            continue
        cut = told in (0.0, 1.0) and (truth - told) * (1 if end == "high" else -1) >= 0.0
        if not cut and not isclose(told, truth, rel_tol=1e-3, abs_tol=1e-4):
            yield f"{fact.name} is between {fact.low:g} and {fact.high:g}, counted {end} {truth:g}"


def _same(fact: Fact, truth: float) -> bool:
    if fact.name.startswith("spot."):
        reach = _COUNTED if fact.direction else _GUESSED
        return abs(fact.value - truth) <= reach
    return isclose(fact.value, truth, rel_tol=1e-6, abs_tol=1e-6)


_CONSTANTS = frozenset({"100", "10", "25", "30"})
"""Of which notes are counted ("25 cents or more"), and out of how many."""


def _says(text: str, fact: Fact) -> bool:
    """Whether the number is the fact's value as it would be rounded, its n, or part of its definition."""
    half = 0.5 * 10.0 ** -len(text.partition(".")[2])
    shown = abs(fact.value) * (100.0 if fact.unit in {"share", "score", "step"} else 1.0)
    return text in _CONSTANTS or abs(float(text) - shown) <= half + 1e-9 or text == str(fact.n)
