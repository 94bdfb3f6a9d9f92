"""How good something is, and what is best or weakest: do the scores say so?"""

import re
from collections.abc import Iterator

from coach.claims.cues import Topic, topic_at, topics
from coach.claims.places import about
from coach.claims.reading import Clause, Sentence
from coach.fact import Fact, Facts
from dsp.anchors import BANDS

_EXCELLENT, _GOOD, _FAIR = (edge for edge, _ in BANDS)
_ROUNDING = 0.005
"""A score that is shown as 70 counts as 70."""

_GRADES: tuple[tuple[re.Pattern[str], float, float], ...] = (
    (re.compile(r"\b(?:perfect(?:ly)?|flawless(?:ly)?|spotless|faultless|impeccabl[ey])\b"), 0.97, 1.0),
    (
        re.compile(r"\b(?:excellent|outstanding|superb|amazing|brilliant|fantastic|exceptional|remarkabl[ey]"
                   r"|very (?:good|strong|clean"
                   r"|steady|even|tight))\b"),
        _EXCELLENT, 1.0,
    ),
    (
        re.compile(r"\b(?:good|great|solid|strong|well|nice(?:ly)?|fine|impressive|reliable|in good shape"
                   r"|steady|even|evenly|steadily|tight"
                   r"|consistent|stable|accurate(?:ly)?|clean(?:ly)?|in tune|secure|on (?:the )?(?:beat"
                   r"|click)|stayed in the scale)\b"),
        _GOOD, 1.0,
    ),
    (re.compile(r"\b(?:fair|decent|okay|ok|acceptable|reasonabl[ey]|all right|alright"
                r"|adequate)\b"), _FAIR, 1.0),
    (re.compile(r"\b(?:needs? (?:some )?(?:work|attention|care)|room for improvement|could be (?:better"
                r"|cleaner|tighter))\b"), 0.0, _EXCELLENT),
    (
        re.compile(r"\b(?:weak|poor|bad|shaky|unsteady|uneven|loose|messy|sloppy|noisy|inconsistent|unstable"
                   r"|inaccurate|out of tune"
                   r"|struggl\w+|suffer\w*|lacking|rough|problem\w*|trouble)\b"),
        0.0, _GOOD,
    ),
)  # fmt: skip
"""Words for how good something is, with the least and the most that the score may be."""

_OWN_TOPICS: tuple[tuple[re.Pattern[str], Topic], ...] = (
    (re.compile(r"\b(?:in|out of) tune\b"), "pitch_accuracy"),
    (
        re.compile(r"\b(?:on (?:the )?(?:beat|click)|(?:un)?steady|steadily|uneven|evenly)\b"),
        "timing_stability",
    ),
    (re.compile(r"\b(?:clean(?:ly)?|messy|sloppy|noisy)\b"), "noise_control"),
    (re.compile(r"\bstayed in the scale\b"), "scale_conformity"),
)
_IDLE = re.compile(
    r"\bas well\b|\bgood (?:tempo|idea|moment|place|way|news|session|start|job|work|for|luck|practice"
    r"|question|exercise|next|habit|sign|goal"
    r"|time to|at)\b|\bgreat (?:work|job|session|start|question|way|idea|that|to)\b|\bnice (?:work|job"
    r"|session|one|to)\b|\bwell done\b"
    r"|\bwell (?:known|worth|before|within)\b|\beven (?:if|when|though|more|better|slower|a|the|on|at|one)\b"
    r"|\bfine[- ]tun\w+\b|\bno problem\b"
    r"|\bgood,|\bgreat[,!]|\bnice[,!]|\bproblem (?:notes?|spots?)\b|\bstrong (?:beats?|start|hand)\b"
    r"|\btrouble (?:spots?|notes?)\b"
    r"|\bgood (?:to|at) \w+\b|\bas (?:clean|even|steady|good) as\b|\bhow (?:well|good|clean|even|steady"
    r"|evenly)\b|\bsays how\b"
)
_POINTS_BACK = re.compile(
    r"\W*(?:it|this|that|which|and it|but it)\b.*\b(?:is|was|are|were|looks?|stays?|remains?|stayed)\b"
)
_FRAGMENT = re.compile(r"\W*(?:and |but )?(?:\w+ )?")
_PLAYED = re.compile(
    r"\byou (?:\w+ )?(?:played|did|sounded|play|sound)\b(?:\s+\w+){0,3}\s+(?:well|great|brilliantly"
    r"|excellent|good)\b"
)
_NOT = re.compile(
    r"\b(?:not|never|hardly|no longer|isn't|aren't|wasn't|weren't|not yet|n't|neither|less)\b|n't\b"
)

