"""What the coach says where no figure is needed: greetings, help, explanations (`sayings.toml`)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


def say(topic: str, seed: int) -> str:
    """One of the variants of that topic; the same for the same seed."""
    variants = _data()["says"][topic]
    return str(variants[seed % len(variants)])


def explain(term: str) -> str:
    """What a word of this program means; `term` is a key of `[terms]` in `intents.toml`."""
    return str(_data()["explains"][term])


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files("coach") / "sayings.toml").read_text(encoding="utf-8"))
