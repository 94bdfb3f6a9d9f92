"""The sound of a practice as a FLAC file, when the player asked to keep it.

The file's time is the stream's: what was paused or lost is silence in it, so that a later engine hears the
notes where they were. 24 bits, since that is what a float32 sample holds.
"""

import logging
import threading
from pathlib import Path

import numpy as np
import soundfile as sf

from dsp.events import Block
from workbench.audio.recording import Take
from workbench.audio.source import SourceError, SourceLost

log = logging.getLogger(__name__)

MAX_WAITING = 3_000
"""Blocks that may wait for a slow disk: half a minute of ten-millisecond blocks."""

_SILENCE_AT_ONCE = 65_536


class Recording:
    """A FLAC file that grows; written by one thread.

    Parameters
    ----------
    path : made with its folder on the first sound
    sample_rate : Hz
    """

    def __init__(self, path: Path, sample_rate: float) -> None:
        self.path = path
        self.trouble: str | None = None
        self._rate = round(sample_rate)
        self._file: sf.SoundFile | None = None
        self._waiting = 0
        self._written = 0
        self._lock = threading.Lock()

    def reserve(self) -> bool:
        """Room for one more block in the queue to the writer; False leaves that block out."""
        with self._lock:
            if self.trouble is not None or self._waiting >= MAX_WAITING:
                return False
            self._waiting += 1
            return True

    def write(self, block: Block) -> None:
        """Append a block that was reserved. Never fails: see `trouble`."""
        with self._lock:
            self._waiting -= 1
        if self.trouble is not None:
            return
        try:
            file = self._open()
            while self._written < block.start:
                silence = min(block.start - self._written, _SILENCE_AT_ONCE)
                file.write(np.zeros(silence, np.float32))
                self._written += silence
            file.write(block.samples)
            self._written += len(block.samples)
        except (OSError, sf.SoundFileError) as error:
            self._give_up(error)

    def close(self) -> None:
        """Finish the file. Never fails: see `trouble`."""
        try:
            if self._file is not None:
                self._file.close()
        except (OSError, sf.SoundFileError) as error:
            self._give_up(error)

    @property
    def kept(self) -> str | None:
        """The path of the file when it holds the whole practice."""
        return None if self._file is None or self.trouble is not None else str(self.path)

    def _open(self) -> sf.SoundFile:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sf.SoundFile(self.path, "w", self._rate, 1, subtype="PCM_24", format="FLAC")
        return self._file

    def _give_up(self, error: Exception) -> None:
        log.warning("the recording %s broke off: %s", self.path, error)
        self.trouble = "The recording broke off (is the disk full?); the notes are kept."


def mended(path: Path) -> str | None:
    """The path of a recording whose writer died, with its header put right; None if nothing is left.

    A FLAC file that was never closed does not know its own length, and most programs refuse it.
    """
    whole = path.with_suffix(".mended.flac")
    take = Take(path, realtime=False)
    try:
        take.open()
        recording = Recording(whole, take.sample_rate)
        _copy(take, recording)
        if recording.kept is None:
            return None
        whole.replace(path)
    except (OSError, SourceError) as error:
        log.warning("the recording %s can't be mended: %s", path, error)
        return None
    return str(path)


def _copy(take: Take, recording: Recording) -> None:
    try:
        for block in take.blocks():
            recording.reserve()
            recording.write(block)
    except SourceLost as lost:
        log.info("%s", lost)
    finally:
        recording.close()
