"""A drill: an exercise before it is fitted to a player."""

from dataclasses import dataclass
from typing import Literal

from dsp.summary import MetricName

Aim = Literal[
    "tuning",
    "intonation",
    "sharp",
    "flat",
    "wrong notes",
    "early",
    "late",
    "uneven",
    "speeding up",
    "slowing down",
    "no beat",
    "ringing",
    "stray",
    "tone",
    "stretch",
]
"""What a drill is good for; "stretch" is for a player with nothing to mend."""

Place = Literal["degree", "step", "leap", "again", "low", "high", "tempo"]
"""Where something goes wrong: a tone of the scale, the way to a note, a region of the neck, a tempo."""

Level = Literal[1, 2, 3]
"""1 finds the notes, 2 joins them, 3 shapes them."""


@dataclass(frozen=True, slots=True)
class Drill:
    """What to play, what it cures, where, for whom and how fast.

    Attributes
    ----------
    key : stable name, for stores and counts
    title : a few words
    how : what to do, one to three sentences; {scale} is the scale's name, {spot} what to look after
    metric : the metric that it works on first
    aims : see `Aim`, the first is what it is best for
    places : see `Place`; empty = anywhere
    levels : lowest and highest `Level` that it suits
    tempo : share of the player's own tempo; None = without a click
    notes_per_beat : how many notes fall on a beat; None = as the player plays
    minutes : as long as it stays useful in one go
    scale : its own scale where it needs one ("chromatic"), else ""
    """

    key: str
    title: str
    how: str
    metric: MetricName
    aims: tuple[Aim, ...]
    places: frozenset[Place] = frozenset()
    levels: tuple[Level, Level] = (1, 3)
    tempo: float | None = 0.8
    notes_per_beat: int | None = None
    minutes: float = 5.0
    scale: str = ""
