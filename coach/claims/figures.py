"""Does every number of a sentence follow from a fact?

A number is held against each fact in turn: its place, the metric that is spoken of, the words around it, its
unit and last its value have to fit. What fits nothing may still be free (`free`), or the limit that a share
in the same sentence is about: "38 of 100 come more than 10 ms early".
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from coach.claims.cues import Cue, CueName, Topic, cues, topic_at
from coach.claims.families import family_of, may_be_of, may_be_of_latest, same_way, spoken
from coach.claims.free import is_free, is_part_of_place, is_ratio
from coach.claims.places import about, has_own_place
from coach.claims.quantities import quantities
from coach.claims.quantity import Dimension, Quantity
from coach.claims.reading import Clause, Sentence
from coach.fact import Fact, Facts

_LIMITS: tuple[tuple[str, Dimension, float], ...] = (
    (r"timing\.(?:early|late)_share", "ms", 10.0),
    (r"pitch\.within_25", "cents", 25.0),
    (r"pitch\.within_10", "cents", 10.0),
    (r"spot\.\d+\.(?:rate|usual)", "cents", 25.0),
    (r"spot\.\d+\.(?:rate|usual)", "ms", 30.0),
)
_INHERITED = frozenset[Dimension](("share", "ms", "cents", "dB", "bpm"))

_WITHIN = "pitch.within_"

_ALWAYS_WIDE = frozenset[CueName](("latest", "this week", "last week"))
_WEEKS = _ALWAYS_WIDE - {"latest"}
_WIDE = _ALWAYS_WIDE | {"streak", "ago", "better", "worse", "ring", "stray", "wrong"}
"""Cues that hold for a whole sentence: always, or when it has only one number."""

_NO_COUNT = frozenset[CueName](
    (
        "early",
        "late",
        "sharp",
        "flat",
        "wrong",
        "in scale",
        "ring",
        "stray",
        "this week",
        "last week",
        "elsewhere",
    )
)
"""Beside these a number of notes is no mere count of what was heard."""

_BESIDE_COUNT = re.compile(
    r"(?:\b(?:from|over|in|of|across|on|among|after|with)|\bn ?=|\() ?(?:(?:a total of|the|your|all|about"
    r"|only|just|newest|last|latest|these|those) )*$"
)
"""What stands before a number of notes that says what a figure rests on: "from your newest 64 notes"."""


@dataclass(frozen=True, slots=True)
class Said:
    """A number of the text and the fact that it was taken from; None where it needs none."""

    quantity: Quantity
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a number: the cues of its clause that are nearest to it, those that hold for it from
    elsewhere in the sentence too, what it is about, its places."""

    near: frozenset[CueName]
    cues: frozenset[CueName]
    topic: Topic | None
    placed: frozenset[str]
    own_place: bool
    clause: Clause


def read_figures(
    sentence: Sentence, facts: Facts, also: Collection[Quantity]
) -> tuple[list[Said], list[Quantity]]:
    """The numbers that are in order, and those that follow from nothing.

    Parameters
    ----------
    also : numbers that may be said because somebody else said them
    """
    told = _with_inherited_units(quantities(sentence.low), facts)
    every_cue = cues(sentence.low)
    backed: list[Said] = []
    left: list[Quantity] = []
    for quantity in told:
        around = _around(sentence, quantity, told, every_cue, facts)
        fact = _fact_for(quantity, around, sentence.low, facts)
        free = is_free(quantity, sentence.low, around.clause, facts, also)
        if fact is not None or free or is_ratio(quantity, around.cues, around.placed, facts):
            backed.append(Said(quantity, fact))
        else:
            left.append(quantity)
    return backed, [each for each in left if not _is_limit(each, [said.fact for said in backed])]


def figure_claims(left: list[Quantity], sentence: Sentence, facts: Facts) -> Iterator[tuple[str, str]]:
    """What to say of each number that follows from nothing: the words and the reason."""
    for quantity in left:
        clause = sentence.clause_at(quantity.start)
        span = clause.start, clause.end
        topic = topic_at(sentence.low, quantity.start, quantity.end, sentence.before, span)
        known = topic is None or topic == "overall" or topic not in facts.missing
        reason = "no fact says this figure here" if known else f"not measured: {facts.missing[str(topic)]}"
        yield sentence.text[quantity.start : quantity.end], reason


def _with_inherited_units(told: list[Quantity], facts: Facts) -> list[Quantity]:
    """A number without a unit takes that of the one before it: "34 of 100, elsewhere 8"."""
    whole: list[Quantity] = []
    for each in told:
        before = next((other for other in reversed(whole) if not _may_be_limit(other, told, facts)), None)
        if each.dimension == "bare" and before is not None and before.dimension in _INHERITED:
            is_share = before.dimension == "share"
            unit = 100.0 if is_share else 1.0
            scaled = replace(
                each, value=each.value / unit, grain=each.grain / unit, dimension=before.dimension
            )
            high = None if each.high is None else each.high / unit
            whole.append(replace(scaled, high=high, of=before.of if is_share else None))
        else:
            whole.append(each)
    return whole


