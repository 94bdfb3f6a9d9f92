"""What an answer rests on, for those who ask: each figure in words, with its certainty."""

from collections.abc import Sequence
from html import escape

from coach.fact import Fact


def evidence_html(facts: Sequence[Fact]) -> str:
    """A fold with the figures; nothing for an answer that claims nothing."""
    if not facts:
        return ""
    many = f"{len(facts)} figure{'' if len(facts) == 1 else 's'}"
    items = "".join(
        f"<li>{escape(_sentence(fact))} <span class='muted'>{_behind(fact)}</span></li>" for fact in facts
    )
    return f"<details class='based'><summary>Based on {many}</summary><ul>{items}</ul></details>"


def _sentence(fact: Fact) -> str:
    return f"{fact.words[:1].upper()}{fact.words[1:]}."


def _behind(fact: Fact) -> str:
    what = fact.counted if fact.n != 1 else fact.counted.removesuffix("s")
    return f"From {fact.n:,} {what}{_between(fact)}."


def _between(fact: Fact) -> str:
    """The interval as it is spoken of: scores and shares out of 100."""
    if fact.low is None or fact.high is None:
        return ""
    of_100 = fact.unit in {"score", "share"}
    low, high = (100.0 * each if of_100 else each for each in (fact.low, fact.high))
    digits = 0 if max(abs(low), abs(high)) >= 10.0 else 1
    unit = "" if of_100 else f" {fact.unit}"
    return f"; between {low:.{digits}f} and {high:.{digits}f}{unit} (95 % interval)"
