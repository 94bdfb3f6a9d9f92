"""Finds the quantities of a sentence: "about 18 ms", "72 of 100", "12 to 15 cents", "half of your notes"."""

import re
from collections.abc import Callable
from dataclasses import replace

from coach.claims.quantity import Dimension, Quantity, grain_of, reach_of, unit_after

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+[.,]\d+|\d+|\.\d+)"
_SAID = rf"(?<![\w.,#])(?<!\w-)[+-]?{_NUMBER}(?![\d])"
_ARTICLES = r"(?: (?:your|the|every|all|those|these|my|about))*"
_OF_WHAT = (
    "(?:wrong|right|clean|late|early|sharp|flat|stray|notes?|sounds?|strays|mistakes?|errors?|slips?"
    "|come|came)"
)

_DATE = re.compile(
    r"\b\d{4}-\d\d?-\d\d?\b|\b\d\d?[./]\d\d?[./]\d{2,4}\b|\b\d\d?:\d\d\b|\bin (?:19|20)\d\d\b"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december) \d{1,2}\b"
)
_NTH = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = re.compile(
    rf"\b(?P<a>\d+)(?:st|nd|rd|th)s?\b|\b(?P<w>{'|'.join(_NTH)})\b(?= (?:session|practice|day|week|evening"
    rf"|take)\b)"
)
_OF = re.compile(
    rf"(?P<a>{_SAID})\s*(?:/|(?:{_OF_WHAT} )*(?:out of|of|in|per|for every){_ARTICLES} )\s*(?P<b>{_NUMBER})"
    r"(?!\s*(?:ms|cents?|bpm|minutes?|days?|weeks?|sessions?|%|bars?|seconds?)\b)"
)
_RANGE = re.compile(
    rf"(?P<a>{_SAID})\s*(?:%|ms|cents|bpm|db|points|minutes)?\s*(?P<j>-|to|and|up to)\s*"
    rf"(?P<b>{_NUMBER})(?!\d)"
)
_PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_SOME_PARTS = re.compile(r"\b(?P<a>\d+)[\s-]+(?P<f>third|quarter|fifth|tenth)s\b(?!\s*(?:notes|up|down))")
_OF_THEM = r"of (?:your|the|all|them|those|these)\b(?! (?:work|way|job|battle|problem))"
_PART = re.compile(
    rf"\b(?:a |1 )?(?P<f>half)\b(?=\s+(?:{_OF_THEM}|your\b|the (?:notes|time)\b|are\b|were\b|come\b|came\b"
    rf"|an? beat))"
    rf"|\b(?:a|1|the)\s+(?P<g>third|quarter|fifth|tenth)\b(?=\s+(?:{_OF_THEM}|of an? (?:beat|step)))"
)
_CLOCK = {"half an hour": 30.0, "an hour and a half": 90.0, "quarter of an hour": 15.0, "an hour": 60.0}
_ON_CLOCK = re.compile(rf"\b(?:{'|'.join(_CLOCK)})\b")
_TIMES = {
    "twice": 2.0,
    "double": 2.0,
    "doubled": 2.0,
    "triple": 3.0,
    "tripled": 3.0,
    "halved": 0.5,
    "half": 0.5,
}
_RATIO = re.compile(
    r"\b(?P<r>twice|doubled?|tripled?|halved|half)\b"
    r"(?=\s+(?:as|your|that|an? (?:day|week|month)|the (?!speed|tempo|click|time))|[.,]|$)"
    rf"|\b(?P<d>doubled|tripled|halved)\b|(?P<a>{_SAID})\s*(?:-?fold\b|times (?=as\b|more\b|better\b|worse\b"
    rf"|higher\b|less\b|faster\b|the\b))"
)
_UNCOUNTED = re.compile(
    r"\b(?:hundreds|dozens|thousands|tens) of\b|\b(?:half an?|an?|a (?:full|whole|good)|1) (?:second"
    r"|semitone|beat"
    r"|half[- ]step|step|tone|millisecond|cent|bar) (?:early|late|sharp|flat|ahead|behind|off|too|before"
    r"|after)\b"
    r"|\bby (?:half )?an? (?:second|semitone|beat|half[- ]step|bar)\b|\bby half\b"
)
_SINGLE = re.compile(rf"(?P<a>{_SAID})")
_LARGE_PART, _PART_GRAIN, _SMALL_PART_GRAIN = 0.4, 0.05, 0.04

