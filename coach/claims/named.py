"""Notes, degrees, leaps, strings, days and qualities: is there a fact about what is named?"""

import re
from collections.abc import Collection, Iterator

from coach.claims.cues import topics
from coach.claims.places import mentions
from coach.claims.reading import Sentence, tidy
from coach.claims.scales import scales_named
from coach.claims.words import any_of
from coach.fact import Facts

_DAYS = re.compile(
    r"\b(?:on|since|last|until|from|this|by) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b"
    r"|\b(?:in|since|last|this) (?:january|february|march|april|may|june|july|august|september|october"
    r"|november"
    r"|december|spring|summer|autumn|winter|fall|year)\b|\byesterday\b|\blast (?:month|night|time|year)\b"
    r"|\bthis month\b"
)
_SINCE_LAST = re.compile(
    r"\b(?:since|than|from) (?:your )?(?:last|previous) (?:session|time|take|week|month)\b|\bthan before\b"
)
_USUAL = re.compile(
    r"\b(?:than|as) usual\b|\bthan (?:you )?(?:normally|usually)\b|\bcompared (?:with|to) (?:last|before"
    r"|earlier|your)\b"
)
_WITHIN = re.compile(
    r"\b(?:towards?|at|near|by|in) (?:the |your )?(?:end|start|beginning|middle|(?:first|second|last) "
    r"(?:half|part|minutes?))\b"
)
_REGULAR = re.compile(
    r"\byou practi[sc]e (?:\w+ )?(?:every|each|daily|regularly|often|\d+ \w+ a (?:day|week))\b"
)
_MOOD = re.compile(
    r"\byou (?:\w+ )?(?:are|sound|seem|look|feel|were|sounded|seemed|looked|felt) (?:\w+ (?:and "
    r")?)?(?:confident|relaxed|tense"
    r"|nervous|tired|stiff|calm|focused|hesitant|impatient|lazy|talented|gifted|frustrated)\b"
    r"|\byou (?:\w+ )?(?:press|grip|tense|squeeze|hold your|lift|bend|strum|look at|breathe)\b"
)
_WEEK = re.compile(r"\b(?:last|previous|this) week\b")
_UNMEASURED = re.compile(
    r"\b(?:vibrato|dynamics?|posture|phrasing|legato|strumming|alternate picking|picking|chord changes"
    r"|articulation|bends?|bending"
    r"|finger(?:ing|s)|technique|tension|thumb|wrist|tone|speed|musicality|expression|confidence|groove|feel"
    r"|hand|sound)\b"
)
_JUDGED = re.compile(
    r"\b(?:is|are|was|were|has|have|looks?|sounds?|seems?|feels?|got|gets|needs?|lacks?|improved|suffer\w*)\b"
)
_QUALITY = re.compile(
    r"\b(?:good|great|bad|better|worse|weak|strong|excellent|poor|tense|stiff|relaxed|smooth|solid|beautiful"
    r"|nice|sloppy|uneven|clean"
    r"|improv\w+|impressive|expressive|rich|thin|harsh|loose|tight|fast|slow|work|perfect|lovely|consistent"
    r"|shaky|wonderful|tired|awkward)\b"
)
_TOO_FEW = re.compile(
    r"\b(?:not enough|too few|too little|can't be (?:judged|told|measured)|could not be (?:judged|told"
    r"|measured)|no data|not measured"
    r"|wasn't measured|was not measured|switched off|couldn't be (?:judged|told|measured)|not been measured"
    r"|nothing (?:is|was) known)\b"
)
_EVERY = re.compile(
    r"\b(?:all (?:of )?(?:your|the) notes|every (?:single )?note|not a single (?:wrong )?note|none of your "
    r"notes|each note|all notes"
    r"|no (?:wrong|stray|early|late) (?:notes?|sounds?)|all the (?:right )?notes|only (?:\w+ )?notes (?:of"
    r"|in|from) the scale)\b"
)


def named_claims(sentence: Sentence, facts: Facts, also: Collection[str]) -> Iterator[tuple[str, str]]:
    """What a sentence names and no fact is about: the words and the reason."""
    free = [tidy(each).lower() for each in also]
    yield from _places(sentence, facts, free)
    yield from _times(sentence, facts, free)
    yield from _unknowable(sentence)
    yield from _qualities(sentence)
    yield from _missing(sentence, facts)
    yield from _all_of_them(sentence, facts)


