"""Facts and corrections as a model reads them."""

from collections.abc import Iterable

from coach.checker import Refusal
from coach.fact import Facts


def listed(facts: Facts) -> str:
    """What may be said of some playing: a line for each fact, first the name by which it is evidence."""
    known = [
        f"{fact.name}: {_line(fact.words)} ({fact.n} {fact.counted}{_direction(fact.direction)})"
        for fact in facts
    ]
    unknown = [f"{metric}: unknown, {_line(reason)}" for metric, reason in facts.missing.items()]
    scales = [f"Scales: {', '.join(map(_line, facts.scales))}."] if facts.scales else []
    return "\n".join([f"Facts of {facts.about}:", *known, *unknown, *scales])


def corrections(refusals: Iterable[Refusal]) -> list[tuple[str, str]]:
    """What was wrong with an answer, as the message that asks for another one; none when nothing was."""
    wrong = [f"- {_line(refusal.claim)}: {_line(refusal.reason)}" for refusal in refusals]
    if not wrong:
        return []
    told = ["Your last answer was thrown away for what follows. Answer again, without it.", *wrong]
    return [("human", "\n".join(told))]


def _direction(direction: str) -> str:
    return f", {direction}" if direction else ""


def _line(words: str) -> str:
    return " ".join(words.split())
