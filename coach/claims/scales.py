"""The scales that a sentence names, and whether they were played."""

import re
from collections.abc import Collection, Iterator

from coach.claims.reading import Sentence
from coach.claims.words import words
from coach.fact import Facts
from dsp.errors import ScaleError
from dsp.scales import Scale, parse_scale

_SCALE = re.compile(
    r"(?<![\w#])(?P<tonic>[A-Ga-g](?:#|b)?(?: (?:sharp|flat))?)[ -]"
    r"(?P<kind>(?:(?:natural|harmonic|melodic) )?(?:major|minor)(?: pentatonic| blues)?"
    r"|(?:major |minor )?(?:pentatonic|blues)|dorian|phrygian|lydian|mixolydian|aeolian|locrian|ionian)\b"
    r"(?P<after> \w+)?",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\b(?P<kind>major|minor|pentatonic|blues|dorian|phrygian|lydian|mixolydian|locrian|chromatic)"
    r"(?: \w+)? scales\b"
)
_AFTER_ARTICLE = frozenset({"scale", "pentatonic", "blues", "is", "was", ""})
"""What may follow where "a minor" is a scale although the "a" could be an article."""


def scales_named(text: str) -> Iterator[tuple[int, str]]:
    """The scales that a text names and where; "a minor issue" is none."""
    for match in _SCALE.finditer(text):
        follows = (match["after"] or "").strip().lower()
        may_be_article = match["tonic"] == "a" or (match["tonic"] == "A" and match.start() == 0)
        is_none = follows in words("no_scale") or (may_be_article and follows not in _AFTER_ARTICLE)
        if not is_none:
            yield match.start(), f"{match['tonic']} {match['kind']}"


def scale_claims(sentence: Sentence, facts: Facts, also: Collection[str]) -> Iterator[tuple[str, str]]:
    """The scales, and kinds of scales, that no fact is about: the words and the reason."""
    allowed = [name for each in also for _, name in scales_named(each)]
    known = [_scale(name) for name in (*facts.scales, *allowed, *(fact.scale for fact in facts))]
    for start, name in scales_named(sentence.text):
        scale = _scale(name)
        if scale is None:
            yield name, "there is no such scale"
        elif sentence.clause_at(start).kind == "claim" and scale not in known:
            yield name, "no fact is about that scale"
    kinds = " ".join((*facts.scales, *(fact.place for fact in facts))).lower()
    for match in _KIND.finditer(sentence.low):
        if sentence.clause_at(match.start()).kind == "claim" and match["kind"] not in kinds:
            yield match[0], "no fact is about such scales"


def _scale(name: str) -> Scale | None:
    try:
        return parse_scale(name[:1].upper() + name[1:])
    except ScaleError:
        return None
