"""The places on the neck and in the scale that a sentence names, and the facts that are about them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.claims.reading import Sentence, tidy
from coach.claims.scales import scales_named
from coach.fact import Fact, Facts

_DEGREES = "first|second|third|fourth|fifth|sixth|seventh"
_LEAPS = "third|fourth|fifth|sixth|seventh|octave"
_NTH = {name: str(i) for i, name in enumerate(_DEGREES.split("|"), start=1)}

_DEGREE = re.compile(
    rf"\bdegrees? (?P<n>\d+)\b|\b(?P<nth>\d+)(?:st|nd|rd|th) degrees?\b|\b(?P<word>{_DEGREES}) degrees?\b"
)
_LEAP = re.compile(
    rf"\b(?:after|leaps?|jumps?|intervals?)(?: of)? (?:a |an )?(?P<size>{_LEAPS})s?(?: (?P<way>up|down)\w*)?"
    rf"|\b(?P<bare>{_LEAPS})s? (?P<to>up|down)\w*|\b(?P<many>thirds|fourths|fifths|sixths|sevenths|octaves)\b"
    r"|\b(?P<which>upward|downward|ascending|descending|wide|big|large) (?:leaps?|jumps?|intervals?|runs?)\b"
)
_STRING = re.compile(
    r"\b(?:whole|half|quarter|eighth|sixteenth|triplet|8th|16th)[- ]notes?\b(?! of)|\btriplets\b|\beighths\b"
    r"|\bsixteenths\b"
    r"|\bstrings? \d\b|\b\d+(?:st|nd|rd|th) (?:string|fret|position)\b|\bfrets? \d+\b|\bpositions? \d+\b"
    rf"|\b(?:{_DEGREES}|low|high|top|bottom|thickest|thinnest) (?:[a-g] )?(?:string|fret|position)s?\b"
    rf"|\b[a-g] string\b"
)
_REGION = re.compile(
    r"\b(?P<how>high|higher|upper|top|treble|low|lower|bass) (?:notes|register|frets|positions)\b"
)
_HIGH, _LOW = 60, 55
"""C4 and G3: above the one notes are high on a guitar, below the other low."""
_NOTE = re.compile(r"(?<![\w#])(?P<letter>[A-G])(?P<sign>#|b| sharp\b| flat\b)?(?P<octave>-?\d)?(?![\w#'])")
_LABEL_NOTE = re.compile(r"(?<![\w#])([A-G])(#|b)?(-?\d)(?!\w)")
_SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_POINTS_BACK = re.compile(
    r"\b(?:there|here|that (?:note|place|spot|leap|degree|way)|those notes|these notes|they|them|it)\b"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that is named.

    Attributes
    ----------
    start, end : where in the sentence
    said : as it was said
    facts : names of the facts about it; empty = there is none
    """

    start: int
    end: int
    said: str
    facts: frozenset[str]


def mentions(sentence: Sentence, facts: Facts) -> list[Mention]:
    """Every place that a sentence names, in the order of the text."""
    low = sentence.low
    found = list(_labels(low, facts))
    for mention in (
        *_degrees(low, facts),
        *_leaps(low, facts),
        *_regions(low, facts),
        *_strings(low),
        *_notes(sentence.text, facts),
    ):
        if not any(mention.start < each.end and each.start < mention.end for each in found):
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def about(sentence: Sentence, clause: tuple[int, int], facts: Facts) -> frozenset[str]:
    """Names of the facts with a place that something in a clause may be about.

    The clause's own places, else those of the sentence before it, else what a pronoun points back to.
    """
    named = mentions(sentence, facts)
    inside = [each for each in named if clause[0] <= each.start < clause[1]]
    chosen = inside or [each for each in named if each.start < clause[1]]
    if not chosen and _POINTS_BACK.search(sentence.low) and sentence.before:
        low = sentence.before
        chosen = [*_labels(low, facts), *_degrees(low, facts), *_leaps(low, facts)]
    return frozenset(name for each in chosen for name in each.facts)


