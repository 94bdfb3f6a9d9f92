"""How good something is: do the scores say so?

Praise without a metric ("good work") is nobody's claim. A judgement of a metric holds where its score lies
within the bands of `dsp.anchors` that the word stands for.
"""

import re
from collections.abc import Iterator

from coach.claims.cues import Topic, topic_at, topics
from coach.claims.places import about, has_own_place
from coach.claims.reading import Clause, Sentence
from coach.claims.words import any_of
from coach.fact import Fact, Facts
from dsp.anchors import BANDS

_EXCELLENT, _GOOD, _FAIR = (edge for edge, _ in BANDS)
_PERFECT = 0.97
_ROUNDING = 0.005
"""A score that is shown as 70 counts as 70."""

_GRADES: tuple[tuple[str, float, float], ...] = (
    ("perfect", _PERFECT, 1.0),
    ("excellent", _EXCELLENT, 1.0),
    ("unfinished", 0.0, _EXCELLENT),
    ("poor", 0.0, _GOOD),
    ("good", _GOOD, 1.0),
    ("fair", _FAIR, 1.0),
)
"""Lists of words for how good something is, with the least and the most that the score may be."""

_OWN_TOPICS: tuple[tuple[re.Pattern[str], Topic], ...] = (
    (re.compile(r"\b(?:in|out of) tune\b"), "pitch_accuracy"),
    (
        re.compile(
            r"\bon (?:the )?(?:beat|click)\b|steady|steadily|\buneven|\bevenly|\bin the pocket|\blocked in"
        ),
        "timing_stability",
    ),
    (re.compile(r"\bclean|\bmessy|\bsloppy|\bnoisy"), "noise_control"),
    (re.compile(r"\bstayed in the scale\b"), "scale_conformity"),
)
"""Judgements that name their metric themselves."""

_SAYS_OF_ALL = re.compile(
    r"\byou (?:\w+ )?(?:played|did|sounded|play|sound)\b(?:\s+\w+){0,3}\s+(?:well|great|brilliantly"
    r"|excellent|good)\b"
    r"|\bscore\b"
)
_POINTS_BACK = re.compile(
    r"\W*(?:it|this|that|which|and it|but it)\b.*\b(?:is|was|are|were|looks?|stays?|remains?|stayed)\b"
)
_FRAGMENT = re.compile(r"\W*(?:and |but )?(?:\w+ )?")
_UNMOVED = re.compile(
    r"\b(?:steady|stable|consistent|even) (?:from|over|for|since|week)\b"
    r"|\b(?:held|holds|holding|stays|stayed|remain(?:s|ed)) (?:steady|stable|even)\b"
)
"""Said of a trend (`movement`)."""

_EXCLAIMED = re.compile(r"\b(?:good|great|nice)[,!]")
_NOT = re.compile(r"\b(?:not|never|hardly|no longer|neither|less)\b|n't\b")


def level_claims(sentence: Sentence, facts: Facts) -> Iterator[tuple[str, str]]:
    """Each judgement that the scores don't bear out: the words and the reason."""
    low = sentence.low
    for idle in (any_of("idle_praise"), _UNMOVED, _EXCLAIMED):
        low = idle.sub(lambda match: " " * len(match[0]), low)
    for name, least, most in _GRADES:
        for match in any_of(name).finditer(low):
            clause = sentence.clause_at(match.start())
            if not _judges(match, clause, low):
                continue
            reason = _against(match, clause, sentence, facts, _between(match, clause, low, (least, most)))
            if reason:
                yield sentence.text[match.start() : match.end()], reason
        low = any_of(name).sub(lambda match: " " * len(match[0]), low)


def _judges(match: re.Match[str], clause: Clause, low: str) -> bool:
    """Whether the word says how something is; in an instruction it does only of what is the player's."""
    if clause.kind == "claim":
        return True
    begun = low[clause.start : match.start()]
    return clause.kind == "instruction" and bool(re.search(r"\byour (?:\w+ )?$", begun))


def _between(
    match: re.Match[str], clause: Clause, low: str, between: tuple[float, float]
) -> tuple[float, float]:
    """What the score may be, denials turned round: "not good" is below good, "not bad" at least fair."""
    if not _NOT.search(low[clause.start : match.start()]):
        return between
    return (0.0, between[0]) if between[1] == 1.0 else (_FAIR, 1.0)


def _against(
    match: re.Match[str], clause: Clause, sentence: Sentence, facts: Facts, between: tuple[float, float]
) -> str:
    """Why the facts don't say so; empty where they do, or where nothing is judged."""
    topic = _topic(match, clause, sentence)
    span = clause.start, clause.end
    if has_own_place(sentence, span, facts):
        praised = between[1] == 1.0 or not about(sentence, span, facts)
        return "no fact judges that place" if praised else ""
    if topic is None:
        return ""
    score = _score(topic, clause, facts)
    if score is None:
        why = facts.missing.get(topic, "")
        return f"it was not measured{f': {why}' if why else ''}"
    if between[0] - _ROUNDING <= score.value <= between[1] + _ROUNDING:
        return ""
    return f"the score is {100.0 * score.value:.0f} of 100"


def _topic(match: re.Match[str], clause: Clause, sentence: Sentence) -> Topic | None:
    """The metric that is judged; None where none is, so that praise stays praise."""
    span = clause.start, clause.end
    own = next((topic for pattern, topic in _OWN_TOPICS if pattern.search(match[0])), None)
    inside = list(_inside(sentence, span, match.span()))
    if inside:
        before = [topic for place, topic in inside if place < match.start()]
        return before[-1] if before else inside[0][1]
    begun = sentence.low[clause.start : match.start()]
    is_fragment = clause.start > 0 and _FRAGMENT.fullmatch(begun) is not None
    earlier = [topic for place, topic in topics(sentence.low) if place < clause.start]
    if is_fragment and earlier:
        return earlier[-1]
    if own is not None:
        return own
    if _SAYS_OF_ALL.search(clause.text) or any_of("perfect").fullmatch(match[0]):
        return "overall"
    if _POINTS_BACK.match(clause.text) or is_fragment:
        return topic_at(sentence.low, match.start(), match.end(), sentence.before, span)
    return None


def _inside(
    sentence: Sentence, clause: tuple[int, int], judgement: tuple[int, int]
) -> Iterator[tuple[int, Topic]]:
    """The metrics that a clause names beside the judgement itself."""
    for place, topic in topics(sentence.low):
        if clause[0] <= place < clause[1] and not judgement[0] <= place < judgement[1]:
            yield place, topic


def _score(topic: Topic, clause: Clause, facts: Facts) -> Fact | None:
    latest = facts.get(f"latest.{topic}")
    if latest is not None and re.search(r"\b(?:latest|last|newest|most recent|today)\b", clause.text):
        return latest
    return facts.get(f"{topic}.score")
