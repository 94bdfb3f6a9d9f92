"""An answer of a conversation before it is shown and kept."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from coach.advice import Advice, Focus
from coach.chat_events import Drawing
from coach.fact import Fact, Facts
from coach.plan import PracticePlan


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, and what belongs to it.

    Attributes
    ----------
    advice : the text with the names of its evidence
    facts : what the text may speak of; `advice.evidence` names some of it
    drawings : charts beside the text
    plan : a proposal, saved only when the player says so
    also : dates and times in the text that are no facts about the playing
    """

    advice: Advice
    facts: Facts = field(default_factory=lambda: Facts("history", "nothing yet", {}))
    drawings: tuple[Drawing, ...] = ()
    plan: PracticePlan | None = None
    also: tuple[str, ...] = ()


def told(facts: Iterable[Fact]) -> str:
    """The facts as sentences."""
    return " ".join(f"{fact.words[:1].upper()}{fact.words[1:]}." for fact in facts)


def advice_of(text: str, facts: Iterable[Fact] = (), focus: Focus = "none") -> Advice:
    """An advice that rests on these facts."""
    return Advice(text=text, focus=focus, evidence=tuple(fact.name for fact in facts))


def merged(first: Facts, *others: Facts, keep_both: bool = False) -> Facts:
    """All facts of several collections.

    Parameters
    ----------
    keep_both : of two different facts with one name the later collection's is kept too, under a name with a
        number; otherwise it is left out
    """
    every = (first, *others)
    facts: dict[str, Fact] = {}
    for fact in (fact for each in every for fact in each):
        if facts.setdefault(fact.name, fact) != fact and keep_both:
            facts[f"{fact.name}#{len(facts)}"] = fact
    scales = dict.fromkeys(scale for each in every for scale in each.scales)
    missing = {name: why for each in reversed(every) for name, why in each.missing.items()}
    return Facts(first.scope, first.about, facts, tuple(scales), missing, first.notes_per_beat)


def only(facts: Facts, names: Collection[str]) -> Facts:
    """Those of the facts that have one of these names, in their order."""
    kept = {name: fact for name, fact in facts.facts.items() if name in names}
    return replace(facts, facts=kept)
