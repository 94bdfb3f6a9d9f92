"""Which numbers need no fact: those of exercises, of the player's own words, of a speech that counts."""

import re
from collections.abc import Collection

from coach.claims.cues import CueName
from coach.claims.quantities import quantities
from coach.claims.quantity import Dimension, Quantity
from coach.claims.reading import Clause
from coach.fact import Facts
from dsp.anchors import MIN_NOTES

_OF_EXERCISES = frozenset[Dimension](
    (
        "bpm",
        "minutes",
        "seconds",
        "days",
        "weeks",
        "sessions",
        "notes",
        "times",
        "practice",
        "ordinal",
        "ratio",
    )
) | {"bare", "other"}
"""What an instruction may name freely: how fast, how long, how often."""

_OF_FUTURES = frozenset[Dimension](("minutes", "practice", "rhetoric"))
_PLACE_BEFORE = re.compile(
    r"\b(?:degrees?|strings?|frets?|positions?|fingers?|bars?|levels?|steps?|exercise|part|day|week) (?:and "
    r")?$"
)
_PLACE_AFTER = re.compile(r"\s+(?:degree|string|fret|position|finger|note)s?\b")
_TEMPO_SHARE = re.compile(r"\b(?:speed|tempo|pressure|volume|effort|bpm|pace)\b")
_TARGET = re.compile(r"\b(?:aim|until|keep|stay|try|get|bring|land|goal|target|inside|within|if|when|once)\b")
_OWN = re.compile(r"\b(?:your|of|the|that|those) (?:\w+ ){0,3}$")
_OF_PLAYER = re.compile(
    r"\byour (?:(?:usual|normal|own|current|old|present) )?(?:(?:tempo|speed) of )?$"
    r"|\byour (?:pitch|timing|scale|noise|overall) (?:score )?(?:is|was|stays|stands)(?: at)? $"
)
"""A tempo or a score that is called the player's own is a claim wherever it stands."""
_RULES = re.compile(r"\b(?:need|needs|needed|make a start|at least|fewer than|more notes|minimum)\b")
_CLAIMS_PLAYED = re.compile(
    r"\byou(?:'ve| have)? (?:played|practi[sc]ed|were|are|did|reached|spent|kept)\b"
    r"|\byour (?:\w+ )?(?:click|tempo|metronome|speed|streak) (?:is|was|were)\b"
    r"|\byou (?:play|practi[sc]e) (?:best|well|at)\b"
)
_CHANGE_WEEKS = 4.0


def is_free(quantity: Quantity, low: str, clause: Clause, facts: Facts, also: Collection[Quantity]) -> bool:
    """Whether a number needs no fact.

    Parameters
    ----------
    low : the sentence in lower case
    also : numbers that may be said because somebody else said them
    """
    if (
        quantity.dimension == "rhetoric"
        or is_part_of_place(quantity, low)
        or _is_in_label(quantity, low, facts)
    ):
        return True
    if _is_known(quantity, clause, facts, also) or _is_count_of_facts(quantity, low, facts):
        return True
    if clause.kind in {"instruction", "supposed"}:
        return _is_of_exercise(quantity, low, clause)
    return clause.kind == "future" and quantity.dimension in _OF_FUTURES


def is_part_of_place(quantity: Quantity, low: str) -> bool:
    """Degrees and strings are looked at as places (`named`)."""
    if _PLACE_BEFORE.search(low[: quantity.start]):
        return True
    return quantity.dimension == "ordinal" and bool(_PLACE_AFTER.match(low[quantity.end :]))


def _is_in_label(quantity: Quantity, low: str, facts: Facts) -> bool:
    """Part of the name of a place that a fact is about: "notes at 110 to 119 bpm"."""
    labels = {fact.place.lower() for fact in facts if fact.place}
    spans = [match.span() for label in labels for match in re.finditer(re.escape(label), low)]
    return any(start <= quantity.start and quantity.end <= end for start, end in spans)


def _is_known(quantity: Quantity, clause: Clause, facts: Facts, also: Collection[Quantity]) -> bool:
    if any(_is_same(quantity, each) for each in also) and not _CLAIMS_PLAYED.search(clause.text):
        return True
    if any(_is_same(quantity, each) for each in quantities(facts.about.lower())):
        return True
    return quantity.value == MIN_NOTES and bool(_RULES.search(clause.text))


def _is_same(quantity: Quantity, other: Quantity) -> bool:
    same = quantity.dimension == other.dimension or "bare" in {quantity.dimension, other.dimension}
    return same and quantity.is_of(other.value)


def _is_count_of_facts(quantity: Quantity, low: str, facts: Facts) -> bool:
    """ "You have 3 weak spots", "the weakest of the 3", "4 weeks", "your 40th session"."""
    said, value = low[quantity.start : quantity.end], quantity.value
    if quantity.dimension == "weeks":
        return value == _CHANGE_WEEKS and any(fact.name.startswith("change.") for fact in facts)
    if quantity.dimension == "ordinal" and low.startswith(" session", quantity.end):
        total = facts.get("practice.sessions")
        return total is not None and value == total.value
    if quantity.dimension == "bare" and re.search(
        r"\b(?:of|all) (?:the |these |those )?$", low[: quantity.start]
    ):
        return value == sum(fact.name == f"{fact.metric}.score" for fact in facts)
    if quantity.dimension != "other":
        return False
    spots = sum(fact.name.endswith(".rate") for fact in facts)
    counts = {"spot": spots, "place": spots, "scale": len(facts.scales)}
    return any(re.search(rf"\b{noun}s?$", said) and value == count for noun, count in counts.items())


def _is_of_exercise(quantity: Quantity, low: str, clause: Clause) -> bool:
    if quantity.dimension in _OF_EXERCISES:
        return quantity.dimension not in {"bpm", "bare"} or not _OF_PLAYER.search(low[: quantity.start])
    if quantity.dimension == "share" and _TEMPO_SHARE.search(clause.text):
        return True
    is_limit = quantity.reach in {"under", "over"} and not _OWN.search(low[: quantity.start])
    return is_limit and bool(_TARGET.search(low))


def is_ratio(quantity: Quantity, near: frozenset[CueName], placed: Collection[str], facts: Facts) -> bool:
    """ "Twice as often as elsewhere" at a weak spot."""
    if quantity.dimension != "ratio" or "elsewhere" not in near:
        return False
    for name in placed:
        rate, usual = facts.get(name), facts.get(name.replace(".rate", ".usual"))
        known = name.endswith(".rate") and rate is not None and usual is not None and usual.value > 0.0
        if known and rate is not None and usual is not None and quantity.is_of(rate.value / usual.value):
            return True
    return False
