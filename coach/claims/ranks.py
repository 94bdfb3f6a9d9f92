"""What is best or weakest: do the scores, or the weak spots, say so?"""

import re
from collections.abc import Iterator

from coach.claims.cues import Topic, topic_at, topics
from coach.claims.places import about
from coach.claims.reading import Clause, Sentence
from coach.fact import Facts

_BEST = re.compile(
    r"\b(?:your|the) (?:\w+ )?(?:best|strongest|highest|steadiest|cleanest|top|strength"
    r"|strong (?:point|suit|side))\b"
    r"|\b(?:best|strongest|highest)[- ]scor\w+\b|\bhighest scores?\b"
    r"|\b(?:is|are|was|were) (?:the )?(?:best|strongest|highest)\b"
)
_WORST = re.compile(
    r"\b(?:your|the) (?:\w+ )?(?:worst|weakest|lowest|poorest|least \w+|weakness|weak point)\b"
    r"|\b(?:your|the) (?:biggest|main) (?:\w+ )?(?:weakness|problem|issue|weak spot|gap|challenge|fault)\b"
    r"|\b(?:weakest|lowest|worst)[- ]?scor\w+\b|\blowest scores?\b|\bmost trouble\b"
    r"|\b(?:is|are|was|were) (?:the )?(?:worst|weakest|lowest)\b"
)
_IDLE = re.compile(
    r"\b(?:your best (?:to|take|guess|bet)|do your best|at your best|the top"
    r"|the best (?:way|thing|next|place|time|exercise|moment|cure|remedy|you can)"
    r"|the (?:lowest|highest|top) (?:string|note|tonic|tempo|of)|(?:best|worst) (?:moment|stretch)"
    r"|is best (?:done|to|when|if|played|practi\w+))\b"
)
_MARGIN = 0.005
"""Scores that are shown alike are both the best."""


def rank_claims(sentence: Sentence, facts: Facts) -> Iterator[tuple[str, str]]:
    """Each superlative that the facts don't bear out: the words and the reason."""
    low = _IDLE.sub(lambda match: " " * len(match[0]), sentence.low)
    for pattern, best in ((_BEST, True), (_WORST, False)):
        for match in pattern.finditer(low):
            clause = sentence.clause_at(match.start())
            about_player = "your" in match[0] or "scor" in match[0]
            if clause.kind == "instruction" and not about_player:
                continue
            reason = _against(match, clause, sentence, facts, best=best)
            if reason:
                yield sentence.text[match.start() : match.end()], reason


def _against(match: re.Match[str], clause: Clause, sentence: Sentence, facts: Facts, *, best: bool) -> str:
    """Why something is not the best or the weakest; empty where the facts say so."""
    placed = about(sentence, (0, len(sentence.low)), facts)
    if placed and not best:
        return "" if any(name.startswith("spot.1.") for name in placed) else "another place is worse"
    topic = _nearest(match, sentence)
    if topic is None:
        span = clause.start, clause.end
        topic = topic_at(sentence.low, match.start(), match.end(), sentence.before, span)
    scores = {fact.metric: fact.value for fact in facts if fact.name == f"{fact.metric}.score"}
    if topic is None or topic == "overall" or topic not in scores:
        return "no fact says which"
    if len(scores) == 1:
        return "nothing else was measured"
    edge = max(scores.values()) if best else min(scores.values())
    return (
        "" if abs(scores[topic] - edge) <= _MARGIN else f"another metric is {'better' if best else 'weaker'}"
    )


def _nearest(match: re.Match[str], sentence: Sentence) -> Topic | None:
    """The metric that is called best or weakest: the nearest one in the sentence."""
    named = [(place, topic) for place, topic in topics(sentence.low) if topic != "overall"]
    if not named:
        return None

    def distance(each: tuple[int, Topic]) -> int:
        return max(each[0] - match.end(), match.start() - each[0], 0)

    return min(named, key=distance)[1]
