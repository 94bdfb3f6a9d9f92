"""The checker's word lists (`words.toml`)."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one list."""
    lists = tomllib.loads((files("coach.claims") / "words.toml").read_text(encoding="utf-8"))
    return tuple(str(lists[name]).split())
