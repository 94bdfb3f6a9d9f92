"""Better, worse or unchanged: does a trend or a comparison say so?"""

import re
from collections.abc import Iterator

from coach.claims.cues import Cue, CueName, cues, topic_at, topics
from coach.claims.figures import Said
from coach.claims.places import has_own_place
from coach.claims.reading import Clause, Sentence
from coach.fact import Direction, Fact, Facts

_WAYS: dict[CueName, Direction] = {"better": "better", "worse": "worse", "same": "no difference"}
_BASE = re.compile(
    r"^(?:improve|progress|better|worse|increase|gain|rise|climb|drop|worsen|more \w+|less \w+|get\w* \w+"
    r"|become \w+"
    r"|increas\w+|improv(?:e|ing|ement)|cleaner|tighter|steadier|stronger|higher|lower|up|down)$"
)
_HOPED = re.compile(
    r"\b(?:to|will|'ll|can|could|would|should|may|might|let|helps?|help you|if|until|when|once|for|towards?"
    r"|room for|whether)"
    r" (?:\w+ ){0,4}$"
)
_DONE = re.compile(r"\b(?:managed|began|started|able|continue[ds]?|seems?|appears?) to (?:\w+ ){0,2}$")
_NOT = re.compile(r"\b(?:not|no|never|hardly|neither)\b|n't\b")
_IDLE = re.compile(
    r"\b(?:better (?:to|if|off|with|when|than (?:fast|guess|rush|hurry))|even better|the better|much better "
    r"with|all the better"
    r"|(?:sounds?|feels?|works?) better|better (?:sound|tone|way|idea)|no better|for the better|better known"
    r"|better slow\w*)\b"
)
_VERSUS = re.compile(
    r"\b(?P<how>better|worse|higher|lower|stronger|weaker) than (?:your |the )?"
    r"(?=pitch|intonation|timing|rhythm|scale|noise)"
)
_COMPARED = re.compile(
    r"\b(?:than|most|other|average) (?:\w+ ){0,3}(?:players?|guitarists?|people|beginners?|others|students?"
    r"|pros?)\b"
)


def movement_claims(sentence: Sentence, facts: Facts, said: list[Said]) -> Iterator[tuple[str, str]]:
    """Each claim of a change that no fact bears out: the words and the reason."""
    match = _COMPARED.search(sentence.low)
    if match and sentence.clause_at(match.start()).kind == "claim":
        yield sentence.text[match.start() : match.end()], "no fact compares with other players"
    versus = list(_VERSUS.finditer(sentence.low))
    for compared in versus:
        yield from _against_other(compared, sentence, facts)
    for cue in cues(sentence.low):
        beside_other = any(each.start() <= cue.start < each.end() for each in versus)
        if cue.name not in _WAYS or beside_other or _is_idle(cue, sentence):
            continue
        clause = sentence.clause_at(cue.start)
        if not _is_claim(cue, clause, sentence):
            continue
        reason = _against(cue, clause, sentence, facts)
        if reason and not _is_settled(cue, clause, said):
            yield sentence.text[cue.start : cue.end], reason


def _against_other(match: re.Match[str], sentence: Sentence, facts: Facts) -> Iterator[tuple[str, str]]:
    """ "Your pitch is better than your timing" compares two scores."""
    named = list(topics(sentence.low))
    first = [topic for place, topic in named if place < match.start()]
    second = [topic for place, topic in named if place >= match.end() - 1]
    one = facts.get(f"{first[-1]}.score") if first else None
    other = facts.get(f"{second[0]}.score") if second else None
    if one is None or other is None:
        yield match[0], "no fact compares them"
    elif (one.value > other.value) != (match["how"] in {"better", "higher", "stronger"}):
        yield match[0], "the scores say otherwise"


def _is_idle(cue: Cue, sentence: Sentence) -> bool:
    return any(
        match.start() <= cue.start and cue.end <= match.end() for match in _IDLE.finditer(sentence.low)
    )


def _is_claim(cue: Cue, clause: Clause, sentence: Sentence) -> bool:
    begun, word = sentence.low[clause.start : cue.start], sentence.low[cue.start : cue.end]
    if clause.kind == "claim":
        hoped = _HOPED.search(begun) and not _DONE.search(begun) and _BASE.match(word)
        return not hoped
    if clause.kind in {"instruction", "supposed"}:
        return bool(re.search(r"\byour (?:\w+ )?$", begun)) and not word.startswith(("better", "worse"))
    return False


def _is_settled(cue: Cue, clause: Clause, said: list[Said]) -> bool:
    """Whether a number in the clause was taken from a fact that goes that way."""
    return any(
        each.fact is not None
        and clause.start <= each.quantity.start < clause.end
        and each.fact.direction == _WAYS[cue.name]
        for each in said
    )


def _against(cue: Cue, clause: Clause, sentence: Sentence, facts: Facts) -> str:
    """Why the facts don't say so; empty where they do."""
    span = clause.start, clause.end
    topic = topic_at(sentence.low, cue.start, cue.end, sentence.before, span)
    moves = [fact for fact in facts if fact.name.startswith(("trend.", "change."))]
    if not moves:
        return "no fact tells of a change"
    if has_own_place(sentence, span, facts):
        return "no fact tells of a change there"
    wanted = _WAYS[cue.name]
    about = [fact for fact in moves if topic is None or _is_of(fact, topic)]
    if topic is None and not any(fact.direction == wanted for fact in about if _is_of(fact, "overall")):
        # Without a metric it is said of everything, and one metric alone does not make that true.
        heads = {fact.direction for fact in about}
        return (
            "" if heads <= {wanted, "no difference"} and wanted in heads else "no fact says so of the whole"
        )
    denied = bool(_NOT.search(sentence.low[clause.start : cue.start])) and cue.name != "same"
    if denied:
        return f"the facts say {wanted}" if any(f.direction == wanted for f in about) or not about else ""
    return "" if any(fact.direction == wanted for fact in about) else f"no fact says {wanted} of it"


def _is_of(fact: Fact, topic: str) -> bool:
    return fact.name.rpartition(".")[2] == topic
