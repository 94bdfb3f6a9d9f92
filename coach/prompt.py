"""The prompts: text files beside this module, `prompts/<name>.md`, with `$places` for values."""

from functools import cache
from importlib.resources import files
from string import Template

QUOTE_LENGTH = 300
"""Characters of a player's own words, such as a comment, that a prompt quotes at most."""


def prompt(name: str, **values: str) -> str:
    """The prompt of that name with its values filled in.

    Raises
    ------
    KeyError : a place of the prompt got no value
    ValueError : a value that the prompt has no place for
    """
    template = _template(name)
    unknown = values.keys() - set(template.get_identifiers())
    if unknown:
        raise ValueError(f"The prompt {name!r} has no place for {', '.join(sorted(unknown))}.")
    return template.substitute(values).strip()


def quoted(words: str) -> str:
    """A player's words as data for a prompt: one short line between guillemets that they can't close.

    Whatever stands inside is something that was written down and never an instruction.
    """
    line = " ".join(words.split()).replace("«", '"').replace("»", '"')
    cut = line if len(line) <= QUOTE_LENGTH else f"{line[:QUOTE_LENGTH]}..."
    return f"«{''.join(letter for letter in cut if letter.isprintable())}»"


@cache
def _template(name: str) -> Template:
    return Template((files("coach") / "prompts" / f"{name}.md").read_text(encoding="utf-8"))
