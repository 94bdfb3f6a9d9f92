"""The microphone of the player's browser: the page's AudioWorklet sends blocks, a practice takes them.

Conventions
-----------
The page sends `seq` (messages since it began, from 0), `frame` (samples since it began, of the first sample
in the message) and `pcm` (little-endian float32, mono). `frame` alone says where the sound belongs: what got
lost on the way shows as a jump. The first message heard is at 0, wherever the page was. A page that returns
(reload, dropped socket) counts anew after `restart`; the time away is a hole in the stream.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np

from dsp.events import Block
from workbench.audio.feed import BlockFeed
from workbench.audio.source import SourceError, SourceKind, check_rate

MAX_SAMPLES = 16_384
"""Samples in one message: a third of a second; more is no AudioWorklet of ours."""

MAX_AHEAD_S = 5.0
"""How far a page's count may run ahead of our clock: a stalled network, but no nonsense."""

SILENCE_S = 30.0
"""Seconds without a message before the browser counts as gone: as long as a page may take to come back."""


class BrowserSource:
    """A source that a web page feeds.

    Parameters
    ----------
    sample_rate : Hz, of the page's AudioContext
    name : for the player
    clock : seconds, monotonic; measures how long a page was away
    silence_s : seconds without a message before the browser counts as gone

    Raises
    ------
    SourceError : a sample rate that the engine doesn't take
    """

    kind: SourceKind = "browser"

    def __init__(
        self,
        sample_rate: float,
        name: str = "this browser's microphone",
        *,
        clock: Callable[[], float] = time.monotonic,
        silence_s: float = SILENCE_S,
    ) -> None:
        check_rate(name, sample_rate)
        self.name = name
        self.sample_rate = float(sample_rate)
        self._clock = clock
        self._feed = BlockFeed(
            silence_s=silence_s, silence_message=f"The browser sent no sound for {silence_s:g} s."
        )
        self._lock = threading.Lock()
        self._fresh = True  # the next message is the first of a page
        self._origin = 0  # index in our stream of the page's frame 0
        self._expected = 0  # index in our stream of the next sample
        self._missing = 0  # messages that never arrived
        self._next_seq = 0
        self._heard_at = clock()

    @property
    def dropped(self) -> int:
        """Messages that never arrived plus blocks that nobody took in time."""
        return self._missing + self._feed.dropped

    def open(self) -> None:
        """Nothing to do: the page has opened its microphone already."""

    def feed(self, seq: int, frame: int, pcm: bytes | memoryview) -> None:
        """One message of the page. Never waits; a message that comes twice or late is left out.

        Parameters
        ----------
        seq : number of the message since the page began, from 0
        frame : samples since the page began, of the first sample in `pcm`
        pcm : little-endian float32 samples, mono

        Raises
        ------
        ValueError : a message that no page of ours sends
        """
        size = memoryview(pcm).nbytes
        if size % 4 or not 0 < size <= 4 * MAX_SAMPLES or seq < 0 or frame < 0:
            raise ValueError(
                f"Message {seq} (frame {frame}, {size} bytes) is not 1 to {MAX_SAMPLES} samples."
            )
        samples = np.frombuffer(pcm, dtype="<f4").astype(np.float32, copy=True)
        with self._lock:
            since_s = self._clock() - self._heard_at
            if self._fresh:
                self._begin(seq, frame, round(since_s * self.sample_rate) - len(samples))
            start = self._origin + frame
            if start < self._expected:
                return
            if start - self._expected > (since_s + MAX_AHEAD_S) * self.sample_rate:
                raise ValueError(f"Message {seq} is {frame} samples in, later than any clock could have it.")
            self._missing += max(0, seq - self._next_seq)
            self._next_seq = seq + 1
            self._expected = start + len(samples)
            self._heard_at = self._clock()
            self._feed.put(Block(samples, start))

    def restart(self, sample_rate: float) -> None:
        """The page came back and counts from 0 again. Raises `SourceError` if its rate has changed."""
        if not math.isclose(sample_rate, self.sample_rate):
            raise SourceError(
                f"The microphone came back at {sample_rate:g} Hz, not {self.sample_rate:g} Hz; start again."
            )
        with self._lock:
            self._fresh = True

    def lost(
        self, reason: str = "The browser's microphone is gone: the page was closed or reloaded."
    ) -> None:
        """The microphone is gone for good: what was sent is still heard, then the practice ends."""
        self._feed.lose(reason)

    def blocks(self) -> Iterator[Block]:
        """Every block until `close`. Raises `SourceLost` after `lost`, or when the browser falls silent."""
        return self._feed.blocks()

    def close(self) -> None:
        """End `blocks` at once."""
        self._feed.close()

    def _begin(self, seq: int, frame: int, away: int) -> None:
        # After an absence at least one sample is missing, so that the engine knows of the splice.
        hole = max(1, away) if self._expected else 0
        self._origin = self._expected + hole - frame
        self._next_seq, self._fresh = seq, False
