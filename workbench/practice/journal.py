"""What a practice hears, on the disk within a second: the safety copy that survives a crash or a power cut.

Format: JSON Lines, one `{"crc":"8 hex digits","row":{...}}` a line; the checksum (CRC-32) is over the bytes
of the row, so that a cut or damaged line is noticed wherever it was hurt. A reader takes the lines up to the
first that is not whole.

Threads: one writer for each journal, `journal-<session>`. It drains a queue and fsyncs once a second; whoever
appends never waits. Its process holds `<session>.lock` for as long as the journal is open; the system gives
the lock back when the process dies, whatever it died of.
"""

import json
import logging
import os
import queue
import threading
import time
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from filelock import FileLock, Timeout

from dsp.events import Block
from workbench.practice.recording import Recording

log = logging.getLogger(__name__)

SYNC_S = 1.0
"""The most that a power cut may take."""

SUFFIX = ".jsonl"
_LINE_HEAD = b'{"crc":"%08x","row":'
_HEAD_LENGTH = len(_LINE_HEAD % 0)
_LINE_TAIL = b"}\n"
_JOIN_S = 10.0


class JournalError(OSError):
    """A journal that can't be written. The message is one sentence for the player."""


def encode(row: Mapping[str, Any]) -> bytes:
    """One line for `row`."""
    body = json.dumps(row, separators=(",", ":"), default=float).encode()
    return _LINE_HEAD % zlib.crc32(body) + body + _LINE_TAIL


def decode(line: bytes) -> dict[str, Any] | None:
    """The row of a line; None unless every byte is as it was written."""
    body = line[_HEAD_LENGTH : -len(_LINE_TAIL)]
    if line != _LINE_HEAD % zlib.crc32(body) + body + _LINE_TAIL:
        return None
    row = json.loads(body)
    return row if isinstance(row, dict) else None


def read_rows(path: Path) -> tuple[list[dict[str, Any]], int]:
    """The rows up to the first line that is not whole, and how many bytes were left over."""
    rows: list[dict[str, Any]] = []
    taken = 0
    with path.open("rb") as file:
        for line in file:
            row = decode(line)
            if row is None:
                break
            rows.append(row)
            taken += len(line)
    return rows, path.stat().st_size - taken


def journal_folder(data_dir: Path) -> Path:
    """Where the journals of `data_dir` lie."""
    return data_dir / "journal"


def lock_of(path: Path) -> FileLock:
    """The lock that the writer of the journal at `path` holds; any thread may give it back."""
    return FileLock(path.with_suffix(".lock"), timeout=0, thread_local=False)


class Journal:
    """The safety copy of one session.

    Parameters
    ----------
    folder : made when it is missing
    session_id : names the file
    recording : takes the audio too, in the same thread

    Raises
    ------
    JournalError : the file can't be written
    """

    def __init__(self, folder: Path, session_id: UUID, recording: Recording | None = None) -> None:
        self.path = folder / f"{session_id}{SUFFIX}"
        self.trouble: str | None = None
        self._recording = recording
        self._waiting: queue.SimpleQueue[bytes | Block | None] = queue.SimpleQueue()
        self._lock = lock_of(self.path)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
            self._file = self.path.open("xb", buffering=0)
            _sync_folder(folder)
        except (OSError, Timeout) as error:
            self._lock.release()
            raise JournalError(f"The safety copy {self.path} can't be written: {error}.") from error
        self._writer = threading.Thread(target=self._write, name=f"journal-{session_id}", daemon=True)
        self._writer.start()

    def append(self, row: Mapping[str, Any]) -> None:
        """Keep one row. Never waits and never fails: see `trouble`."""
        self._waiting.put(encode(row))

    def audio(self, block: Block) -> None:
        """Keep the sound, when a recording was asked for. Never waits: what the disk can't take in time is
        silence in the recording."""
        if self._recording is not None and self._recording.reserve():
            self._waiting.put(block)

    def close(self) -> None:
        """Write and sync what waits. The lock stays until `release` or `remove`."""
        self._waiting.put(None)
        self._writer.join(_JOIN_S)
        if self._writer.is_alive():
            log.error("the writer of %s does not end", self.path)

    def release(self) -> None:
        """Leave the journal to be recovered at the next start."""
        self._lock.release()

    def remove(self) -> None:
        """The session is stored: the safety copy has done its work."""
        self.path.unlink(missing_ok=True)
        Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()

    def _write(self) -> None:
        synced = time.monotonic()
        with self._file:
            while (item := self._next(synced + SYNC_S)) is not None:
                if isinstance(item, Block):
                    assert self._recording is not None
                    self._recording.write(item)
                elif item:
                    self._put(item)
                if time.monotonic() >= synced + SYNC_S:
                    self._sync()
                    synced = time.monotonic()
            self._sync()
        if self._recording is not None:
            self._recording.close()

    def _next(self, due: float) -> bytes | Block | None:
        """The next item; empty bytes when a sync is due first."""
        try:
            return self._waiting.get(timeout=max(0.0, due - time.monotonic()))
        except queue.Empty:
            return b""

    def _put(self, line: bytes) -> None:
        # After a line that is not whole nothing can be read back, so a journal that failed once stays closed.
        if self.trouble is not None:
            return
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
        except OSError as error:
            self._give_up(error)

    def _sync(self) -> None:
        try:
            if self.trouble is None:
                os.fsync(self._file.fileno())
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        log.warning("the safety copy %s can't be written: %s", self.path, error)
        self.trouble = (
            f"The safety copy can't be written ({error.strerror}); the practice goes on saved at its end."
        )


def _sync_folder(folder: Path) -> None:
    """Make a new file's name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
