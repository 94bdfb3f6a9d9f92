"""Is a sentence English? Only English sentences can be checked.

Method
------
Words that every English text is full of are counted against those of its neighbours; a letter of another
script settles it at once. A sentence of one or two words is left alone.
"""

import re
import unicodedata

from coach.claims.words import words

_LEAST_WORDS = 3

_CLEARLY = 2
"""So many times as many English words as others: short words mean something in many languages."""

_ENGLISH, _FOREIGN = frozenset(words("english")), frozenset(words("foreign"))

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def is_english(sentence: str) -> bool:
    """Whether a sentence reads as English, or is too short to tell."""
    if any(not _latin(letter) for letter in sentence if letter.isalpha()):
        return False
    said = {word.casefold() for word in _WORD.findall(sentence)}
    if len(said) < _LEAST_WORDS:
        return not any(_plain(word) in _FOREIGN and len(word) > _LEAST_WORDS for word in said)
    english = sum(word.partition("'")[0] in _ENGLISH for word in said)
    foreign = sum(_plain(word) in _FOREIGN or not word.isascii() for word in said)
    return _CLEARLY * foreign <= english and (english > 0 or len(said) == _LEAST_WORDS)


def _latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


def _plain(word: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", word) if part.isascii())