def _around(
    sentence: Sentence, quantity: Quantity, told: list[Quantity], every_cue: list[Cue], facts: Facts
) -> _Around:
    clause = sentence.clause_at(quantity.start)
    inside = [each for each in told if clause.start <= each.start < clause.end]
    aside = [e for e in inside if is_part_of_place(e, sentence.low) or _may_be_limit(e, inside, facts)]
    rivals = [each for each in inside if each is quantity or each not in aside]
    near = frozenset(
        cue.name
        for cue in every_cue
        if clause.start <= cue.start < clause.end
        and min(rivals, key=lambda each: _distance(cue, each)) is quantity
    )
    wide = frozenset(cue.name for cue in every_cue) & (_WIDE if len(told) == 1 else _ALWAYS_WIDE)
    wide = wide - _WEEKS if wide >= _WEEKS else wide
    span = clause.start, clause.end
    return _Around(
        near | wide & _ALWAYS_WIDE,
        near | wide,
        topic_at(sentence.low, quantity.start, quantity.end, sentence.before, span),
        about(sentence, span, facts),
        has_own_place(sentence, span, facts),
        clause,
    )


def _distance(cue: Cue, quantity: Quantity) -> int:
    return max(cue.start - quantity.end, quantity.start - cue.end, 0)


def _fact_for(quantity: Quantity, around: _Around, low: str, facts: Facts) -> Fact | None:
    """The fact that a number was taken from; its value, or else how many notes it rests on."""
    for fact in facts:
        if (
            _is_about(fact, around, low)
            and ("latest" not in around.cues or "mean" in around.near or may_be_of_latest(fact))
            and _says_value(quantity, fact, around)
        ):
            return fact
    if quantity.dimension == "notes" and not _BESIDE_COUNT.search(low, 0, quantity.start):
        return None
    return next((fact for fact in facts if _says_count(quantity, fact, around)), None)


def _is_about(fact: Fact, around: _Around, low: str) -> bool:
    """Whether a fact is about the place, the scale and the metric that are spoken of."""
    if fact.place:
        fits = fact.name in around.placed
    else:
        fits = not (around.own_place and fact.metric) and fact.scale.lower() in low
        fits = fits and (not fact.name.startswith(_WITHIN) or _names_limit(fact, low))
    if not fits or fact.unit not in {"score", "share", "per 100 notes"}:
        return fits
    return around.topic == (fact.metric or "overall") or (fact.place != "" and around.topic is None)


def _names_limit(fact: Fact, low: str) -> bool:
    """ "Within 10 cents" is said with its number; within 25 is in tune (`dsp.anchors`)."""
    limit = fact.name.removeprefix(_WITHIN)
    return bool(re.search(rf"\b{limit} cents?\b", low)) or (limit == "25" and "in tune" in low)


def _says_value(quantity: Quantity, fact: Fact, around: _Around) -> bool:
    family, near = family_of(fact), around.near
    if (family.needs and not family.needs & around.cues) or family.never & near or not same_way(fact, near):
        return False
    for dimension, value in spoken(fact):
        if dimension != quantity.dimension or (dimension == "bare" and around.topic is None):
            continue
        if dimension == "share" and not may_be_of(fact, quantity.of):
            continue
        if quantity.is_of(value) or _spans(quantity, fact):
            return True
    return _says_rest(quantity, fact, around.cues)


def _spans(quantity: Quantity, fact: Fact) -> bool:
    """Whether the quantity is the fact's interval."""
    in_points = quantity.dimension in {"points", "bare"} and fact.unit in {"score", "share", "step"}
    factor = 100.0 if in_points else 1.0
    if fact.low is None or fact.high is None:
        return False
    return quantity.spans(factor * fact.low, factor * fact.high)


def _says_rest(quantity: Quantity, fact: Fact, near: frozenset[CueName]) -> bool:
    """The rest of a share: 3 of 100 are wrong where 97 of 100 are right."""
    is_share_of_wrong = quantity.dimension == "share" and "wrong" in near and may_be_of(fact, quantity.of)
    return fact.name == "scale.adherence" and is_share_of_wrong and quantity.is_of(1.0 - fact.value)


def _says_count(quantity: Quantity, fact: Fact, around: _Around) -> bool:
    """Whether the number says how many notes or sessions a fact rests on: "from 64 notes"."""
    if quantity.dimension != fact.counted or quantity.dimension not in {"notes", "sessions"}:
        return False
    if around.near & _NO_COUNT:
        return False
    of_all = fact.name.startswith(("practice.", "session."))
    topic = None if of_all else fact.metric or "overall"
    return (around.topic is None or topic is None or topic == around.topic) and quantity.is_of(fact.n)


def _may_be_limit(quantity: Quantity, others: list[Quantity], facts: Facts) -> bool:
    """Whether a number beside a share may be the limit that the share is about."""
    beside_share = any(each.dimension == "share" for each in others)
    return quantity.dimension in {"ms", "cents"} and beside_share and _is_limit(quantity, facts)


def _is_limit(quantity: Quantity, facts: Collection[Fact | None] | Facts) -> bool:
    """Whether a number is the limit of one of these facts."""
    return any(
        fact is not None and re.fullmatch(pattern, fact.name)
        for pattern, dimension, limit in _LIMITS
        if (quantity.dimension, quantity.value) == (dimension, limit)
        for fact in facts
    )
