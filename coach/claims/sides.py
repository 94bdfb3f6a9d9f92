"""Early or late, sharp or flat, speeding up or slowing down: does a fact point that way?"""

import re
from collections.abc import Iterator
from dataclasses import replace

from coach.claims.cues import Cue, CueName, cues
from coach.claims.families import may_be_of_latest
from coach.claims.figures import Said
from coach.claims.places import about, has_own_place
from coach.claims.reading import Clause, Sentence
from coach.fact import Direction, Fact, Facts

_WAYS: dict[CueName, frozenset[Direction]] = {
    "early": frozenset({"early"}),
    "late": frozenset({"late"}),
    "sharp": frozenset({"sharp"}),
    "flat": frozenset({"flat"}),
    "speeding": frozenset({"speeding up"}),
    "slowing": frozenset({"slowing down"}),
}
_RUSHES = re.compile(r"^rush")
_DRAGS = re.compile(r"^drag")
_BIASES: dict[CueName, str] = {
    "early": "timing.bias_ms",
    "late": "timing.bias_ms",
    "sharp": "pitch.bias_cents",
    "flat": "pitch.bias_cents",
    "speeding": "timing.drift",
    "slowing": "timing.drift",
}
_SHARES = {"early": "timing.early_share", "late": "timing.late_share"}
_NONE, _SOME, _MANY, _MOST = 0.005, 0.05, 0.25, 0.5
_QUANTIFIERS = (
    (re.compile(r"\bmost\b|\bmostly\b|\bmajority\b|\bmainly\b|\bmore than half\b"), _MOST),
    (re.compile(r"\bmany\b|\boften\b|\ba lot of\b"), _MANY),
    (re.compile(r"\bsome\b|\bsometimes\b|\ba few\b|\bseveral\b|\bat times\b|\boccasional\w*\b"), _SOME),
)
_EVERY = re.compile(r"\b(?:all|every|always|each|constantly|never|consistently)\b")
_NOT = re.compile(
    r"\b(?:not|no|never|neither|nor|without|hardly|rarely|seldom|barely|anything but|far from|n't|isn't"
    r"|aren't|wasn't|weren't|don't|didn't)\b|n't\b"
)
_OPEN = re.compile(
    r"\b(?:whether|either)\b|\bif\b|\bhow (?:early|late|sharp|flat)\b|\b(?:early|sharp|late|flat) or\b|\bor "
    r"(?:late|flat|early|sharp)\b"
)
_YOURS = re.compile(r"\byour (?:\w+ ){0,2}$")
_OWN = re.compile(
    r"\byour (?:\w+ ){0,2}$|\b(?:stop|quit|fix|correct|cure|reduce|less) (?:\w+ ){0,2}$|\byou (?:\w+ ){0,2}$"
)
_ADVICE = re.compile(r"\b(?:slow(?:s|ing)? down|speed(?:s|ing)? up)\b")
_IDLE = re.compile(r".{0,4}?(?:(?:too )?early (?:to|days)|sooner or later|later on|flat out)\b")


def side_claims(sentence: Sentence, facts: Facts, said: list[Said]) -> Iterator[tuple[str, str]]:
    """Each claim of a direction that no fact bears out: the words and the reason."""
    told = _settled(sentence, said)
    found = [cue for cue in cues(sentence.low) if cue.name in _WAYS]
    for cue in found:
        clause = sentence.clause_at(cue.start)
        others = {each.name for each in found if each.start == cue.start and each is not cue}
        if cue in told or not _is_claim(cue, clause, sentence):
            continue
        ways = {cue.name} | (others if _is_double(sentence, cue) else set())
        if _is_double(sentence, cue) and cue.name in {"speeding", "slowing"}:
            continue
        reason = _against(ways, cue, clause, sentence, facts)
        if reason:
            yield sentence.text[cue.start : cue.end], reason


