"""Sweeping claims: records, "no problems", all the rest, how often in words, and where a score will be.

No fact holds a record or a promise. That nothing is wrong follows only where every score is excellent and no
weak spot was found, and how often something happens at a place from the share that was counted there.
"""

import re
from collections.abc import Iterator

from coach.claims.cues import topics
from coach.claims.places import about
from coach.claims.reading import Sentence
from coach.fact import Facts
from dsp.anchors import BANDS

_EXCELLENT = BANDS[0][0]

_RECORD = re.compile(
    r"\b(?:longest|highest|lowest|cleanest|steadiest|record)\b[^.]*\b(?:ever|so far|streak)\b"
    r"|\bpersonal best\b|\blongest streak\b|\bnever (?:played|sounded|been) (?:this|so|as|better|that)\b"
)
_NOTHING_WRONG = re.compile(
    r"\bno (?:\w+ )?(?:weak(?:ness(?:es)?| spots?| points?)|problems?|trouble|mistakes|issues?|faults?)\b"
    r"|\bnothing to (?:worry about|complain about)\b|\bflawless\b"
)
_THE_REST = re.compile(
    r"\b(?:all (?:the )?other|every other|all the rest|the rest of|everything else)\b[^.]*"
    r"\b(?:right|fine|perfect|good|clean|in tune|on time|flawless)\b"
)
_HOW_OFTEN: tuple[tuple[re.Pattern[str], float, float], ...] = (
    (re.compile(r"\b(?:rarely|seldom|hardly ever|almost never|scarcely)\b"), 0.0, 0.1),
    (re.compile(r"\b(?:nearly|almost) (?:always|every)\b|\bmost of the time\b"), 0.8, 1.0),
)
_STOOD_AT = re.compile(r"\byour [^.,;]*\b(?:up|down)? ?from (\d+)\b(?! (?:bpm|to \d+ bpm|minutes|notes))")
_WILL_BE = re.compile(r"\byou(?:'ll| will) (?:be at|reach|have|get to|score|hit) (?:a )?\d+\b")


def sweeping_claims(sentence: Sentence, facts: Facts) -> Iterator[tuple[str, str]]:
    """Each sweeping claim that the facts don't bear out: the words and the reason."""
    for pattern, reason in (
        (_RECORD, "no fact holds a record"),
        (_THE_REST, "no fact says so of all the rest"),
        (_WILL_BE, "no fact knows what will be"),
    ):
        yield from ((match[0], reason) for match in pattern.finditer(sentence.low))
    for match in _NOTHING_WRONG.finditer(sentence.low):
        if sentence.clause_at(match.start()).kind == "claim" and _something_wrong(sentence, facts):
            yield match[0], "the facts say that something is"
    yield from _frequencies(sentence, facts)
    yield from _starts(sentence, facts)


def _something_wrong(sentence: Sentence, facts: Facts) -> bool:
    """Whether a score is not excellent or a weak spot was found, of the metrics that are named or of any."""
    named = {topic for _, topic in topics(sentence.low)}
    told = [fact for fact in facts if not named or (fact.metric or "overall") in named]
    spots = any(fact.name.startswith("spot.") for fact in told)
    return spots or any(fact.name.endswith(".score") and fact.value < _EXCELLENT for fact in told)


def _frequencies(sentence: Sentence, facts: Facts) -> Iterator[tuple[str, str]]:
    for pattern, least, most in _HOW_OFTEN:
        for match in pattern.finditer(sentence.low):
            clause = sentence.clause_at(match.start())
            placed = about(sentence, (clause.start, clause.end), facts)
            rates = [facts.facts[name].value for name in placed if name.endswith(".rate")]
            if clause.kind == "claim" and any(not least <= rate <= most for rate in rates):
                yield match[0], "the share that was counted there says otherwise"


def _starts(sentence: Sentence, facts: Facts) -> Iterator[tuple[str, str]]:
    """ "Raise your timing from 40 to 60" says that it is 40."""
    for match in _STOOD_AT.finditer(sentence.low):
        scores = [facts.get(f"{topic}.score") for _, topic in topics(match[0])]
        known = [round(100.0 * score.value) for score in scores if score is not None]
        if known and int(match[1]) not in known:
            yield match[0], f"the score is {known[0]} of 100"
