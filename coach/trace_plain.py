"""Values of LangChain as plain JSON, short enough to read in a trace."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_jsonable_python

LONGEST = 20_000
"""Characters of one text that are kept."""


def plain(value: Any) -> Any:
    """A value as JSON types; messages become {"role", "content"}, and what JSON lacks becomes its text."""
    return _short(to_jsonable_python(value, fallback=str))


def _short(value: Any) -> Any:
    if isinstance(value, str):
        return value[:LONGEST]
    if isinstance(value, list):
        return [_short(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    if value.get("lc") == 1:  # LangChain's own way to write an object
        value = value.get("kwargs", {})
    if "content" in value and "type" in value:
        kept = {"role": value["type"], "content": value["content"]}
        value = kept | {"tool_calls": value["tool_calls"]} if value.get("tool_calls") else kept
    return {str(key): _short(item) for key, item in value.items()}
