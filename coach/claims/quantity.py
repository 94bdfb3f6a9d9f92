"""A number as it was said, its unit, and what may stand before it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from coach.claims.words import words

Dimension = Literal[
    "ms",
    "cents",
    "dB",
    "bpm",
    "share",
    "points",
    "minutes",
    "seconds",
    "days",
    "weeks",
    "months",
    "sessions",
    "notes",
    "times",
    "sounds",
    "ordinal",
    "ratio",
    "practice",
    "rhetoric",
    "other",
    "bare",
]
"""What is counted or measured. "share" covers per cent, "of 100" and fractions; "ratio" is "twice as";
"practice" what exercises are made of (bars, beats, repeats); "rhetoric" what a speech counts (three tips)."""

Reach = Literal["", "about", "nearly", "over", "under"]

_UNITS: Mapping[Dimension, str] = MappingProxyType(
    {
        "ms": r"ms\b|msecs?\b|milli-?seconds?\b",
        "cents": r"cents?\b|ct\b",
        "dB": r"db\b|decibels?\b",
        "bpm": r"bpm\b|beats? (?:per|a) minute\b",
        "share": r"%|per ?cent(?:age)?\b|pct\b",
        "points": r"points?\b|pts?\b",
        "minutes": r"minutes?\b|mins?\b",
        "seconds": r"seconds?\b|secs?\b|s\b",
        "days": r"days?\b",
        "weeks": r"weeks?\b",
        "months": r"months?\b|years?\b|hours?\b",
        "sessions": r"sessions?\b|recordings?\b|practices\b|evenings?\b|takes?\b",
        "sounds": r"(?:stray |unwanted )?(?:sounds?|events?|noises?|knocks?)\b",
        "practice": (
            r"notes? (?:per|a|to the|to a|on each|on every) (?:beat|click)\b|(?:bars?|measures?|beats?"
            r"|octaves?|clicks?"
            r"|repeats?|repetitions?|reps?|rounds?|sets?|passes|cycles?|runs?|loops?|steps?|positions?"
            r"|strings?|laps?"
            r"|tries|fingers?|times in a row)\b"
        ),
        "notes": (
            r"(?:of (?:them|(?:your|the|all) notes)|notes?|tones?|mistakes?|errors?|slips?|misses|hits?)\b"
        ),
        "times": r"times?\b|x\b",
        "rhetoric": (
            r"(?:things?|tips?|areas?|reasons?|ways?|ideas?|exercises?|parts?|metrics?|questions?|sentences?"
            r"|options?"
            r"|habits?|goals?|sides?|hands?|words?|plans?|drills?)\b"
        ),
        "other": r"(?:hz|hertz|semitones?|half[- ]steps?|frets?|degrees?|scales?|spots?|places?|stars?)\b",
    }
)
_DIMENSIONS: tuple[Dimension, ...] = tuple(_UNITS)

_NAMED = "|".join(f"(?P<u{i}>{_UNITS[dimension]})" for i, dimension in enumerate(_DIMENSIONS))
_UNIT = re.compile(rf"[\s-]*(?:(?:{'|'.join(words('adjectives'))})\s+)*(?:{_NAMED})")
_REACHES: Mapping[Reach, str] = MappingProxyType(
    {
        "about": "about|around|roughly|approximately|some|circa|something like",
        "nearly": "nearly|almost|close to|just under|not quite|just below",
        "under": "under|less than|fewer than|below|up to|at most|within|no more than|not more than|inside",
        "over": "over|(?<!no )(?<!not )more than|above|at least|beyond|upwards of|exceeding",
    }
)
_BEFORE = {reach: re.compile(rf"\b(?:{words})\s+(?:the |a |an )?[+-]?$") for reach, words in _REACHES.items()}
_AFTER: Mapping[Reach, re.Pattern[str]] = MappingProxyType(
    {
        "over": re.compile(r"\s*(?:sharp |flat |early |late )?or (?:more|later|higher)\b"),
        "under": re.compile(r"\s*(?:or (?:less|fewer|better)|at most)\b"),
        "about": re.compile(r"\s*or so\b"),
    }
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was said.

    Attributes
    ----------
    start, end : place in the sentence, unit included
    value : shares as 0..1, else in the unit
    grain : half of the last digit that was said, in the unit of `value`
    dimension : see `Dimension`
    reach : whether it was said to be about, nearly, over or under that
    high : upper end of a range; None = one number
    of : the whole of "9 of 120"; None = none was named
    signed : a minus was said
    percent : a share in per cent, which no score but a share of notes is sure to be
    """

    start: int
    end: int
    value: float
    grain: float
    dimension: Dimension
    reach: Reach = ""
    high: float | None = None
    of: float | None = None
    signed: bool = False
    percent: bool = False

    def is_of(self, figure: float) -> bool:
        """Whether the number that was said is that figure, as finely as it was said.

        Parameters
        ----------
        figure : in the unit of `value`; its sign counts only where one was said
        """
        said = self.value
        true = figure if self.signed else abs(figure)
        close = self.grain + 1e-9
        if self.high is not None:
            inside = said - close <= true <= self.high + close
            return inside and self.high - said <= max(4.0 * self.grain, 0.25 * abs(true)) + 1e-9
        if self.reach == "over":
            return said - 1e-9 <= true <= 1.5 * said + close
        if self.reach == "under":
            return true <= said + close and (true >= 0.5 * said - close or said <= 2.0)
        if self.reach == "nearly":
            return 0.85 * said - close <= true <= said + close
        if self.reach == "about":
            return abs(true - said) <= max(close, 0.1 * abs(said))
        return abs(true - said) <= close

    def spans(self, low: float | None, high: float | None) -> bool:
        """Whether it is the range from `low` to `high`, each rounded as it was said."""
        if self.high is None or low is None or high is None:
            return False
        ends = sorted((low, high)) if self.signed or low >= 0.0 else sorted((abs(low), abs(high)))
        close = self.grain + 1e-9
        return abs(ends[0] - self.value) <= close and abs(ends[1] - self.high) <= close


def unit_after(low: str, place: int) -> tuple[Dimension, int, str]:
    """The unit that follows a number.

    Returns
    -------
    its dimension, where it ends, and its words; "bare" with the place itself where none follows
    """
    match = _UNIT.match(low, place)
    if match is None or match.lastgroup is None:
        return "bare", place, ""
    return _DIMENSIONS[int(match.lastgroup[1:])], match.end(), match[match.lastgroup]


def reach_of(low: str, start: int, end: int) -> Reach:
    """Whether the number at that place is said to be about, nearly, over or under what it says."""
    for reach, pattern in _AFTER.items():
        if pattern.match(low, end):
            return reach
    begun = low[:start]
    for reach in ("over", "nearly", "under", "about"):
        if _BEFORE[reach].search(begun):
            is_just_over = reach == "over" and not re.search(
                r"\bnot? more than\s+$|\bno more than\s+$", begun
            )
            if reach != "over" or is_just_over:
                return reach
    return ""


def grain_of(digits: str) -> float:
    """Half of the last digit of a number: "18.5" -> 0.05."""
    _, point, decimals = digits.partition(".")
    return 0.5 * 10.0 ** -(len(decimals) if point else 0)
