"""What stands out in some facts: what it is, how grave, which facts show it, what to aim at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from coach.drills.drill import Aim, Place
from coach.fact import Fact
from dsp.summary import MetricName

What = Literal[
    "tuning",
    "intonation",
    "pitch",
    "wrong notes",
    "few wrong notes",
    "scale",
    "early",
    "late",
    "uneven",
    "timing",
    "uneven without a click",
    "speeding up",
    "slowing down",
    "ringing",
    "stray",
    "background",
    "noise",
    "spot wrong",
    "spot sharp",
    "spot flat",
    "spot early",
    "spot late",
]
"""The key of the sentences in `phrases`; "few wrong notes" are those that no fact names. "pitch", "scale",
"timing" and "noise" stand for a score behind which no figure is known."""

EXCELLENT = 0.90
"""From here nothing is worked on: the band "excellent"."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to work on.

    Attributes
    ----------
    what : see `What`
    metric : the metric that suffers
    severity : 0..1 on the scale of the scores, lower is graver
    evidence : the facts that show it, the most telling first
    aim : what a drill for it aims at
    place : where it happens, for the choice of a drill; None = anywhere
    spot : the place in words, "" = anywhere
    words : figures and names for the sentences
    """

    what: What
    metric: MetricName
    severity: float
    evidence: tuple[Fact, ...]
    aim: Aim
    place: Place | None = None
    spot: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
