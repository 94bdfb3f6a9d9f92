"""What a player asks, read by rules: an intent, and what it is about.

The patterns are data, `intents.toml`. They are tried in their order, from the particular to the general, and
the first that is found decides: "compare my timing with last month" is a comparison before it is about
timing. What no pattern knows is "unknown", and the coach says what can be asked.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from dsp.summary import MetricName

Kind = Literal[
    "confirm",
    "decline",
    "others",
    "rules",
    "change",
    "greeting",
    "thanks",
    "help",
    "compare",
    "explain",
    "plan",
    "why",
    "next",
    "improving",
    "amount",
    "scales",
    "spots",
    "strengths",
    "metric",
    "week",
    "session",
    "foreign",
    "unknown",
]
"""What is wanted. "others" = another player's data, "rules" = to see or change the coach's own rules,
"change" = to change what is stored,
"amount" = how much was practised, "why" = the figures behind the answer before, "metric" = about one
metric, "foreign" = not in English."""

Span = Literal["takes", "week", "month"]
"""What is compared: the last two sessions, the last seven days with those before, or four weeks."""

Period = Literal["week", "last week", "month", "lately"]
"""What is told of: this week or the one before from Monday, the last four weeks, or the newest sessions."""

MAX_MINUTES = 120.0
"""The longest plan that can be asked for; muscles give out before it."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What a message asks for.

    Attributes
    ----------
    kind : see `Kind`
    metric : the metric that is spoken of; None for none
    term : for "explain" the word to explain, a key of `[terms]`; else ""
    minutes : how long the player wants to practise; None when no time is named
    span : for "compare" what is compared
    period : for "week" which time is told of
    """

    kind: Kind
    metric: MetricName | None = None
    term: str = ""
    minutes: float | None = None
    span: Span = "month"
    period: Period = "lately"


_ABOUT_METRIC: frozenset[Kind] = frozenset({"session", "week", "spots", "strengths", "unknown"})
"""Kinds that become a question about a metric when one is named and no session is."""

_HOURS = {"a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "half an": 0.5, "half a": 0.5, "quarter of an": 0.25}

_NUMBERS = {
    "five": 5.0,
    "ten": 10.0,
    "fifteen": 15.0,
    "twenty": 20.0,
    "twenty five": 25.0,
    "thirty": 30.0,
    "forty": 40.0,
    "forty five": 45.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "ninety": 90.0,
}

_ENGLISH_SHARE = 0.25
"""Share of common English words below which a message of unknown intent is in another language."""


def recognise(text: str) -> Intent:
    """The intent of a message; pure, and the same for the same words."""
    said = _plain(text)
    kind = cast("Kind", _first("kinds", said) or "unknown")
    metric = cast("MetricName | None", _first("metrics", said))
    minutes = _minutes(said)
    if _in_another_script(text) or (kind == "unknown" and metric is None and _in_foreign_words(said)):
        return Intent("foreign")
    if kind == "explain":
        return _explained(said, metric)
    if minutes is not None and kind in {"next", "unknown"}:
        kind = "plan"
    if metric is not None and kind in _ABOUT_METRIC and not re.search(r"\bsessions?\b", said):
        kind = "metric"
    return Intent(kind, metric, minutes=minutes, span=_span(said), period=_period(said))


def _plain(text: str) -> str:
    """Lower case, words with single spaces between them; "?" when there is nothing else."""
    return " ".join(re.sub(r"\W+", " ", text.casefold()).split()) or text.strip()[:1]


def _first(table: str, said: str) -> str | None:
    """The first name of that table with a pattern that is found."""
    return next((name for name, pattern in _patterns()[table].items() if pattern.search(said)), None)


@cache
def _patterns() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    return {
        table: {name: _either(parts, whole_words=table != "kinds") for name, parts in _data()[table].items()}
        for table in ("kinds", "metrics", "terms")
    }


def _either(parts: list[str], *, whole_words: bool) -> re.Pattern[str]:
    either = "|".join(parts)
    return re.compile(rf"\b(?:{either})\b" if whole_words else either)


@cache
def _data() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files("coach") / "intents.toml").read_text(encoding="utf-8"))


def _explained(said: str, metric: MetricName | None) -> Intent:
    term = _first("terms", said) or metric
    return Intent("unknown") if term is None else Intent("explain", metric, term=term)


def _minutes(said: str) -> float | None:
    """The time that is named, within what a plan can have."""
    minutes = _amount(_NUMBERS, r"min(?:ute)?s?", said)
    hours = _amount(_HOURS, r"h(?:ours?)?", said)
    if minutes is None and hours is not None:
        minutes = 60.0 * hours
    return None if minutes is None else min(MAX_MINUTES, max(1.0, minutes))


def _amount(words: Mapping[str, float], unit: str, said: str) -> float | None:
    """The number before a unit, in digits or in words."""
    known = "|".join(sorted(words, key=len, reverse=True))
    found = re.search(rf"\b(?:(\d{{1,3}})|({known})) ?{unit}\b", said)
    if found is None:
        return None
    return float(found[1]) if found[1] else words[found[2]]


def _span(said: str) -> Span:
    if re.search(r"\bweeks?\b", said) and not re.search(r"\b(?:four|4) weeks\b", said):
        return "week"
    takes = r"\b(?:sessions?|takes?|yesterday|last time|previous|before|today)\b"
    return "takes" if re.search(takes, said) and not re.search(r"\bmonths?\b", said) else "month"


def _period(said: str) -> Period:
    if re.search(r"\b(?:last|previous|past) week\b", said):
        return "last week"
    if re.search(r"\bweek\b|\bdays\b", said):
        return "week"
    return "month" if re.search(r"\bmonths?\b|\bweeks\b", said) else "lately"


def _in_another_script(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(not letter.isascii() for letter in letters) > 0.3 * len(letters)


def _in_foreign_words(said: str) -> bool:
    """Whether hardly any of several words is a common English one."""
    words = [word for word in said.split() if not word.isdigit()]
    common = set(_data()["english"]["words"].split())
    return len(words) >= 3 and sum(word in common for word in words) < _ENGLISH_SHARE * len(words)
