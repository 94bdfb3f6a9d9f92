"""What a practice needs of the thing that listens; `dsp.stream.Analyzer` is the real one."""

from collections.abc import Callable
from typing import Any, Protocol

from dsp.events import Block, Output
from dsp.stream import Analyzer as Engine
from workbench.practice.goal import Goal
from workbench.settings import load_settings


class Analyzer(Protocol):
    """Blocks in, readings and events out."""

    def push(self, block: Block) -> Output: ...

    def flush(self) -> Output: ...

    def engine(self) -> dict[str, Any]:
        """Name, version and settings."""


AnalyzerFactory = Callable[[float, Goal], Analyzer]
"""Makes an engine for a sample rate in Hz and a goal."""


def listening_engine(sample_rate: float, goal: Goal) -> Analyzer:
    """The engine of `dsp.stream`, set up for the goal and as patient as the settings say."""
    patience_s = load_settings().patience_ms / 1000.0
    return Engine(sample_rate, tuning=goal.tuning, a4_hz=goal.a4_hz, patience_s=patience_s)
