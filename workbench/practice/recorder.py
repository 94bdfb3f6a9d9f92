"""The one loop from sound to events: the same for a take, a sound card, a browser, and for tests.

Conventions
-----------
Time is the sample index of the stream over its rate. While paused, sound is metered and thrown away and time
runs on, so the engine sees a hole and judges nothing across it. The loop ends with the source, by `stop`, or
after a given time; then the engine gives what it still holds.
"""

import logging
import threading
import time
from dataclasses import dataclass
from typing import Literal, Protocol

from dsp.events import Block, Output
from workbench.audio.source import Source, SourceError
from workbench.practice.engine import Analyzer

log = logging.getLogger(__name__)

_LOAD_MEMORY = 0.98
"""Per block, of the running load: about half a second of ten-millisecond blocks."""


class Sink(Protocol):
    """Who takes what the loop finds; called in the loop's thread."""

    def heard(self, block: Block, output: Output, *, paused: bool) -> None: ...

    def flushed(self, output: Output) -> None: ...


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a practice ended: "stopped" by the player, "finished" by the source or the time limit, "lost"
    because the source died, "failed" because of a fault of ours. `message` is for the player."""

    kind: Literal["stopped", "finished", "lost", "failed"]
    message: str


class Recorder:
    """The loop and its controls; `run` is called once, the controls from any thread.

    Parameters
    ----------
    source : opened
    analyzer : the engine at the source's rate
    sink : takes blocks and events
    seconds : the loop ends after so much of the stream; None = with the source
    """

    def __init__(
        self, source: Source, analyzer: Analyzer, sink: Sink, *, seconds: float | None = None
    ) -> None:
        self._source = source
        self._analyzer = analyzer
        self._sink = sink
        self._limit = None if seconds is None else round(seconds * source.sample_rate)
        self._paused = threading.Event()
        self._stop_message: str | None = None
        self.position = 0
        self.load = 0.0
        self.pauses: list[tuple[int, int]] = []

    @property
    def paused(self) -> bool:
        """Whether sound is thrown away just now."""
        return self._paused.is_set()

    def pause(self) -> None:
        """Throw sound away until `resume`."""
        self._paused.set()

    def resume(self) -> None:
        """Listen again."""
        self._paused.clear()

    def stop(self, message: str) -> None:
        """End the loop at once; `message` says why."""
        if self._stop_message is None:
            self._stop_message = message
        self._source.close()

    def run(self) -> Ending:
        """Listen until the end, then flush the engine. Never raises: a fault of ours ends the practice too,
        and what was heard until then is kept."""
        try:
            ending = self._listen()
        except SourceError as lost:
            ending = Ending("lost", str(lost))
        except Exception:
            log.exception("the practice loop failed at sample %d", self.position)
            ending = Ending("failed", "Listening failed because of a fault in FretCoach; the log says more.")
        finally:
            self._source.close()
        try:
            self._sink.flushed(self._analyzer.flush())
        except Exception:
            log.exception("the engine could not be flushed")
            ending = Ending("failed", "Listening failed because of a fault in FretCoach; the log says more.")
        return ending

    def _listen(self) -> Ending:
        for block in self._source.blocks():
            if self._stop_message is not None:
                break
            if self._limit is not None and block.start + len(block.samples) >= self._limit:
                self._take(Block(block.samples[: max(0, self._limit - block.start)], block.start))
                return Ending("finished", "The time is up.")
            self._take(block)
        if self._stop_message is not None:
            return Ending("stopped", self._stop_message)
        return Ending("finished", "The take is over.")

    def _take(self, block: Block) -> None:
        paused = self._paused.is_set()
        began = time.perf_counter()
        output = Output() if paused else self._analyzer.push(block)
        spent = time.perf_counter() - began
        end = block.start + len(block.samples)
        if paused:
            self._note_pause(block.start, end)
        elif len(block.samples):
            share = spent * self._source.sample_rate / len(block.samples)
            self.load = _LOAD_MEMORY * self.load + (1.0 - _LOAD_MEMORY) * share
        self.position = end
        self._sink.heard(block, output, paused=paused)

    def _note_pause(self, start: int, end: int) -> None:
        if self.pauses and self.pauses[-1][1] == start:
            start = self.pauses.pop()[0]
        self.pauses.append((start, end))
