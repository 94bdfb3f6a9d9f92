"""A player's message, made fit to be read, kept and quoted."""

import unicodedata

MAX_LENGTH = 2000
"""Characters of a message that are read: more than anybody types, less than a pasted book."""

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Control and formatting characters: they steer terminals and hide words from whoever reads along."""


def cleaned(text: str) -> str:
    """The visible characters of a message, its lines kept, at most `MAX_LENGTH` of them."""
    lines = unicodedata.normalize("NFC", text[: 4 * MAX_LENGTH]).splitlines()
    visible = (" ".join("".join(map(_shown, line)).split()) for line in lines)
    return "\n".join(line for line in visible if line)[:MAX_LENGTH].strip()


def _shown(letter: str) -> str:
    if letter == "\t":
        return " "
    return "" if unicodedata.category(letter) in _INVISIBLE else letter
