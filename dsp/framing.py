"""Cutting a stream of blocks into hops, by sample index.

Conventions
-----------
A hop is complete when its last sample has arrived. At each complete hop the most recent `length` samples are
shown, oldest first; before the start the first sample stands still, so that a DC offset makes no step. The
hop grid starts at sample 0 whatever the blocks.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_SPARE_HOPS = 64

HOP_S = 256 / 44100
"""Seconds between two looks at the sound: 5.8 ms, half of what a player can notice (10 ms)."""


def fast_length(least: int) -> int:
    """Smallest length from `least` on that Fourier transforms are quick at: 1, 3 or 9 times 2^a, a >= 3."""
    return min(length for a in range(3, 24) for length in (1 << a, 3 << a, 9 << a) if length >= least)


class Framer:
    """A sliding window over a stream that moves by one hop at a time.

    Parameters
    ----------
    length : samples of the window
    hop_length : samples between two windows
    """

    def __init__(self, length: int, hop_length: int) -> None:
        self.length = length
        self.hop_length = hop_length
        self.reset()

    def reset(self, start: int = 0) -> None:
        """Forget everything; the next sample has index `start`."""
        self._buffer = np.zeros(self.length + self.hop_length * _SPARE_HOPS, dtype=np.float32)
        self._filled = self.length
        self._missing = self.hop_length
        self.end = start
        self._empty = True

    def push(self, samples: NDArray[np.float32]) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Yield `(end, window)` for each hop that `samples` completes.

        `end` is the index of the sample after the window; `window` (shape `(length,)`) is a view that is
        valid until the next one is drawn.
        """
        if self._empty and samples.size:
            self._buffer[: self._filled] = samples[0]
            self._empty = False
        position = 0
        while samples.size - position >= self._missing:
            taken = self._missing
            self._append(samples[position : position + taken])
            position += taken
            self._missing = self.hop_length
            yield self.end, self._buffer[self._filled - self.length : self._filled]
        if position < samples.size:
            self._missing -= samples.size - position
            self._append(samples[position:])

    def _append(self, samples: NDArray[np.float32]) -> None:
        if self._filled + samples.size > self._buffer.size:
            self._buffer[: self.length] = self._buffer[self._filled - self.length : self._filled].copy()
            self._filled = self.length
        self._buffer[self._filled : self._filled + samples.size] = samples
        self._filled += samples.size
        self.end += samples.size
