"""A figure that the coach may speak of, and the collection of all that it may.

Figures are fixed before anything is said: a sentence that claims what stands in no fact is refused
(`coach.checker`). A fact is only made where its metric had enough notes or sessions behind it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dsp.summary import MetricName

Scope = Literal["session", "history", "live"]
"""What facts are about: one session, the newest sessions, the last seconds of a practice that goes on."""

Unit = Literal[
    "cents",
    "ms",
    "share",
    "dB",
    "bpm",
    "step",
    "score",
    "per 100 notes",
    "ms per minute",
    "count",
    "minutes",
    "days",
]
"""Of a fact's value. "share" and "score" run from 0 to 1 and are spoken of as out of 100; "step" is the
share of a beat step."""

Direction = Literal[
    "", "early", "late", "sharp", "flat", "better", "worse", "no difference", "speeding up", "slowing down"
]
"""Which way a figure points, where it points one way surely; "" where it has no direction or none is sure."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with its unit and its certainty.

    Attributes
    ----------
    name : dotted and stable, such as "timing.bias_ms", "spot.1.rate", "trend.pitch_accuracy"
    value : in `unit`
    unit : see `Unit`
    n : notes, intervals or sessions behind it, whichever `counted` says
    words : the figure in plain words, one clause without a full stop: "your notes come 18 ms early"
    low, high : 95 % interval in `unit`; None where there is none
    direction : see `Direction`
    metric : the metric that it tells of; None for counts, minutes and streaks
    counted : what `n` counts
    place : for a weak spot its label ("degree 6 of minor scales"), for a note its name ("F4"); else ""
    scale : for a weak spot the scale in which it was played most, for a repertoire its scale; else ""
    """

    name: str
    value: float
    unit: Unit
    n: int
    words: str
    low: float | None = None
    high: float | None = None
    direction: Direction = ""
    metric: MetricName | None = None
    counted: Literal["notes", "intervals", "sessions", "days"] = "notes"
    place: str = ""
    scale: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that may be said about some playing.

    Attributes
    ----------
    scope : see `Scope`
    about : the playing in words: "this session", "your newest 40 sessions", "the last 30 seconds"
    facts : by name (`coach.facts.names`)
    scales : names of the scales that were played ("A minor pentatonic"), most played first
    missing : metric name to the reason why nothing can be said of it
    notes_per_beat : notes that the player plays to a beat of the click, for exercises; 1 without one
    """

    scope: Scope
    about: str
    facts: Mapping[str, Fact]
    scales: tuple[str, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    notes_per_beat: int = 1

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts.values())

    def __len__(self) -> int:
        return len(self.facts)

    def get(self, name: str) -> Fact | None:
        """The fact of that name; None when it could not be measured."""
        return self.facts.get(name)

    def of(self, metric: MetricName) -> list[Fact]:
        """All facts that tell of one metric."""
        return [fact for fact in self if fact.metric == metric]
