"""A sound card's input as a source, by PortAudio.

Threads: PortAudio's own calls `_callback` with each block; it copies one channel into a bounded queue and
returns. A stream that dies is closed in a thread of its own, `close-input`, since closing a dead device can
block for ever.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dsp.events import Block
from workbench.audio.devices import find_input, portaudio, stream_open
from workbench.audio.feed import BlockFeed
from workbench.audio.source import SourceError, SourceKind, check_rate

log = logging.getLogger(__name__)

BLOCK_LENGTH = 512
"""Samples in a block: 11 ms at 48 kHz, well under the hop of a meter and easy for any driver."""

SILENCE_S = 5.0
"""Seconds without a block before the input counts as unplugged; a driver may take two to begin."""

_CLOSE_S = 2.0


class Microphone:
    """One channel of a sound card's input.

    Parameters
    ----------
    device : index, a part of the name, or None for the system's choice
    channel : which one to listen to, from 1
    silence_s : seconds without a block before the input counts as unplugged
    """

    kind: SourceKind = "device"

    def __init__(
        self, device: int | str | None = None, channel: int = 1, *, silence_s: float = SILENCE_S
    ) -> None:
        self.name = "sound card" if device is None else str(device)
        self.channel = channel
        self.sample_rate = 0.0
        self._wanted = device
        self._feed = BlockFeed(
            silence_s=silence_s, silence_message="The sound card stopped sending; was it unplugged?"
        )
        self._position = 0
        self._overflows = 0
        self._stream: Any = None
        self._resources = ExitStack()
        self._closing = threading.Lock()

    @property
    def dropped(self) -> int:
        """Blocks that nobody took in time, plus overflows that PortAudio told of."""
        return self._feed.dropped + self._overflows

    def open(self) -> None:
        """Open the input. Raises `SourceError` when there is none, or it can't be opened."""
        found = find_input(self._wanted)
        self.name = f"{found.name}, channel {self.channel}"
        if not 1 <= self.channel <= found.channels:
            raise SourceError(
                f"{found.name} has {found.channels} channel{'s' * (found.channels > 1)}, "
                f"so there is no channel {self.channel} (the first is 1)."
            )
        check_rate(found.name, found.sample_rate)
        sd = portaudio()
        try:
            self._stream = sd.InputStream(
                device=found.index,
                # Never just one of several: a sound server would mix them all into it.
                channels=min(found.channels, max(self.channel, 2)),
                samplerate=found.sample_rate,
                blocksize=BLOCK_LENGTH,
                dtype="float32",
                latency="low",
                callback=self._callback,
                finished_callback=self._finished,
            )
        except sd.PortAudioError as error:
            reason = str(error.args[0]) if error.args else "no reason given"
            raise SourceError(
                f"{found.name} can't be opened ({reason}); is another program using it?"
            ) from error
        self._resources.enter_context(stream_open())
        self.sample_rate = float(self._stream.samplerate)

    def blocks(self) -> Iterator[Block]:
        """Every block until `close`. Raises `SourceLost` when the input dies."""
        sd = portaudio()
        try:
            self._stream.start()
        except sd.PortAudioError as error:
            raise SourceError(
                f"{self.name} can't be started ({error.args[0]}); try another input."
            ) from error
        return self._feed.blocks()

    def close(self) -> None:
        """End `blocks` at once and give the input back."""
        self._feed.close()
        with self._closing:
            stream, self._stream = self._stream, None
        if stream is not None:
            closer = threading.Thread(target=self._abort, args=(stream,), name="close-input", daemon=True)
            closer.start()
            closer.join(_CLOSE_S)
            if closer.is_alive():
                log.warning("%s does not close; it is left to itself", self.name)

    def _callback(self, data: NDArray[np.float32], frames: int, _time: Any, status: Any) -> None:
        if status.input_overflow:
            # PortAudio does not say how much was lost. One block of a hole keeps the engine from hearing the
            # splice as an attack.
            self._overflows += 1
            self._position += frames
        self._feed.put(Block(data[:, self.channel - 1].copy(), self._position))
        self._position += frames

    def _finished(self) -> None:
        self._feed.lose("The sound card stopped; was it unplugged?")

    def _abort(self, stream: Any) -> None:
        try:
            stream.close()  # ignores what PortAudio says about a stream that is dead already
        finally:
            self._resources.close()
