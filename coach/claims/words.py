"""The checker's word lists (`words.toml`)."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one list."""
    return tuple(_lists()[name].split())


@cache
def any_of(name: str) -> re.Pattern[str]:
    """A pattern of the phrases of one list, the longest first; "*" is any ending."""
    phrases = sorted((phrase.strip() for phrase in _lists()[name].split(",")), key=len, reverse=True)
    told = [
        r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in phrase.split()) for phrase in phrases
    ]
    return re.compile(rf"\b(?:{'|'.join(told)})(?!\w)")


@cache
def _lists() -> Mapping[str, str]:
    return tomllib.loads((files("coach.claims") / "words.toml").read_text(encoding="utf-8"))
