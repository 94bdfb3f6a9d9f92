"""What every source of sound is: something that opens, gives blocks until it ends, and closes.

Conventions
-----------
Blocks are mono float32 with full scale 1. `Block.start` counts samples since the source began to give sound;
a jump means that audio was lost. `sample_rate` is known once `open` has returned. No sound flows before
`blocks` is called, so that the engine has time to get ready.
"""

from collections.abc import Iterator
from typing import Literal, Protocol

from dsp.events import Block

SourceKind = Literal["take", "browser", "device"]

MIN_RATE, MAX_RATE = 8_000.0, 192_000.0
"""Sample rates that the engine takes, Hz."""


class SourceError(RuntimeError):
    """A source that can't be used. The message is one sentence for the player."""


class SourceLost(SourceError):  # noqa: N818 - it says what happened
    """A source that died while it was playing: unplugged, tab closed, file broken off."""


class Source(Protocol):
    """Where the sound of one practice comes from.

    Attributes
    ----------
    name : for the player: "A minor pentatonic, steel guitar", "USB Audio, channel 1"
    kind : "take" a recording, "browser" the microphone of a browser, "device" a sound card
    sample_rate : Hz; known once `open` has returned
    dropped : blocks lost so far because nobody took them in time, or that never arrived
    """

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> SourceKind: ...

    @property
    def sample_rate(self) -> float: ...

    @property
    def dropped(self) -> int: ...

    def open(self) -> None:
        """Get ready, without letting sound flow. Raises `SourceError` with a sentence for the player."""

    def blocks(self) -> Iterator[Block]:
        """Every block until the source ends or is closed. Raises `SourceLost` when the source dies."""

    def close(self) -> None:
        """Stop: `blocks` ends at once. From any thread, any number of times."""


def check_rate(name: str, sample_rate: float) -> None:
    """Refuse, by `SourceError`, a rate that the engine doesn't take."""
    if not MIN_RATE <= sample_rate <= MAX_RATE:
        raise SourceError(
            f"{name} runs at {sample_rate:g} Hz; rates from {MIN_RATE:g} to {MAX_RATE:g} Hz can be heard."
        )
