"""Numbers written as words, made digits: "twenty-five cents" -> "25 cents", "a dozen" -> "12"."""

import re

from coach.claims.words import words

_UNITS, _TEN_NAMES = words("units"), words("tens")
_TENS = {word: 10 * tens for tens, word in enumerate(_TEN_NAMES, start=2)}
_SMALL = {word: value for value, word in enumerate(_UNITS)}
_WORDS = "|".join(sorted([*_SMALL, *_TENS, "hundred", "thousand"], key=len, reverse=True))
_PART = rf"(?:{_WORDS})"
_PHRASE = re.compile(
    rf"(?<![\w-])(?:a\s+(?=hundred|thousand))?{_PART}(?:(?:[\s-]+|\s+and\s+){_PART})*(?![\w]|-\w+ed\b)",
    re.IGNORECASE,
)
_POINT = re.compile(r"(\d+)\s+point\s+(\d(?:\s\d)*)\b")
_DOZEN = re.compile(r"\b(?:half\s+a\s+dozen|a\s+dozen|(\d+)\s+dozen)\b", re.IGNORECASE)

# "one" is a pronoun more often than a number: it counts only where something is measured or shared out.
_ONE_COUNTS = re.compile(
    rf"\s*-?\s*(?:of\s+(?:the\s+|your\s+)?(?:\d|{_PART}\b)|in\s+(?:\d|{_PART}\b)|out\s+of|ms|millisecond"
    rf"|cents?\b|%|percent|points?\b"
    r"|db\b|bpm|sessions?\b|days?\b|weeks?\b|months?\b|minutes?\b|hours?\b|seconds?\b|wrong|stray|third|note "
    r"(?:is|was|came|rang|in)\b"
    r"|quarter|semitone|point)",
    re.IGNORECASE,
)


def with_digits(text: str) -> str:
    """The text with its number words as digits; "one" stays where it is a pronoun."""
    text = _PHRASE.sub(lambda match: _digits(match, text), text)
    text = _POINT.sub(lambda match: f"{match[1]}.{match[2].replace(' ', '')}", text)
    return _DOZEN.sub(lambda match: str(12 * int(match[1])) if match[1] else _dozen(match[0]), text)


def _digits(match: re.Match[str], text: str) -> str:
    said = [word for word in re.split(r"[\s-]+", match[0].lower()) if word not in {"a", "and"}]
    if said == ["one"] and not _ONE_COUNTS.match(text, match.end()):
        return match[0]
    return " and ".join(str(value) for value in _values(said))


def _values(said: list[str]) -> list[int]:
    """The numbers in a row of words; "five ten" are two."""
    values: list[int] = []
    current, last = None, 0
    for word in said:
        if word in {"hundred", "thousand"}:
            last = 100 if word == "hundred" else 1000
            current = (current or 1) * last
            continue
        value = _SMALL.get(word, _TENS.get(word, 0))
        if current is None:
            current = value
        elif value < 100 <= last or (value < 10 and last in _TENS.values()):
            current += value
        else:
            values.append(current)
            current = value
        last = value
    return values if current is None else [*values, current]


def _dozen(said: str) -> str:
    return "6" if said.lower().startswith("half") else "12"