def has_own_place(sentence: Sentence, clause: tuple[int, int], facts: Facts) -> bool:
    """Whether a clause is about a place or one of several scales, and not the playing as a whole."""
    starts = [mention.start for mention in mentions(sentence, facts)]
    if len(facts.scales) > 1:
        starts += [start for start, _ in scales_named(sentence.text)]
    return any(clause[0] <= start < clause[1] for start in starts)


def _labels(low: str, facts: Facts) -> Iterator[Mention]:
    placed: dict[str, set[str]] = {}
    for fact in facts:
        if fact.place:
            label = tidy(fact.place).lower()
            for form in {label, re.sub(r" \(b?\d\)", "", label)}:
                placed.setdefault(form, set()).add(fact.name)
    for label in sorted(placed, key=len, reverse=True):
        for match in re.finditer(rf"(?<![\w#]){re.escape(label)}(?![\w#])", low):
            yield Mention(*match.span(), match[0], frozenset(placed[label]))


def _degrees(low: str, facts: Facts) -> Iterator[Mention]:
    for match in _DEGREE.finditer(low):
        number = match["n"] or match["nth"] or _NTH[match["word"]]
        yield _mention(match, facts, rf"^degree {number}\b")


def _leaps(low: str, facts: Facts) -> Iterator[Mention]:
    for match in _LEAP.finditer(low):
        size = match["size"] or match["bare"] or (match["many"] or "").removesuffix("s")
        way = (
            match["way"]
            or match["to"]
            or {"up": "up", "as": "up", "do": "down", "de": "down"}.get((match["which"] or "")[:2], "")
        )
        yield _mention(match, facts, rf"^the note after.*\b{size}\b.*{way}$")


def _regions(low: str, facts: Facts) -> Iterator[Mention]:
    """The high notes and the low ones: spots that lie wholly there."""
    for match in _REGION.finditer(low):
        high = match["how"] in {"high", "higher", "upper", "top", "treble"}
        named = [(fact.name, _semitones_of(fact)) for fact in facts if fact.place]
        fits = [
            name for name, notes in named if notes and (min(notes) >= _HIGH if high else max(notes) <= _LOW)
        ]
        yield Mention(*match.span(), match[0], frozenset(fits))


def _strings(low: str) -> Iterator[Mention]:
    for match in _STRING.finditer(low):
        yield Mention(*match.span(), match[0], frozenset())


def _notes(text: str, facts: Facts) -> Iterator[Mention]:
    for match in _NOTE.finditer(text):
        letter, sign, octave = match["letter"], (match["sign"] or "").strip(), match["octave"]
        if not sign and octave is None and not _is_note(text, match):
            continue
        step = {"#": 1, "sharp": 1, "b": -1, "flat": -1, "": 0}[sign]
        pitch = _SEMITONES[letter] + step
        semitone = None if octave is None else pitch + 12 * (int(octave) + 1)
        named = frozenset(fact.name for fact in facts if fact.place and _holds(fact, pitch % 12, semitone))
        yield Mention(*match.span(), match[0].strip(), named)


def _is_note(text: str, match: re.Match[str]) -> bool:
    """Whether a single capital is a note: "the note B", "your G", and not "A good start" or "Plan B"."""
    return bool(
        re.search(r"\b(?:note|notes|your|the|on|every|each|from|to|and|play) $", text[: match.start()])
    ) and (match["letter"] != "A" or bool(re.search(r"\bnotes? $", text[: match.start()])))


def _holds(fact: Fact, pitch_class: int, semitone: int | None) -> bool:
    """Whether a note lies at the place of a fact."""
    named = _semitones_of(fact)
    if not named:
        return False
    if semitone is not None:
        return min(named) <= semitone <= max(named)
    return any(each % 12 == pitch_class for each in named)


def _semitones_of(fact: Fact) -> list[int]:
    """The notes that the label of a place names."""
    return [
        _SEMITONES[letter] + {"#": 1, "b": -1, "": 0}[sign] + 12 * (int(octave) + 1)
        for letter, sign, octave in _LABEL_NOTE.findall(fact.place)
    ]


def _mention(match: re.Match[str], facts: Facts, pattern: str) -> Mention:
    named = frozenset(fact.name for fact in facts if re.search(pattern, tidy(fact.place).lower()))
    return Mention(*match.span(), match[0], named)