def _places(sentence: Sentence, facts: Facts, free: list[str]) -> Iterator[tuple[str, str]]:
    scales = [match for match, _ in scales_named(sentence.text)]
    for mention in mentions(sentence, facts):
        clause = sentence.clause_at(mention.start)
        if mention.facts or clause.kind != "claim" or mention.start in scales:
            continue
        said = mention.said.lower()
        if any(re.search(rf"(?<![\w#]){re.escape(said)}(?![\w#])", each) for each in free):
            continue
        yield mention.said, "no fact is about that place"


def _times(sentence: Sentence, facts: Facts, free: list[str]) -> Iterator[tuple[str, str]]:
    moves = any(fact.name.startswith(("trend.", "change.")) for fact in facts)
    for match in _DAYS.finditer(sentence.low):
        is_claim = sentence.clause_at(match.start()).kind in {"claim", "supposed"}
        off = facts.get("practice.days_off")
        if match[0] == "yesterday" and off is not None and off.value == 1.0:
            continue
        if is_claim and not any(match[0] in each for each in free):
            yield match[0], "no fact is about that time"
    for match in (*_SINCE_LAST.finditer(sentence.low), *_USUAL.finditer(sentence.low)):
        if sentence.clause_at(match.start()).kind == "claim":
            yield match[0], "no fact compares with that time"
    for match in (*_WITHIN.finditer(sentence.low), *_REGULAR.finditer(sentence.low)):
        if sentence.clause_at(match.start()).kind == "claim" and facts.get("timing.drift") is None:
            yield match[0], "no fact is about that time"
    for match in _WEEK.finditer(sentence.low):
        name = "practice.minutes_week" if match[0] == "this week" else "practice.minutes_last_week"
        if facts.get(name) is None and not moves and sentence.clause_at(match.start()).kind == "claim":
            yield match[0], "no fact is about that time"


def _unknowable(sentence: Sentence) -> Iterator[tuple[str, str]]:
    for match in any_of("unknowable").finditer(sentence.low):
        if sentence.clause_at(match.start()).kind == "claim" or match[0].startswith("keep"):
            yield match[0], "no fact tells of it"


def _qualities(sentence: Sentence) -> Iterator[tuple[str, str]]:
    for clause in sentence.clauses:
        mood = _MOOD.search(clause.text)
        if mood and clause.kind == "claim":
            yield mood[0], "that is not measured"
        if clause.kind != "claim" or next(topics(clause.text), None) is not None:
            continue
        match = _UNMEASURED.search(clause.text)
        if match and "your" in clause.text and _JUDGED.search(clause.text) and _QUALITY.search(clause.text):
            yield match[0], "that is not measured"


def _missing(sentence: Sentence, facts: Facts) -> Iterator[tuple[str, str]]:
    """ "Your pitch could not be judged" is a claim too."""
    of_trend = bool(re.search(r"\b(?:sessions|weeks|trend|whether|if|improv\w+|chang\w+)\b", sentence.low))
    for match in _TOO_FEW.finditer(sentence.low):
        known = [fact for _, topic in topics(sentence.low) if topic != "overall" for fact in facts.of(topic)]
        told = [fact for fact in known if fact.name.startswith(("trend.", "change."))] if of_trend else known
        if told and sentence.clause_at(match.start()).kind != "instruction":
            yield match[0], "it was measured"


def _all_of_them(sentence: Sentence, facts: Facts) -> Iterator[tuple[str, str]]:
    for match in _EVERY.finditer(sentence.low):
        clause = sentence.clause_at(match.start())
        if clause.kind != "claim":
            continue
        wrong, stray = facts.get("scale.wrong"), facts.get("noise.stray")
        rings = facts.get("noise.ring_overs")
        text = clause.text
        if wrong is not None and wrong.value == 0 and re.search(r"\bwrong\b|\bscale\b|\bright\b", text):
            continue
        if stray is not None and stray.value == 0 and "stray" in text:
            continue
        if rings is not None and rings.value == 0 and "ring" in text:
            continue
        yield match[0], "no fact says so of every note"
