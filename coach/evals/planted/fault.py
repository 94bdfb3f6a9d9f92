"""What a planted fault is.

Each takes the notes of `workbench.demo.playing.play` and gives them back with one thing done wrong, as an
engine would have heard it. Nothing is made to sound: the faults lie in pitches, onsets, floors and strays.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from dsp.events import Note
from dsp.summary import MetricName
from workbench.practice.goal import Goal


class Planted(Protocol):
    """One fault."""

    @property
    def metric(self) -> MetricName:
        """The metric that a coach should aim at."""
        ...

    @property
    def named(self) -> str:
        """What an advice that names this very fault says of it: a pattern; case does not matter."""
        ...

    def spoil(self, notes: Sequence[Note], goal: Goal, rng: np.random.Generator) -> list[Note]:
        """The same events with the fault in them, in order of time."""
        ...
