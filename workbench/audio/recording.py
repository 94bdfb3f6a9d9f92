"""A recorded take as a source: in real time, as if it were played now, or as fast as it is taken.

The file is read block by block, so that a take of two hours costs no more memory than one of ten seconds. Any
format that libsndfile reads (WAV, FLAC, OGG, AIFF, MP3, ..); one channel is listened to.
"""

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile as sf
from numpy.typing import NDArray

from dsp.events import Block
from workbench.audio.source import SourceError, SourceKind, SourceLost, check_rate

BLOCK_LENGTH = 512
"""Samples in a block: 12 ms at 44.1 kHz, about what a sound card gives."""

_READ_LENGTH = 32 * BLOCK_LENGTH
"""Samples read at once: each read of a FLAC file costs a seek, which made single blocks ten times slower."""

MIN_SECONDS = 0.1
"""A shorter take can hold no note that anybody could judge."""

_CUT = re.compile(r"(?:data|SSND) : (\d+) \(should be (\d+)\)")
_UNKNOWN_LENGTH = 0xFFFF_FFFF
"""What programs that write into a pipe leave in a WAV header; such a file is whole."""


class Take:
    """A sound file.

    Parameters
    ----------
    path : of the file
    channel : which one to listen to, from 1
    realtime : give each block when its last sample would have been played; else at once
    name : for the player; None = the name of the file

    Attributes
    ----------
    duration_s : as the file's header says; known once `open` has returned
    """

    kind: SourceKind = "take"
    dropped = 0

    def __init__(
        self, path: str | Path, channel: int = 1, *, realtime: bool = True, name: str | None = None
    ) -> None:
        self.path = Path(path)
        self.channel = channel
        self.name = name or self.path.name
        self.sample_rate = 0.0
        self.duration_s = 0.0
        self._realtime = realtime
        self._closed = threading.Event()
        self._file: sf.SoundFile | None = None

    def open(self) -> None:
        """Open the file and check its header. Raises `SourceError` for a file that can't be used."""
        file = _opened(self.path)
        try:
            self._check(file)
        except SourceError:
            file.close()
            raise
        self._file = file
        self.sample_rate = float(file.samplerate)
        self.duration_s = file.frames / file.samplerate

    def blocks(self) -> Iterator[Block]:
        """The take from its beginning to its end, or until `close`.

        Raises
        ------
        SourceLost : the file breaks off, or a sample is no number; every block before that has been given
        """
        if self._file is None:
            raise SourceError(f"{self.name} is not open.")
        began = time.monotonic()
        with self._file as file:
            for block in self._read(file):
                due = began + (block.start + len(block.samples)) / self.sample_rate
                if self._realtime and self._closed.wait(max(0.0, due - time.monotonic())):
                    return
                if self._closed.is_set():
                    return
                yield block

    def close(self) -> None:
        """End `blocks` at once."""
        self._closed.set()

    def _read(self, file: sf.SoundFile) -> Iterator[Block]:
        start, whole = 0, True
        frames = np.empty((_READ_LENGTH, file.channels), np.float32)
        samples = frames[:, self.channel - 1]
        while samples.size == _READ_LENGTH:
            frames.fill(np.nan)
            try:
                samples = file.read(out=frames)[:, self.channel - 1]
            except sf.LibsndfileError:
                # A cut FLAC file fails after it has filled what it could; the rest is still NaN.
                filled = np.isfinite(frames).all(axis=1)
                samples = frames[: filled.size if filled.all() else int(np.argmin(filled)), self.channel - 1]
                whole = False
            yield from self._cut_into_blocks(samples, start)
            start += samples.size
            if not whole:
                break
        if not whole or start < file.frames or _cut(file):
            raise self._broken_off(start)

    def _cut_into_blocks(self, samples: NDArray[np.float32], start: int) -> Iterator[Block]:
        for at in range(0, samples.size, BLOCK_LENGTH):
            block = Block(samples[at : at + BLOCK_LENGTH].copy(), start + at)
            self._check_finite(block)
            yield block

    def _check(self, file: sf.SoundFile) -> None:
        if file.frames == 0:
            raise SourceError(f"{self.name} is empty: there is no sound in it.")
        check_rate(self.name, file.samplerate)
        if file.frames < MIN_SECONDS * file.samplerate:
            plural = "" if file.frames == 1 else "s"
            raise SourceError(
                f"{self.name} holds {file.frames} sample{plural}; a take needs at least {MIN_SECONDS:g} s."
            )
        if not 1 <= self.channel <= file.channels:
            raise SourceError(
                f"{self.name} has {file.channels} channel{'s' * (file.channels > 1)}, "
                f"so there is no channel {self.channel} (the first is 1)."
            )

    def _check_finite(self, block: Block) -> None:
        bad = ~np.isfinite(block.samples)
        if bad.any():
            at = (block.start + int(np.argmax(bad))) / self.sample_rate
            raise SourceLost(f"{self.name} holds a sample that is no number (NaN or infinite) at {at:.3f} s.")

    def _broken_off(self, start: int) -> SourceLost:
        return SourceLost(f"{self.name} breaks off after {start / self.sample_rate:.1f} s: the file was cut.")


def load_take(path: str | Path, channel: int = 1) -> tuple[NDArray[np.float32], float]:
    """A whole take in memory, for short ones and offline work.

    Returns
    -------
    samples : float32, shape (n,)
    sample_rate : Hz

    Raises
    ------
    SourceError : the file can't be used, breaks off, or holds a sample that is no number
    """
    take = Take(path, channel, realtime=False)
    take.open()
    return np.concatenate([block.samples for block in take.blocks()]), take.sample_rate


class _Stream(sf.SoundFile):  # type: ignore[misc]
    """Reads on from where it stands: soundfile would seek after each read, which makes MP3 click."""

    def seekable(self) -> bool:
        """Whether reads may seek: never."""
        return False


def _opened(path: Path) -> sf.SoundFile:
    if not path.exists():
        raise SourceError(f"There is no file {path}.")
    if path.is_dir():
        raise SourceError(f"{path} is a folder; name a sound file in it.")
    try:
        return _Stream(path)
    except sf.LibsndfileError as error:
        reason = str(error.error_string).rstrip(".").lower()
        raise SourceError(
            f"{path.name} can't be read as sound ({reason}); WAV, FLAC, OGG, AIFF and MP3 can."
        ) from error


def _cut(file: sf.SoundFile) -> bool:
    """Whether the header promises more than the file holds, which libsndfile only logs."""
    found = _CUT.search(file.extra_info)
    return found is not None and int(found[2]) < int(found[1]) < _UNKNOWN_LENGTH - 1024