def _is_double(sentence: Sentence, cue: Cue) -> bool:
    """Rushing is to be early or to speed up, dragging to be late or to slow down."""
    word = sentence.low[cue.start : cue.end]
    return bool(_RUSHES.match(word) or _DRAGS.match(word))


def _settled(sentence: Sentence, said: list[Said]) -> list[Cue]:
    """The cues that belong to a number whose fact has been found."""
    found = []
    for cue in cues(sentence.low):
        clause = sentence.clause_at(cue.start)
        inside = [each for each in said if clause.start <= each.quantity.start < clause.end and each.fact]
        if not inside:
            continue
        nearest = min(
            inside, key=lambda each: max(cue.start - each.quantity.end, each.quantity.start - cue.end)
        )
        fact = nearest.fact
        if fact is not None and _bears(fact, cue.name):
            found.append(cue)
    return found


def _bears(fact: Fact, name: CueName) -> bool:
    """Whether a fact that gave a number says the cue beside it too."""
    if name in _SHARES and fact.name == _SHARES[name]:
        return True
    return fact.direction in _WAYS.get(name, frozenset())


def _is_claim(cue: Cue, clause: Clause, sentence: Sentence) -> bool:
    """Whether a side is said to be so; outside of a claim it is where it is called the player's own."""
    begun = sentence.low[clause.start : cue.start]
    if clause.kind == "claim":
        return not _OPEN.search(clause.text) and not _IDLE.match(sentence.low, max(cue.start - 4, 0))
    own = _YOURS if clause.kind == "supposed" else _OWN
    is_advice = _ADVICE.match(sentence.low, cue.start) is not None
    return not is_advice and bool(own.search(begun)) and not _NOT.search(begun)


def _against(ways: set[CueName], cue: Cue, clause: Clause, sentence: Sentence, facts: Facts) -> str:
    """Why the facts don't say so; empty where they do."""
    begun = sentence.low[clause.start : cue.start]
    if _NOT.search(begun):
        return _against_denial(ways, begun, facts)
    span = clause.start, clause.end
    placed = about(sentence, span, facts)
    own = has_own_place(sentence, span, facts)
    wanted = frozenset[Direction]().union(*(_WAYS[way] for way in ways))
    if any(cue.name == "latest" for cue in cues(clause.text)):
        named = {name: fact for name, fact in facts.facts.items() if may_be_of_latest(fact)}
        facts = replace(facts, facts=named)
    if any(fact.direction in wanted for fact in facts if fact.name in placed):
        return ""
    if not own and not _EVERY.search(clause.text) and _general(ways, wanted, clause, facts):
        return ""
    return f"no fact says {' or '.join(sorted(wanted))}{' of that place' if own else ''}"


def _general(ways: set[CueName], wanted: frozenset[Direction], clause: Clause, facts: Facts) -> bool:
    """Whether the playing as a whole goes that way, or as large a part of it as is said."""
    if any(fact.direction in wanted for fact in facts if not fact.place):
        return True
    least = next((least for pattern, least in _QUANTIFIERS if pattern.search(clause.text)), None)
    shares = [facts.get(_SHARES[way]) for way in ways if way in _SHARES]
    return least is not None and any(share is not None and share.value >= least for share in shares)


def _against_denial(ways: set[CueName], begun: str, facts: Facts) -> str:
    """ "Not early" needs a bias that was measured and is not early."""
    never = re.search(r"\b(?:never|no|none)\b", begun)
    for way in ways:
        share = facts.get(_SHARES.get(way, ""))
        if never and (share is None or share.value >= _NONE):
            return "no fact says so of every note"
        bias = facts.get(_BIASES[way])
        if bias is not None and bias.direction in _WAYS[way]:
            return f"the facts say {bias.direction}"
    measured = [facts.get(_BIASES[way]) for way in ways if way in {"early", "late", "sharp", "flat"}]
    if measured and all(bias is None for bias in measured):
        return "it was not measured"
    return ""
