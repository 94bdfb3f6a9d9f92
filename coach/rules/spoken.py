"""Figures as the rules speak of them: rounded to what an ear can tell, with what they are of."""

from coach.fact import Fact, Facts
from coach.facts.spoken import TITLES, number

_HUNDREDTHS = frozenset({"share", "score", "step"})
"""Units that run from 0 to 1 and are spoken of as out of 100."""

_OF = {
    "pitch.cents": "{} cents off",
    "pitch.bias_cents": "{} cents {direction}",
    "scale.adherence": "{} of 100 notes in the scale",
    "timing.spread_ms": "{} ms around the click",
    "timing.step_share": "{} % of a step",
    "timing.bias_ms": "{} ms {direction}",
    "timing.drift": "{} ms per minute",
    "noise.rest_db": "{} dB between notes and rests",
    "noise.ring_overs": "{} in 100 notes rang on",
    "noise.stray": "stray sounds, {} in 100 notes",
}
"""What a figure is of; the rest are scores."""


_FIGURES = {
    "pitch_accuracy": ("pitch.cents",),
    "scale_conformity": ("scale.adherence",),
    "timing_stability": ("timing.spread_ms", "timing.step_share"),
    "noise_control": ("noise.rest_db",),
}
"""The physical figure that is told beside a score, where it is known."""


def size(fact: Fact) -> str:
    """The size of a fact without sign and unit, out of 100 where the unit is a share."""
    return number(abs(_shown(fact, fact.value)))


def figure(fact: Fact) -> str:
    """A fact with its interval and what is behind it: "18 ms early, between 12 and 24, from 64 notes"."""
    between = ""
    if fact.low is not None and fact.high is not None and not fact.low < 0.0 < fact.high:
        low, high = sorted((abs(_shown(fact, fact.low)), abs(_shown(fact, fact.high))))
        between = "" if number(low) == number(high) else f", between {number(low)} and {number(high)}"
    told = _OF.get(fact.name, f"{score_name(fact)} {{}} of 100").format(size(fact), direction=fact.direction)
    return f"{told}{between}, from {fact.n} {fact.counted if fact.n != 1 else fact.counted.removesuffix('s')}"


def figure_of(score: Fact, facts: Facts) -> Fact:
    """The physical figure behind a score; the score itself where it is not known."""
    known = (facts.get(name) for name in _FIGURES[str(score.metric)])
    return next((fact for fact in known if fact is not None), score)


def score_name(score: Fact) -> str:
    """ "timing score", "latest timing score"."""
    newest = "latest " if score.name.startswith("latest.") else ""
    return f"{newest}{TITLES.get(str(score.metric), 'overall')} score"


def listed(names: list[str]) -> str:
    """ "A", "A and B", "A, B and C"; "" for none."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _shown(fact: Fact, value: float) -> float:
    return 100.0 * value if fact.unit in _HUNDREDTHS else value
