"""The coach's voice where there is no browser: espeak-ng, a sentence at a time, the newest wins.

The program speaks in a process of its own, so the sound of the guitar is never waited for. Its standard input
is the only way in for words: none of them can be taken for an option.
"""

import logging
import subprocess
import threading
from collections.abc import Sequence
from typing import Protocol

log = logging.getLogger(__name__)

COMMAND = ("espeak-ng", "-v", "en", "-s", "165")
"""English at 165 words a minute, a little slower than its own 175: who plays listens with one ear."""

END_S = 2.0
"""How long a voice that is cut off may take to be gone."""


class Voice(Protocol):
    """Something that says sentences aloud."""

    def say(self, text: str) -> None:
        """Begin to say it and return at once; what is being said is cut off."""

    def close(self) -> None:
        """Be silent for good."""


class Espeak:
    """A voice by espeak-ng. Safe from several threads.

    Parameters
    ----------
    command : the program with its options; it reads what to say from its standard input

    Attributes
    ----------
    trouble : why nothing can be heard, in one sentence; None while all is well
    """

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self.trouble: str | None = None
        self._command = [*command, "--stdin"]
        self._speaking: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def say(self, text: str) -> None:
        """Begin to say it and return at once; what is being said is cut off."""
        with self._lock:
            self._cut_off()
            if self.trouble is None:
                self._begin(text)

    def close(self) -> None:
        """Be silent."""
        with self._lock:
            self._cut_off()

    def wait(self, timeout_s: float) -> bool:
        """Wait until the sentence is over; False when time ran out."""
        with self._lock:
            speaking = self._speaking
        if speaking is None:
            return True
        try:
            speaking.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _begin(self, text: str) -> None:
        quiet = subprocess.DEVNULL
        try:
            self._speaking = subprocess.Popen(  # noqa: S603  the caller's own program
                self._command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet
            )
        except OSError as error:
            self._give_up(f"can't be started: {error.strerror}; install it (apt-get install espeak-ng)")
            return
        assert self._speaking.stdin is not None
        try:
            with self._speaking.stdin as words:
                words.write(text.encode())
        except BrokenPipeError:
            log.info("the voice ended before it was told what to say")

    def _cut_off(self) -> None:
        speaking, self._speaking = self._speaking, None
        if speaking is None:
            return
        if speaking.poll():
            self._give_up(f"failed (exit code {speaking.returncode}); try it in a terminal")
        speaking.kill()
        speaking.wait(END_S)

    def _give_up(self, reason: str) -> None:
        self.trouble = f"The coach can't be heard: {self._command[0]} {reason}, or let the browser speak."
        log.warning("%s", self.trouble)