_UNMOVED = re.compile(
    r"\b(?:steady|stable|consistent|even) (?:from|over|for|since|week)\b|\b(?:held|holds|holding|stays"
    r"|stayed|remain(?:s|ed))"
    r" (?:steady|stable|even)\b"
)
"""Said of a trend (`movement`)."""

_BEST = re.compile(
    r"\b(?:your|the) (?:\w+ )?(?:best|strongest|highest|steadiest|cleanest|biggest strength|greatest "
    r"strength|main strength|top)\b"
    r"|\b(?:best|strongest|highest)[- ]scor\w+\b|\bhighest scores?\b|\b(?:is|are|was|were) (?:the )?(?:best"
    r"|strongest|highest)\b"
)
_WORST = re.compile(
    r"\b(?:your|the) (?:\w+ )?(?:worst|weakest|lowest|poorest|biggest (?:\w+ )?(?:weakness|problem|issue"
    r"|weak spot|gap|challenge|fault)"
    r"|main (?:weakness|problem|issue|fault)|greatest weakness|least \w+)\b|\b(?:weakest|lowest|worst)[- "
    r"]?scor\w+\b|\blowest scores?\b"
    r"|\b(?:is|are|was|were) (?:the )?(?:worst|weakest|lowest)\b|\bmost trouble\b"
)
_BEST_IDLE = re.compile(
    r"\b(?:your best (?:to|take|guess|bet)|do your best|at your best|the best (?:way|thing|next|place|time"
    r"|exercise|moment|cure|remedy|you can)"
    r"|the top (?:string|of)|the lowest (?:string|note|tonic|tempo)|the highest (?:string|note|tonic)|is "
    r"best (?:done|to|when|if|played|practi\w+)"
    r"|(?:best|worst) (?:moment|stretch)|the top)\b"
)
_MARGIN = 0.005


def level_claims(sentence: Sentence, facts: Facts) -> Iterator[tuple[str, str]]:
    """Each judgement and superlative that the scores don't bear out: the words and the reason."""
    low = _blanked(_blanked(sentence.low, _IDLE), _UNMOVED)
    yield from _grades(low, sentence, facts)
    low = _blanked(sentence.low, _BEST_IDLE)
    for pattern, best in ((_BEST, True), (_WORST, False)):
        for match in pattern.finditer(low):
            clause = sentence.clause_at(match.start())
            if clause.kind == "instruction" and "your" not in match[0] and "scor" not in match[0]:
                continue
            reason = _against_rank(match, clause, sentence, facts, best=best)
            if reason:
                yield sentence.text[match.start() : match.end()], reason


def _blanked(low: str, idle: re.Pattern[str]) -> str:
    """The text with the phrases that judge nothing made blank, letter for letter."""
    return idle.sub(lambda match: " " * len(match[0]), low)


