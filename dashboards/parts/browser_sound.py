"""A practice that hears the browser's microphone: opened for its goal, taken up again after a reload."""

from collections.abc import Callable
from typing import Any

from dashboards.parts.microphone import Microphone
from workbench.audio.browser import BrowserSource
from workbench.audio.source import SourceError
from workbench.practice.goal import Goal
from workbench.practice.session import Practice


class BrowserSound:
    """Opens the microphone and hands its sound to the tab's practice; `microphone` goes into the page.

    Parameters
    ----------
    begin : called with the goal and the source once sound can flow
    current : the practice of the tab
    tell : shows a sentence while all goes on
    fail : shows why nothing begins
    """

    def __init__(
        self,
        begin: Callable[[Goal, BrowserSource], Any],
        current: Callable[[], Practice | None],
        tell: Callable[[str], Any],
        fail: Callable[[str], Any],
    ) -> None:
        self.microphone = Microphone(self._opened, self._trouble)
        self._begin, self._current, self._tell, self._fail = begin, current, tell, fail
        self._waiting: Goal | None = None

    def open_for(self, goal: Goal) -> None:
        """Ask for the microphone; the practice begins when it is there."""
        self._waiting = goal
        self._tell("Allow the microphone when the browser asks.")
        self.microphone.wanted = True

    def open_again(self, practice: Practice) -> None:
        """Take up the sound of a practice that was left."""
        if isinstance(practice.source, BrowserSource):
            self.microphone.wanted = True

    def close(self) -> None:
        """Close the microphone."""
        self.microphone.close()

    def _opened(self, rate: float, label: str) -> None:
        """Sound can flow: begin the practice that waits for it, or go on with the one that was left."""
        goal, self._waiting = self._waiting, None
        practice = self._current()
        if goal is not None:
            source = BrowserSource(rate, label or "this browser's microphone")
            self.microphone.feed(source)
            self._begin(goal, source)
        elif practice is not None and isinstance(practice.source, BrowserSource):
            try:
                practice.source.restart(rate)
            except SourceError as error:
                practice.source.lost(str(error))
                return
            self.microphone.feed(practice.source)

    def _trouble(self, code: str, sentence: str) -> None:
        if code == "asleep":
            self._tell(sentence)
            return
        practice = self._current()
        if self._waiting is None and practice is not None:
            if isinstance(practice.source, BrowserSource):
                practice.source.lost(sentence)
            return
        self._waiting = None
        self._fail(sentence)
