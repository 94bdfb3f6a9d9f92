"""A text as the checker reads it: sentences, and in each its clauses with what kind of saying they are.

Kinds
-----
"claim"        : says how something is or was; everything measured in it must follow from the facts
"instruction"  : tells or proposes what to do; tempo, minutes and repeats are free, figures of playing are not
"supposed"     : after if, when, until, to: nothing is said to be so
"future"       : will happen; figures are claims, words are hopes

Whatever is not surely another kind is a claim.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from coach.claims.number_words import with_digits
from coach.claims.words import words

Kind = Literal["claim", "instruction", "supposed", "future"]

_SAME = str.maketrans(
    {
        "‘": "'", "’": "'", "“": '"', "”": '"', "−": "-", "–": "-", "—": ", ", "‐": "-", "‑": "-",
        "♯": "#", "♭": "b", "±": " ", "~": " about ", "≈": " about ", "…": ".",
        "*": "", "_": " ", "`": "", "\u200b": "", "­": "",
    }
)  # fmt: skip

_BULLET = re.compile(r"^\s*(?:[-+>]+\s+|#+\s+|\(?\d{1,2}[.)]\s+)")
_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[^\s])|\n+")
_NO_END = re.compile(r"^\(?\d{1,2}\.$|\b(?:e\.g|i\.e|vs|approx|etc|no|min|sec)\.$", re.IGNORECASE)

_JOINS = (
    "(?<!anything )but|while|whereas|although|though|because|since|so that|so|which|until|unless|then|with"
    "|if|when"
    "|whenever|once"
    "|as (?=you|your|the|this|that|it)"
)
_CUT = re.compile(
    rf"\s*(?:[;:]|\((?!(?=[^)]*\d)[^)]{{1,12}}\)))\s*|,\s+(?!\d)|\s+-+\s+|\s+(?:{_JOINS})\s+"
    rf"|\s+and\s+(?!\d)"
)
_JOINED = re.compile(rf"^(?:{_JOINS}|and)\s+")
_GIVES_REASON = re.compile(r"^(?:because|since|as|which|although|though|while|whereas)\s")
_SUPPOSED = re.compile(
    r"^(?:if|when|whenever|once|until|unless|so that|whether|in order to|to|before|as soon as)\b"
)

_LEAD = (
    "(?:(?:and|then|now|next|first|second|third|finally|also|so|or|please|instead|again|today|tomorrow"
    "|afterwards?"
    "|maybe|perhaps|just|simply|only|really|slowly|gently|gradually|either|rather|later|to start|to begin"
    "|for now"
    r"|once more|each time|from there|this time|next time|well|okay|ok|tip|exercise|plan|do)[\s,:]+)*"
)
_INSTRUCTS = re.compile(
    rf"^{_LEAD}(?:{'|'.join(words('verbs'))})(?![\w'-])(?!\s+(?:is|was|are|were|has|had)\b)"
)
_PROPOSES = re.compile(
    r"\b(?:you|we|it|that|this|which|i)\s*(?:could|should|can|may|might|must|ought|would|'d|(?:need|want"
    r"|have) to)\b"
    r"|\bi (?:\w+ )?(?:suggest|recommend|propose|advise)\b|\blet(?:'s| us| me)\b|^(?:how|what) about\b"
    r"|^(?:shall|should|could|can|would|do you want|ready)\b|\bworth \w+ing\b|\bit helps\b|\bthe (?:aim|goal"
    r"|idea)\b"
    r"|^(?:your|the|this|today's|a|my|an) (?:\w+ )?(?:exercise|plan|ladder|goal|target|drill|next step"
    r"|suggestion"
    r"|recommendation|homework|proposal)\b|\b(?:next|today's) (?:session|practice)\b|^here(?:'s| is)\b"
)
_GENERAL = re.compile(
    r"\b(?:comes? from|is mostly|helps?|trains?|a guitar|guitarists|players|a string|strings that)\b"
    r"|^\d+ \w+ (?:(?:a|each) day )?(?:is|are) (?:plenty|enough)\b"
)
_OF_PLAYER = re.compile(r"\byou|\bi\b|\bthis session\b|\bnotes (?:come|came|are|were)\b")
_PERCEIVED = re.compile(
    r"\b(?:hear|tell|see|notice|remember|know|say|mind|shows?|means?) (?:that )?(?:your|you|the \w+|it|they"
    r"|notes)\b"
    r".*\b(?:is|are|was|were|has|have|had|come|came|rush\w*|drag\w*|improved|scatter\w*)\b"
)
_NOT_KNOWN = re.compile(
    r"^i (?:can't|cannot|can not|don't|do not|couldn't) (?:tell|say|see|know|compare|judge|measure)\b"
)
_FUTURE = re.compile(r"\b(?:will|won't|going to)\b|'ll\b")
_SUBJECT = re.compile(
    r"^(?:who |that )?(?:you|your|it|its|that|this|they|their|these|those|there|i|we|both|all|every|each"
    r"|most|some"
    r"|many|none|no|half|\d+(?= .*\b(?:is|are|was|were|come|came|ring|rang|has|have)\b))\b"
)
_PAST = re.compile(
    r"\b(?:this|last|past|previous) (?:week|month|session|time|take|year)\b|\btoday\b(?=.*\byou)|\bso far\b"
    r"|\blately\b"
    r"|\brecently\b|\byesterday\b|\bago\b|\b(?:managed|began|started|able) to\b"
    r"|\byou(?:'ve| have(?! to)| had| were| did| played| practi[sc]ed| came| got)\b"
)
_OPENS = re.compile(r"^(?:with|at|on|in|for|after|from|over|during|without|by|using|as|across|through)\b")
_EDGES = " ,;:()-"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence.

    Attributes
    ----------
    start, end : place in the sentence
    text : lower case
    kind : see the module
    """

    start: int
    end: int
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, tidied.

    Attributes
    ----------
    text : number words as digits, plain signs; its case kept
    clauses : that it is made of
    before : everything said earlier, lower case
    raw : as it was written, for the one who is told
    """

    text: str
    clauses: tuple[Clause, ...]
    before: str
    raw: str

    @property
    def low(self) -> str:
        """The text in lower case, letter for letter."""
        return self.text.lower()

    def clause_at(self, place: int) -> Clause:
        """The clause that holds a place in the text."""
        return next((each for each in self.clauses if each.start <= place < each.end), self.clauses[-1])


def read(text: str, *, exercise: bool = False) -> list[Sentence]:
    """The sentences of a text.

    Parameters
    ----------
    text : what a coach says
    exercise : the text says what to play, so that what is not surely a claim is an instruction
    """
    found: list[Sentence] = []
    before = ""
    for raw in _sentences(text):
        plain = with_digits(tidy(raw))
        if not any(letter.isalnum() for letter in plain):
            continue
        found.append(Sentence(plain, tuple(_clauses(plain, exercise=exercise)), before, raw.strip()))
        before = f"{before} {plain.lower()}"
    return found


def tidy(text: str) -> str:
    """Plain signs and digits, no marks of emphasis or lists."""
    plain = unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME)
    digits = "".join(str(unicodedata.digit(each, -1)) if _foreign_digit(each) else each for each in plain)
    return " ".join(_BULLET.sub("", digits).split())


def _foreign_digit(letter: str) -> bool:
    return not letter.isascii() and unicodedata.digit(letter, -1) >= 0


def _sentences(text: str) -> list[str]:
    parts: list[str] = []
    for line in re.split(r"\n+", text):
        joined = ""
        for part in _END.split(line):
            joined = f"{joined} {part}".strip()
            if not _NO_END.search(joined):
                parts.append(joined)
                joined = ""
        parts.append(joined)
    return [part for part in parts if part]


def _clauses(sentence: str, *, exercise: bool) -> list[Clause]:
    """The clauses of a sentence; one without a verb of its own takes after its neighbour."""
    low = sentence.lower()
    edges = [0, *(match.start() for match in _CUT.finditer(low) if match.start() > 0), len(low)]
    spans = [span for span in pairwise(edges) if low[slice(*span)].strip(_EDGES)]
    kinds = [_kind(low[start:end].strip(_EDGES)) for start, end in spans]
    usual: Kind = "instruction" if exercise else "claim"
    last: Kind | None = None
    told: list[Clause] = []
    for i, (start, end) in enumerate(spans):
        said, kind = low[start:end], kinds[i]
        if kind is None and last is None and _OPENS.match(said.strip(_EDGES)):
            kind = next((each for each in kinds[i:] if each not in {None, "supposed"}), None)
        if kind == "claim" and exercise and "your " not in said and not _PAST.search(said):
            kind = "instruction"
        kind = kind or last or usual
        last = usual if kind == "supposed" else kind
        told.append(Clause(start, end, said, kind))
    return told or [Clause(0, len(low), low, usual)]


def _kind(clause: str) -> Kind | None:
    """The kind of a clause by its own words; None where they don't tell."""
    said = _JOINED.sub("", clause)
    kinds: tuple[tuple[Kind, bool], ...] = (
        ("supposed", bool(_NOT_KNOWN.match(said))),
        ("claim", bool(_PAST.search(said) or _PERCEIVED.search(said))),
        ("claim", bool(_GIVES_REASON.match(clause) and _SUBJECT.match(said))),
        ("instruction", bool(_INSTRUCTS.match(said))),
        ("supposed", bool(_SUPPOSED.match(clause))),
        ("supposed", bool(_GENERAL.search(said)) and not _OF_PLAYER.search(said)),
        ("instruction", bool(_PROPOSES.search(said))),
        ("future", bool(_FUTURE.search(said))),
        ("claim", bool(_SUBJECT.match(said))),
    )
    return next((kind for kind, is_so in kinds if is_so), None)