def _grades(low: str, sentence: Sentence, facts: Facts) -> Iterator[tuple[str, str]]:
    taken: list[tuple[int, int]] = []
    for pattern, least, most in _GRADES:
        for match in pattern.finditer(low):
            clause = sentence.clause_at(match.start())
            if any(start <= match.start() < end for start, end in taken) or not _judges(match, clause, low):
                continue
            taken.append(match.span())
            topic = _topic(match, clause, sentence, low)
            if topic is None:
                continue
            if about(sentence, (clause.start, clause.end), facts) and most < 1.0:
                continue
            denied = bool(_NOT.search(low[clause.start : match.start()]))
            between = ((0.0, least) if most >= 1.0 else (most, 1.0)) if denied else (least, most)
            if denied and most < 1.0:
                between = (_FAIR, 1.0)
            reason = _against_grade(topic, between, clause, facts)
            if reason:
                yield sentence.text[match.start() : match.end()], reason


def _judges(match: re.Match[str], clause: Clause, low: str) -> bool:
    """Whether the word says how something is; in an instruction it does only of what is the player's."""
    if clause.kind == "claim":
        return True
    return clause.kind == "instruction" and bool(
        re.search(r"\byour (?:\w+ )?$", low[clause.start : match.start()])
    )


def _topic(match: re.Match[str], clause: Clause, sentence: Sentence, low: str) -> Topic | None:
    """The metric that is judged; None where none is, so that praise stays praise."""
    for pattern, topic in _OWN_TOPICS:
        if pattern.fullmatch(match[0]):
            return topic
    if _PLAYED.search(low, clause.start, clause.end):
        return "overall"
    inside = list(topics(sentence.low[clause.start : clause.end]))
    if inside:
        span = clause.start, clause.end
        return topic_at(sentence.low, match.start(), match.end(), "", span)
    begun = low[clause.start : match.start()]
    if _POINTS_BACK.match(clause.text) or (clause.start > 0 and _FRAGMENT.fullmatch(begun)):
        return topic_at(sentence.low, match.start(), match.end(), sentence.before, (clause.start, clause.end))
    return None


def _score(topic: Topic, clause: Clause, facts: Facts) -> Fact | None:
    if re.search(r"\b(?:latest|last|newest|most recent|today)\b", clause.text):
        latest = facts.get(f"latest.{topic}")
        if latest is not None:
            return latest
    return facts.get(f"{topic}.score")


def _against_grade(topic: Topic, between: tuple[float, float], clause: Clause, facts: Facts) -> str:
    score = _score(topic, clause, facts)
    if score is None:
        why = facts.missing.get(topic, "") if topic != "overall" else ""
        return f"it was not measured{f': {why}' if why else ''}"
    low, high = between
    if low - _ROUNDING <= score.value <= high + _ROUNDING:
        return ""
    return f"the score is {100.0 * score.value:.0f} of 100"


def _against_rank(
    match: re.Match[str], clause: Clause, sentence: Sentence, facts: Facts, *, best: bool
) -> str:
    """Why something is not the best or the weakest; empty where the facts say so."""
    span = clause.start, clause.end
    placed = about(sentence, (0, len(sentence.low)), facts)
    if placed and not best:
        return "" if any(name.startswith("spot.1.") for name in placed) else "another place is worse"
    topic = _ranked(match, sentence)
    scores = {
        fact.metric: fact.value for fact in facts if fact.metric and fact.name == f"{fact.metric}.score"
    }
    if topic is None or topic == "overall":
        topic = topic_at(sentence.low, match.start(), match.end(), sentence.before, span)
    if topic is None or topic == "overall" or topic not in scores:
        return "no fact says which"
    if len(scores) == 1:
        return "nothing else was measured"
    edge = max(scores.values()) if best else min(scores.values())
    return (
        "" if abs(scores[topic] - edge) <= _MARGIN else f"another metric is {'better' if best else 'weaker'}"
    )


def _ranked(match: re.Match[str], sentence: Sentence) -> Topic | None:
    """The metric that is called best or weakest: the nearest one in the sentence."""
    named = [(place, topic) for place, topic in topics(sentence.low) if topic != "overall"]
    if not named:
        return None

    def distance(each: tuple[int, Topic]) -> int:
        return max(each[0] - match.end(), match.start() - each[0], 0)

    return min(named, key=distance)[1]
