"""The places on the neck and in the scale that a sentence names, and the facts that are about them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.claims.reading import Sentence, tidy
from coach.fact import Fact, Facts
from dsp.scales import parse_scale

_DEGREES = "first|second|third|fourth|fifth|sixth|seventh"
_LEAPS = "third|fourth|fifth|sixth|seventh|octave"
_NTH = {name: str(i) for i, name in enumerate(_DEGREES.split("|"), start=1)}

_DEGREE = re.compile(
    rf"\bdegrees? (?P<n>\d+)\b|\b(?P<nth>\d+)(?:st|nd|rd|th) degrees?\b|\b(?P<word>{_DEGREES}) degrees?\b"
)
_LEAP = re.compile(
    rf"\b(?:after|leaps?|jumps?|intervals?)(?: of)? (?:a |an )?(?P<size>{_LEAPS})s?(?: (?P<way>up|down)\w*)?"
    rf"|\b(?P<bare>{_LEAPS})s? (?P<to>up|down)\w*"
)
_STRING = re.compile(
    r"\bstrings? \d\b|\b\d(?:st|nd|rd|th) (?:string|fret|position)\b|\bfrets? \d+\b|\bpositions? \d+\b"
    rf"|\b(?:{_DEGREES}|low|high|top|bottom|thickest|thinnest) (?:[a-g] )?(?:string|fret|position)s?\b"
    rf"|\b[a-g] string\b"
)
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
        starts += [start for start, _ in scales_named(sentence)]
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
        size, way = match["size"] or match["bare"], match["way"] or match["to"] or ""
        yield _mention(match, facts, rf"^the note after.*\b{size}\b.*{way}$")


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
    named = [
        _SEMITONES[letter] + {"#": 1, "b": -1, "": 0}[sign] + 12 * (int(octave) + 1)
        for letter, sign, octave in _LABEL_NOTE.findall(fact.place)
    ]
    if not named:
        return False
    if semitone is not None:
        return min(named) <= semitone <= max(named)
    return any(each % 12 == pitch_class for each in named)


def _mention(match: re.Match[str], facts: Facts, pattern: str) -> Mention:
    named = frozenset(fact.name for fact in facts if re.search(pattern, tidy(fact.place).lower()))
    return Mention(*match.span(), match[0], named)


_SCALE = re.compile(
    r"(?<![\w#])(?P<tonic>[A-Ga-g](?:#|b)?(?: (?:sharp|flat))?)[ -](?P<kind>(?:natural |harmonic |melodic "
    r")?(?:major|minor)"
    r"(?: pentatonic| blues)?|(?:major |minor )?(?:pentatonic|blues)|dorian|phrygian|lydian|mixolydian"
    r"|aeolian|locrian"
    r"|ionian)\b(?P<after> \w+)?",
    re.IGNORECASE,
)
_NO_SCALE = frozenset(
    [
        "issue",
        "point",
        "detail",
        "problem",
        "step",
        "change",
        "difference",
        "improvement",
        "gain",
        "slip",
        "flaw",
        "weakness",
        "setback",
        "one",
        "thing",
        "part",
        "key",
        "drop",
        "dip",
        "role",
        "reason",
        "factor",
        "win",
        "boost",
        "achievement",
        "challenge",
        "wobble",
        "tweak",
        "adjustment",
        "focus",
        "area",
        "habit",
        "cause",
        "concern",
        "third",
        "sixth",
        "seventh",
        "second",
    ]
)


def scales_named(sentence: Sentence) -> Iterator[tuple[int, str]]:
    """The scales that a sentence names and where; "a minor issue" is none."""
    for match in _SCALE.finditer(sentence.text):
        follows = (match["after"] or "").strip().lower()
        article = match["tonic"] == "a" or (match["tonic"] == "A" and match.start() == 0)
        if follows in _NO_SCALE or (
            article and follows not in {"scale", "pentatonic", "blues", "is", "was", ""}
        ):
            continue
        yield match.start(), f"{match['tonic']} {match['kind']}"


def is_played(named: str, scales: tuple[str, ...]) -> bool:
    """Whether a scale as it was said is one of those, whatever its spelling."""
    wanted = parse_scale(named[0].upper() + named[1:])
    return any(parse_scale(each) == wanted for each in scales)
