"""What may be said of each kind of figure: the units it goes by, the words it needs, the words it can't have.

A fact belongs to the first family whose pattern fits its name. The words are cues (`cues`) near the number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.claims.cues import CueName
from coach.claims.quantity import Dimension
from coach.fact import Fact

_SIDES: frozenset[CueName] = frozenset({"early", "late", "sharp", "flat"})
_MOVES: frozenset[CueName] = frozenset({"better", "worse", "same"})
_FAULTS: frozenset[CueName] = _SIDES | {"wrong", "in scale", "ring", "stray"}
_HERE: frozenset[CueName] = frozenset({"elsewhere", "latest", "a week", "a minute", "last week"})


@dataclass(frozen=True, slots=True)
class Family:
    """Facts of one kind.

    Attributes
    ----------
    pattern : of their names
    needs : at least one of these cues must be near the number; empty = none is needed
    never : none of these may be
    """

    pattern: re.Pattern[str]
    needs: frozenset[CueName]
    never: frozenset[CueName]


def _family(
    pattern: str, needs: set[CueName] | None = None, never: frozenset[CueName] | None = None
) -> Family:
    return Family(re.compile(pattern), frozenset(needs or ()), never or frozenset())


_FAMILIES = (
    _family(
        r".+\.score",
        never=_FAULTS | (_HERE - {"latest"}) | {"better", "worse", "of notes", "scatter", "drift"},
    ),
    _family(r"latest\.bpm", never=_HERE - {"latest"}),
    _family(r"latest\..+", {"latest"}, _FAULTS | _MOVES | {"of notes", "scatter", "a week", "elsewhere"}),
    _family(r"trend\..+", {"a week"}, _FAULTS | {"of notes", "latest", "elsewhere"}),
    _family(r"change\..+", {"better", "worse"}, _FAULTS | {"of notes", "latest", "a week", "elsewhere"}),
    _family(r"pitch\.cents", never=_SIDES | frozenset({"a minute", "elsewhere"}) | _MOVES),
    _family(
        r"pitch\.bias_cents", never=frozenset({"early", "late", "scatter", "elsewhere", "a minute"}) | _MOVES
    ),
    _family(r"pitch\.within_.+", never=_FAULTS | _MOVES | {"elsewhere"}),
    _family(r"scale\.adherence", never=frozenset({"wrong", "elsewhere"}) | _SIDES | _MOVES),
    _family(r"scale\.wrong", {"wrong"}, _SIDES | _MOVES | {"elsewhere"}),
    _family(r"scale\.wrong_note\..+", never=_SIDES | _MOVES | {"elsewhere"}),
    _family(
        r"timing\.bias_ms",
        never=frozenset({"sharp", "flat", "scatter", "drift", "a minute", "elsewhere"}) | _MOVES,
    ),
    _family(r"timing\.(?:spread_ms|step_share)", never=_SIDES | _MOVES | {"drift", "a minute", "elsewhere"}),
    _family(r"timing\.drift", {"a minute"}, _MOVES | {"scatter"}),
    _family(r"timing\.early_share", {"early"}, _MOVES | {"late", "elsewhere"}),
    _family(r"timing\.late_share", {"late"}, _MOVES | {"early", "elsewhere"}),
    _family(r"noise\.stray", {"stray"}, _SIDES | _MOVES | {"elsewhere", "ring"}),
    _family(r"noise\.ring_overs", {"ring"}, _SIDES | _MOVES | {"elsewhere", "stray"}),
    _family(r"noise\.rest_db", never=_MOVES),
    _family(r"spot\.\d+\.rate", never=_MOVES | {"elsewhere"}),
    _family(r"spot\.\d+\.usual", {"elsewhere"}, _MOVES),
    _family(r"practice\.(?:minutes|sessions)_week", {"this week"}, frozenset({"last week", "a week"})),
    _family(r"practice\.minutes_last_week", {"last week"}, frozenset({"this week", "a week"})),
    _family(r"practice\.sessions", never=frozenset({"this week", "last week", "a week"}) | _MOVES),
    _family(r"practice\.streak_days", {"streak"}),
    _family(r"practice\.days_off", {"ago"}, frozenset({"streak"})),
    _family(r"session\.notes", never=_FAULTS | _MOVES),
    _family(r".+"),
)


def family_of(fact: Fact) -> Family:
    """The family of a fact."""
    return next(family for family in _FAMILIES if family.pattern.fullmatch(fact.name))


def spoken(fact: Fact) -> Iterator[tuple[Dimension, float]]:
    """The ways to say a fact's value: dimension and the number in it."""
    value = fact.value
    if fact.unit == "score":
        yield "points", 100.0 * value
        if not fact.name.startswith(("trend.", "change.")):
            yield "share", value
            yield "bare", 100.0 * value
            yield "bare", value
    elif fact.unit in {"share", "step"}:
        yield "share", value
        yield "bare", 100.0 * value
    elif fact.unit == "per 100 notes":
        yield "share", value / 100.0
        count = round(value * fact.n / 100.0)
        yield "sounds", count
        yield "notes", count
        yield "times", count
    elif fact.unit in {"ms", "ms per minute"}:
        yield "ms", value
        yield "seconds", value / 1000.0
    elif fact.unit == "count":
        yield from _counts(fact)
    elif fact.unit == "cents":
        yield "cents", value
    elif fact.unit == "dB":
        yield "dB", value
    elif fact.unit == "bpm":
        yield "bpm", value
    elif fact.unit == "minutes":
        yield "minutes", value
    else:
        yield "days", value


def _counts(fact: Fact) -> Iterator[tuple[Dimension, float]]:
    if fact.name.startswith("practice.sessions"):
        yield "sessions", fact.value
        return
    yield "notes", fact.value
    if fact.name.startswith("scale."):
        yield "times", fact.value
        yield "bare", fact.value
    if fact.name == "scale.wrong":
        yield "share", fact.value / fact.n


_OPPOSITE: dict[str, frozenset[CueName]] = {
    "early": frozenset({"late"}),
    "late": frozenset({"early"}),
    "sharp": frozenset({"flat"}),
    "flat": frozenset({"sharp"}),
    "better": frozenset({"worse", "same"}),
    "worse": frozenset({"better", "same"}),
    "no difference": frozenset({"better", "worse"}),
    "speeding up": frozenset({"slowing"}),
    "slowing down": frozenset({"speeding"}),
    "": frozenset(),
}


def same_way(fact: Fact, near: frozenset[CueName]) -> bool:
    """Whether the cues around a number go the way of the fact."""
    has_no_side = fact.name in {"pitch.bias_cents", "timing.bias_ms"} and not fact.direction
    return not (_OPPOSITE[fact.direction] & near or (has_no_side and near & _SIDES))


WHOLES = frozenset({2.0, 3.0, 4.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0})
"""Wholes that shares are rounded to in speech: three in four, nine of ten."""


def may_be_of(fact: Fact, whole: float | None) -> bool:
    """Whether a share of that whole may be said: one of `WHOLES`, or the very notes behind the fact."""
    return whole is None or whole in WHOLES or whole == fact.n


def may_be_of_latest(fact: Fact) -> bool:
    """Whether a fact may be said of the newest session: a mean of many, or a spot in many, may not."""
    if fact.name.startswith(("latest.", "practice.")):
        return True
    return not fact.name.startswith("spot.") and (fact.counted != "sessions" or fact.n == 1)
