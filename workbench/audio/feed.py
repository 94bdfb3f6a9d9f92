"""The bounded queue between whatever pushes sound (a PortAudio callback, a browser's messages) and the
practice that takes it.

The pushing side never waits: a full queue counts the block as dropped, and the block's index tells the taker
that there is a hole. The taking side waits, but not for ever: a source that falls silent on the wire (not in
the music: even silence arrives as blocks) is taken as lost.
"""

import threading
from collections import deque
from collections.abc import Iterator

import numpy as np

from dsp.events import Block
from workbench.audio.source import SourceLost

CAPACITY = 512
"""Blocks. At 512 samples and 48 kHz five seconds: longer than any hiccup worth surviving."""


class BlockFeed:
    """One producer, one consumer, nothing unbounded.

    Parameters
    ----------
    silence_s : seconds without a block after which the source counts as lost
    silence_message : sentence for the player in that case
    capacity : blocks that may wait
    """

    def __init__(self, *, silence_s: float, silence_message: str, capacity: int = CAPACITY) -> None:
        self.dropped = 0
        self._silence_s = silence_s
        self._silence_message = silence_message
        self._capacity = capacity
        self._waiting: deque[Block] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._lost: str | None = None

    def put(self, block: Block) -> None:
        """Hand over one block; counts it as dropped when the queue is full. Never waits for the consumer."""
        with self._changed:
            if len(self._waiting) >= self._capacity:
                self.dropped += 1
            else:
                self._waiting.append(block)
                self._changed.notify()

    def lose(self, message: str) -> None:
        """The source died: what is queued is still heard, then `blocks` raises `SourceLost(message)`."""
        with self._changed:
            self._lost = self._lost or message
            self._changed.notify()

    def close(self) -> None:
        """End `blocks` at once."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def blocks(self) -> Iterator[Block]:
        """Every block in order. One with a sample that is no number is dropped: a hole, not an error."""
        while (block := self._take()) is not None:
            if np.isfinite(block.samples).all():
                yield block
            else:
                self.dropped += 1

    def _take(self) -> Block | None:
        with self._changed:
            came = self._changed.wait_for(
                lambda: self._waiting or self._closed or self._lost, timeout=self._silence_s
            )
            if self._closed:
                return None
            if self._waiting:
                return self._waiting.popleft()
            raise SourceLost(self._lost if came and self._lost else self._silence_message)