_HOUR = 60.0


def quantities(low: str) -> list[Quantity]:
    """Every quantity of a sentence in the order of the text.

    Parameters
    ----------
    low : the sentence in lower case, its number words as digits
    """
    taken: list[Quantity] = []
    for pattern, make in _READERS:
        for match in pattern.finditer(low):
            if any(match.start() < each.end and each.start < match.end() for each in taken):
                continue
            made = make(match, low)
            if made is not None:
                taken.append(replace(made, reach=reach_of(low, made.start, made.end)))
    return sorted(taken, key=lambda each: each.start)


def _other(match: re.Match[str], _: str) -> Quantity:
    return Quantity(match.start(), match.end(), 0.0, 0.0, "other")


def _ordinal(match: re.Match[str], _: str) -> Quantity:
    place = float(match["a"]) if match["a"] else _NTH.index(match["w"]) + 2.0
    return Quantity(match.start(), match.end(), place, 0.0, "ordinal")


def _of(match: re.Match[str], low: str) -> Quantity | None:
    part, whole = _value(match["a"]), _value(match["b"])
    if whole <= 0.0 or part > whole:
        return None
    _, end, _ = unit_after(low, match.end())
    grain = min(grain_of(_plain(match["a"])) / whole, _PART_GRAIN)
    return Quantity(match.start(), end, part / whole, grain, "share", of=whole)


def _range(match: re.Match[str], low: str) -> Quantity | None:
    between = low[: match.start()].endswith("between ")
    if match["j"] == "and" and not between:
        return None
    dimension, end, words = unit_after(low, match.end())
    if dimension == "bare" and not between and match["j"] != "-":
        return None
    first, second = (_scaled(_value(match[name]), dimension, words) for name in ("a", "b"))
    if second < first:
        return None
    grain = _scaled(max(grain_of(_plain(match["a"])), grain_of(_plain(match["b"]))), dimension, words)
    percent = dimension == "share"
    return Quantity(match.start(), end, first, grain, _told(dimension, words), high=second, percent=percent)


def _part(match: re.Match[str], _: str) -> Quantity:
    groups = match.groupdict()
    part = _PARTS[groups.get("f") or groups["g"]] * float(groups.get("a") or 1)
    grain = _PART_GRAIN if part > _LARGE_PART else _SMALL_PART_GRAIN
    return Quantity(match.start(), match.end(), part, grain, "share")


def _clock(match: re.Match[str], _: str) -> Quantity:
    return Quantity(match.start(), match.end(), _CLOCK[match[0]], 2.5, "minutes")


def _ratio(match: re.Match[str], _: str) -> Quantity:
    word = match["r"] or match["d"]
    times = _TIMES[word] if word else _value(match["a"])
    return Quantity(match.start(), match.end(), times, 0.125 * times, "ratio")


def _single(match: re.Match[str], low: str) -> Quantity:
    dimension, end, words = unit_after(low, match.end())
    value, grain = _value(match["a"]), grain_of(_plain(match["a"]))
    return Quantity(
        match.start(),
        end,
        _scaled(abs(value) if match["a"].startswith("+") else value, dimension, words),
        _scaled(grain, dimension, words),
        _told(dimension, words),
        signed=match["a"].startswith("-"),
        percent=dimension == "share",
    )


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Quantity | None]], ...] = (
    (_DATE, _other),
    (_UNCOUNTED, _other),
    (_ORDINAL, _ordinal),
    (_OF, _of),
    (_RANGE, _range),
    (_SOME_PARTS, _part),
    (_PART, _part),
    (_ON_CLOCK, _clock),
    (_RATIO, _ratio),
    (_SINGLE, _single),
)


def _plain(digits: str) -> str:
    """One way to write a number: "1,200" -> "1200", "18,5" -> "18.5"."""
    if re.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return digits.replace(",", "")
    return digits.replace(",", ".")


def _value(digits: str) -> float:
    return float(_plain(digits))


def _scaled(value: float, dimension: Dimension, words: str) -> float:
    if dimension == "share":
        return value / 100.0
    return value * _HOUR if words.startswith("hour") else value


def _told(dimension: Dimension, words: str) -> Dimension:
    return "minutes" if words.startswith("hour") else dimension
