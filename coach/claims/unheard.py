"""Claims of what nobody listened for: bodies and gear, grades, deeds, conditions, and a bare "yes".

An instrument that hears notes knows nothing of fingers and strings of steel, of how advanced somebody is, or
of when and why something happens where no weak spot says so.
"""

import re
from collections.abc import Iterator

from coach.claims.cues import cues
from coach.claims.reading import Sentence

BPM = (20.0, 400.0)
"""Tempi that a click can have."""

_BODY = "fingers?|hands?|thumbs?|wrists?|arms?|shoulders?|tendons?|nails?"
_GEAR = "guitar|strings|amp|nut|bridge|pick"
_NOT_HEARD = re.compile(
    rf"\byour (?:\w+ ){{0,2}}(?:{_BODY}|{_GEAR}) (?:is|are|was|were|needs?|looks?|seems?|hurts?|buzz\w*)\b"
    rf"|\b(?:used|using) the wrong (?:{_BODY}|{_GEAR}|position)\b"
)
_LEVELS = "beginner|novice|intermediate|expert|pro|professional|natural|virtuoso|master|talent|machine"
_LEVEL = re.compile(
    rf"\byou(?:'re| are) (?:already |still |now )?an? (?:\w+ )?(?:{_LEVELS})\b"
    rf"|\b(?:sound|play)(?:ed|s|ing)? like an? (?:\w+ )?(?:{_LEVELS})\b"
)
_GRADE = re.compile(
    r"\b(?:is|was|gets?|got|earns?|deserves?|give|gave) (?:you )?(?:an? )?"
    r"(?:[a-f][+-](?!\w)|[ivxlc]{2,6}\b|\d+ stars?\b)"
)
_DEED = re.compile(
    r"\b(?:you|you've|you have) (?:\w+ )?(?:fixed|solved|mastered|nailed|conquered|overcome|overcame|cured)\b"
    r"|\b(?:reached|met|hit|achieved) (?:the|your) (?:goal|target|aim)\b|\bon the (?:up|mend)\b"
    r"|\bcould(?:n't| not) be (?:more|better|worse)\b|\btoo (?:fast|slow|hard|easy|difficult) for you\b"
)
_REGULARLY = re.compile(
    r"\byou(?:'ve| have)? practi[sc]ed? (?:\w+ )?(?:every|each|daily|regularly)\b"
    r"|\bstreak (?:is|was|of|has reached) (?:an? )?(?:\d+ )?(?:weeks?|months?)\b"
)
_AGREES = "yes|yeah|yep|right|correct|exactly|indeed|absolutely|certainly|definitely|of course|sure|true"
_ASSENT = re.compile(
    rf"\W*(?:(?:{_AGREES}|you (?:did|are|have)|it (?:is|was)"
    r"|(?:that|it|this)(?:'s| is) (?:\w+ )?(?:right|true|correct|so))(?:\W+|$))+"
)
_SIDES = frozenset({"early", "late", "sharp", "flat", "speeding", "slowing"})
_CONDITION = re.compile(
    r"\b(?:when(?:ever)?|if|while) (?:it|the music|the tempo|you|things)\b"
    r"|\bon the (?:off|down|up|back)-?\s?beats?\b"
)
_OF_PLACE = re.compile(
    r"\bbpm\b|\bleap|\bdegree|\bfourth|\bfifth|\bthird|\bsixth|\bstep|\bnote|\bhigh|\blow\b"
)
_TEMPO = re.compile(r"\b(?:at|to) (\d+(?:\.\d+)?) ?(?:bpm|beats (?:per|a) minute)\b")


def unheard_claims(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Each claim of what was not listened for: the words and the reason."""
    if _ASSENT.fullmatch(sentence.low):
        yield sentence.text, "say what is so in a sentence of its own"
    for pattern in (_NOT_HEARD, _LEVEL, _GRADE, _DEED, _REGULARLY):
        for match in pattern.finditer(sentence.low):
            if sentence.clause_at(match.start()).kind != "supposed":
                yield match[0], "that is not measured"
    yield from _conditions(sentence)
    for match in _TEMPO.finditer(sentence.low):
        if not BPM[0] <= float(match[1]) <= BPM[1]:
            yield match[0], "a click goes from 20 to 400 bpm"


def _conditions(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """ "You rush when you get nervous": only a weak spot tells when something happens."""
    sides = [cue.start for cue in cues(sentence.low) if cue.name in _SIDES]
    claimed = [start for start in sides if sentence.clause_at(start).kind == "claim"]
    for match in _CONDITION.finditer(sentence.low):
        told = _OF_PLACE.search(sentence.low[match.start() :])
        if any(start < match.start() for start in claimed) and not told:
            yield match[0], "no fact tells when"
