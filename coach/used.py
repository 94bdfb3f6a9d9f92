"""Which facts a free text rests on, so that its evidence can be shown and kept."""

import re
from collections import Counter

from coach.advice import Advice, Focus
from coach.fact import Fact, Facts
from coach.facts.spoken import hundredths, number
from coach.plan import PracticePlan

MOST_EVIDENCE = 12
"""Facts that are kept with one answer."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def advice_from(text: str, facts: Facts, plan: PracticePlan | None) -> Advice:
    """A checked text as an advice: with the facts that it speaks of, and what it aims at."""
    used = used_in(text, facts)
    metrics = Counter(fact.metric for fact in used if fact.metric is not None)
    focus: Focus = metrics.most_common(1)[0][0] if metrics else "none"
    names = {id(fact): name for name, fact in facts.facts.items()}
    return Advice(
        text=text,
        focus=focus if plan is None else plan.focus_area,
        evidence=tuple(names[id(fact)] for fact in used),
    )


def used_in(text: str, facts: Facts) -> list[Fact]:
    """The facts whose figure or place is named in a text, in their order; at most `MOST_EVIDENCE`."""
    numbers = set(_NUMBER.findall(text))
    return [fact for fact in facts if _figures(fact) & numbers or (fact.place and fact.place in text)][
        :MOST_EVIDENCE
    ]


def _figures(fact: Fact) -> set[str]:
    """The ways in which a figure is written."""
    if fact.unit in {"score", "share", "step"}:
        return {hundredths(abs(fact.value)), number(100.0 * abs(fact.value))}
    return {number(abs(fact.value)), f"{abs(fact.value):.1f}", f"{abs(fact.value):.0f}"}
