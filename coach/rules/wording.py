"""Which sentence is said, and in which tense.

Sentences take turns as the seed counts up: two seeds that follow each other never give the same one, and
different lists do not turn in step, so that the same pair comes back only after weeks. The same seed gives
the same words on every machine.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from zlib import crc32

from coach.fact import Facts, Scope

_PAST: Mapping[str, str] = MappingProxyType(
    {
        "are": "were",
        "begin": "began",
        "come": "came",
        "comes": "came",
        "creep": "crept",
        "does": "did",
        "find": "found",
        "has": "had",
        "have": "had",
        "holds": "held",
        "is": "was",
        "keep": "kept",
        "know": "knew",
        "land": "landed",
        "lead": "led",
        "leads": "led",
        "lie": "lay",
        "lies": "lay",
        "ring": "rang",
        "run": "ran",
        "runs": "ran",
        "sags": "sagged",
        "scatter": "scattered",
        "sit": "sat",
        "sits": "sat",
        "slow": "slowed",
        "speed": "sped",
        "stand": "stood",
        "stands": "stood",
        "stay": "stayed",
        "trail": "trailed",
        "varies": "varied",
        "wanders": "wandered",
        "wobbles": "wobbled",
    }
)
"""A session is over and told in the past; habits and what goes on are told in the present."""

_PRESENT: Mapping[str, str] = MappingProxyType({verb: verb for verb in _PAST})


def turn(variants: Sequence[str], seed: int, slot: str) -> str:
    """The variant whose turn it is.

    Parameters
    ----------
    variants : three or more, so that the next one always differs
    seed : counts up from day to day, or from session to session; any integer
    slot : name of the list; lists of different names do not turn in step
    """
    own = crc32(slot.encode())
    return variants[(own + seed + seed // (2 + own % 13)) % len(variants)]


def verbs(scope: Scope) -> Mapping[str, str]:
    """Present form to the form of the scope's tense."""
    return _PAST if scope == "session" else _PRESENT


def say(variants: Sequence[str], facts: Facts, seed: int, slot: str, words: Mapping[str, str]) -> str:
    """The variant whose turn it is, with its words filled in."""
    # The figures of a history are of its newest sessions, not of all that it is about.
    within = "lately" if facts.scope == "history" else f"in {facts.about}"
    filled = {**verbs(facts.scope), "within": within, **words}
    filled |= {_capital(name): _capital(word) for name, word in filled.items()}
    return _capital(turn(variants, seed, slot).format(**filled))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
