"""Sentences of a text that arrives in pieces, so that each can be checked before it is shown.

A sentence ends at a full stop, a question mark or an exclamation mark that white space follows, or with its
line. The number of a list ("1. "), an initial and a few abbreviations end none.
"""

import re
from collections.abc import Iterator

LONGEST = 600
"""Characters without an end of a sentence after which what is there counts as one."""

_END = re.compile(r"""[.!?]+["')\]*_»”]*(?=\s)|\n""")
_NO_END = re.compile(r"(?:^|\s)(?:\d{1,2}|[A-Za-z]|e\.g|i\.e|vs|approx|min|sec|no)\.$", re.IGNORECASE)


class Sentences:
    """Takes text as it comes and gives every sentence that is whole, with the space that leads to it."""

    def __init__(self) -> None:
        self._waiting = ""

    def push(self, text: str) -> Iterator[str]:
        """The sentences that are whole now; joined with what `flush` gives they are the text, unchanged."""
        self._waiting += text
        while (end := self._end()) is not None:
            sentence, self._waiting = self._waiting[:end], self._waiting[end:]
            yield sentence

    def flush(self) -> Iterator[str]:
        """What is left at the end of the text."""
        left, self._waiting = self._waiting, ""
        if left:
            yield left

    def _end(self) -> int | None:
        for match in _END.finditer(self._waiting):
            begun = self._waiting[: match.end()]
            if begun.strip() and not _NO_END.search(begun):
                return match.end()
        return LONGEST if len(self._waiting) > LONGEST else None
