"""Integer decimation of a stream, for sample rates above what the engine needs.

Method
------
Linear-phase low-pass (windowed sinc, Kaiser beta 8: 80 dB) and every n-th sample, in chunks of one fixed size
so that any cutting of the stream gives the same bits.
"""

import numpy as np
from numpy.typing import NDArray

from dsp.framing import Framer

_TAPS_PER_FACTOR = 32
_BETA = 8.0


class Decimator:
    """Keeps every `factor`-th sample of a stream after a low-pass.

    Parameters
    ----------
    factor : input samples an output sample, >= 2
    chunk : output samples a chunk
    """

    def __init__(self, factor: int, chunk: int) -> None:
        self.factor = factor
        taps = _TAPS_PER_FACTOR * factor + 1
        time = np.arange(taps) - taps // 2
        kernel = np.sinc(0.9 * time / factor) * np.kaiser(taps, _BETA)
        self._kernel = (kernel / kernel.sum()).astype(np.float32)
        self._framer = Framer(chunk * factor + taps - 1, chunk * factor)
        self.delay = taps // 2

    def reset(self, start: int = 0) -> None:
        """Forget everything; the next input sample has index `start`."""
        self._framer.reset(start)

    def push(self, samples: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """Chunks of output samples that `samples` completes; each is `delay` input samples late."""
        return [self._filter(window) for _, window in self._framer.push(samples)]

    def _filter(self, window: NDArray[np.float32]) -> NDArray[np.float32]:
        # The window that ends with the last input sample of each output sample.
        rows = np.lib.stride_tricks.sliding_window_view(window, self._kernel.size)[
            self.factor - 1 :: self.factor
        ]
        return np.asarray(rows @ self._kernel, dtype=np.float32)
