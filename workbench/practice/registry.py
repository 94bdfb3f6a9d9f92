"""All practices of this process, by player: a page attaches to one and may come and go.

A closed tab or a dropped socket leaves a practice 30 seconds of grace; if nobody comes back it ends and is
stored. A practice that no page ever attached to (the command line's) has no such limit. One player practises
once at a time, and a process hears only so many players.

Threads: one timer for each practice whose last page has left, `grace-<id>`.
"""

import atexit
import functools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from workbench.audio.source import Source
from workbench.practice.goal import Goal
from workbench.practice.session import Practice
from workbench.store.repository import Repository
from workbench.user import User

GRACE_S = 30.0
"""How long a practice waits for its player to come back."""

CAPACITY = 10
"""Players that one process can hear: ten engines in threads keep up with the sound, twenty did not (the
interpreter lock); more processes are the way up."""

GONE = "The page was closed and did not come back."


class RegistryError(RuntimeError):
    """A practice that can't begin now. The message is one sentence for the player."""


class Alarm(Protocol):
    """What the registry needs of `threading.Timer`."""

    def start(self) -> None: ...

    def cancel(self) -> None: ...


def _timer(seconds: float, ring: Callable[[], None]) -> Alarm:
    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    return timer


class Registry:
    """Practices by player. Safe from several threads.

    Parameters
    ----------
    capacity : practices that may run at once
    grace_s : seconds that a practice outlives its last page
    alarm : makes the timers
    """

    def __init__(
        self,
        *,
        capacity: int = CAPACITY,
        grace_s: float = GRACE_S,
        alarm: Callable[[float, Callable[[], None]], Alarm] = _timer,
    ) -> None:
        self._capacity, self._grace_s, self._alarm = capacity, grace_s, alarm
        self._practices: dict[User, Practice] = {}
        self._starting: set[User] = set()
        self._pages: dict[str, int] = {}
        self._alarms: dict[str, Alarm] = {}
        self._lock = threading.RLock()

    def start(
        self, user: User, goal: Goal, source: Source, repository: Repository, data_dir: Path, **options: Any
    ) -> Practice:
        """Begin a practice; `options` are those of `Practice`.

        Raises
        ------
        RegistryError : this player practises already, or the process is full
        SourceError : the source can't be opened
        """
        with self._lock:
            self._admit(user)
            self._starting.add(user)
        try:
            practice = Practice(user, goal, source, repository, data_dir, **options)
            practice.start()
            with self._lock:
                self._practices[user] = practice
        finally:
            with self._lock:
                self._starting.discard(user)
        return practice

    def current(self, user: User) -> Practice | None:
        """The player's practice that runs or is paused."""
        practice = self.latest(user)
        return practice if practice is not None and practice.state != "ended" else None

    def latest(self, user: User) -> Practice | None:
        """The player's newest practice, ended or not, so that a reload still shows its summary."""
        with self._lock:
            return self._practices.get(user)

    def get(self, user: User, practice_id: str) -> Practice | None:
        """The player's practice of that id."""
        practice = self.latest(user)
        return practice if practice is not None and practice.id == practice_id else None

    def running(self) -> list[Practice]:
        """Every practice that has not ended."""
        with self._lock:
            return [practice for practice in self._practices.values() if practice.state != "ended"]

    def attach(self, practice: Practice) -> None:
        """A page shows this practice."""
        with self._lock:
            self._pages[practice.id] = self._pages.get(practice.id, 0) + 1
            alarm = self._alarms.pop(practice.id, None)
        if alarm is not None:
            alarm.cancel()

    def detach(self, practice: Practice) -> None:
        """A page has gone; with the last one the time of grace begins."""
        with self._lock:
            left = self._pages.get(practice.id, 0) - 1
            if left > 0:
                self._pages[practice.id] = left
                return
            self._pages.pop(practice.id, None)
            if practice.state == "ended":
                self._forget(practice)
                return
            alarm = self._alarm(self._grace_s, functools.partial(self._abandon, practice))
            self._alarms[practice.id] = alarm
        alarm.start()

    def stop_all(self, message: str = "FretCoach was closed.") -> None:
        """End and store every practice, those that could not be stored too: for the end of the process."""
        for practice in self.running():
            practice.stop(message)
        with self._lock:
            unsaved = [practice for practice in self._practices.values() if not practice.saved]
        for practice in unsaved:
            practice.save()

    def _admit(self, user: User) -> None:
        if user in self._starting or self.current(user) is not None:
            raise RegistryError(f"{user.id} is practising already; return to that practice or stop it first.")
        if len(self.running()) + len(self._starting) >= self._capacity:
            raise RegistryError(
                f"{self._capacity} players practise here already, as many as one process can hear; "
                "try again when one of them has stopped."
            )

    def _abandon(self, practice: Practice) -> None:
        with self._lock:
            if self._alarms.pop(practice.id, None) is None:
                return  # a page came back just as the time was up
        practice.stop(GONE)
        with self._lock:
            if practice.id not in self._pages:
                self._forget(practice)

    def _forget(self, practice: Practice) -> None:
        if practice.saved and self._practices.get(practice.user) is practice:
            del self._practices[practice.user]


@functools.cache
def shared_registry() -> Registry:
    """The registry of this process; its practices are ended and stored when the process exits."""
    registry = Registry()
    atexit.register(registry.stop_all)
    return registry
