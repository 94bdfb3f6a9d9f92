"""Wrong notes, strings that ring on, stray sounds, a streak: did any come, or none?"""

import re
from collections.abc import Iterator

from coach.claims.cues import Cue, CueName, cues
from coach.claims.figures import Said
from coach.claims.places import about
from coach.claims.reading import Sentence
from coach.fact import Fact, Facts

_AMOUNTS: tuple[tuple[re.Pattern[str], float, float], ...] = (
    (re.compile(r"\b(?:no|none|never|without|zero|not a single|not one)\b|n't\b"), 0.0, 0.005),
    (re.compile(r"\b(?:few|hardly|rarely|seldom|little)\b"), 0.0, 0.1),
    (re.compile(r"\bnot\b"), 0.0, 1.0),
    (re.compile(r"\b(?:many|lots|a lot|plenty|constantly|too often|always|too many)\b"), 0.1, 1.0),
    (re.compile(r"\b(?:most|mostly)\b"), 0.5, 1.0),
)
"""Words before a fault, with the least and the most of the notes that can be meant."""

_SOME = (0.005, 1.0)


def fault_claims(sentence: Sentence, facts: Facts, said: list[Said]) -> Iterator[tuple[str, str]]:
    """Each fault that came or did not come against what the facts say: the words and the reason."""
    for cue in cues(sentence.low):
        clause = sentence.clause_at(cue.start)
        if cue.name not in {"wrong", "ring", "stray", "hum", "streak"} or clause.kind != "claim":
            continue
        if any(each.fact and clause.start <= each.quantity.start < clause.end for each in said):
            continue
        found = list(_facts_of(cue, sentence, facts))
        least, most = _said_of(sentence.low[clause.start : cue.start])
        if not found:
            yield sentence.text[cue.start : cue.end], "no fact tells of it"
        elif cue.name != "streak" and not (max(found) >= least and min(found) <= most):
            yield sentence.text[cue.start : cue.end], "the facts say otherwise"


def _said_of(begun: str) -> tuple[float, float]:
    """Least and most of the notes that have the fault, as what stands before it says."""
    return next(((least, most) for words, least, most in _AMOUNTS if words.search(begun)), _SOME)


def _facts_of(cue: Cue, sentence: Sentence, facts: Facts) -> Iterator[float]:
    """How often the fault came, 0..1, by each fact that tells of it."""
    clause = sentence.clause_at(cue.start)
    placed = about(sentence, (clause.start, clause.end), facts)
    for fact in facts:
        if not fact.place or fact.name in placed:
            yield from _rate(cue.name, fact)


def _rate(name: CueName, fact: Fact) -> Iterator[float]:
    if name == "wrong" and fact.metric == "scale_conformity":
        if fact.unit == "count":
            yield fact.value / max(fact.n, 1)
        elif fact.name == "scale.adherence":
            yield 1.0 - fact.value
        elif fact.name.endswith(".rate"):
            yield fact.value
    names = {"ring": "noise.ring_overs", "stray": "noise.stray", "streak": "practice.streak_days"}
    if fact.name == names.get(name):
        yield fact.value / 100.0 if fact.unit == "per 100 notes" else fact.value
