"""Traces of what models were asked, sent to Opik when the settings name a server or a key of it.

Threads: one per place that traces go to, `opik-sender`, a daemon. It starts with the first trace, which is
after the first answer; it alone imports Opik (seconds) and speaks to its server. Whoever answers a player
only puts a finished question on a bounded queue: when Opik is dead or slow, no answer waits, the queue fills,
and the rest is dropped and counted. When the process ends, what is left is sent for `LAST_CALL_S` at most.
"""

import atexit
import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from pydantic import SecretStr
from uuid_utils.compat import uuid7

from workbench.settings import Settings

log = logging.getLogger(__name__)

QUEUE_LENGTH = 500
"""Traces that wait while Opik does not answer."""

LAST_CALL_S = 5.0

CLOUD_URL = "https://www.comet.com/opik/api"


@dataclass(frozen=True, slots=True)
class Place:
    """Where traces go."""

    url: str
    workspace: str
    project: str
    key: SecretStr


@dataclass(frozen=True)
class Head:
    """One question, as its trace names it."""

    name: str
    tags: tuple[str, ...]
    metadata: Mapping[str, str]
    id: str = field(default_factory=lambda: str(uuid7()))


@dataclass(frozen=True)
class Ran:
    """Something that a question made LangChain do, finished: its `Run` with all that ran inside it."""

    head: Head
    run: Any
    costs: Mapping[str, float]
    first: bool


@dataclass(frozen=True)
class Checked:
    """The verdict about the answer; `refusals` is empty when it was shown."""

    head: Head
    refusals: Sequence[object]
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


Post = Callable[[Ran | Checked], None]
Connect = Callable[[Place], Post]


class Sender:
    """Takes finished questions and posts them from a thread of its own."""

    def __init__(self, place: Place, connect: Connect | None = None) -> None:
        self._place = place
        self._connect = connect or _connect
        self._waiting: queue.Queue[Ran | Checked] = queue.Queue(QUEUE_LENGTH)
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None
        self.dropped = 0

    def send(self, item: Ran | Checked) -> None:
        """Post this soon; returns at once."""
        try:
            self._waiting.put_nowait(item)
        except queue.Full:
            if not self.dropped:
                log.warning("Opik does not keep up: traces are being dropped.")
            self.dropped += 1
            return
        with self._started:
            if self._thread is None:
                self._thread = threading.Thread(target=self._post_all, name="opik-sender", daemon=True)
                self._thread.start()
                atexit.register(self.flush, LAST_CALL_S)

    def flush(self, timeout_s: float) -> bool:
        """Wait until everything was tried to be posted; False when that took longer than `timeout_s`."""
        with self._waiting.all_tasks_done:
            return self._waiting.all_tasks_done.wait_for(
                lambda: not self._waiting.unfinished_tasks, timeout_s
            )

    def _post_all(self) -> None:
        post: Post | None = None
        while True:
            item = self._waiting.get()
            try:
                post = post or self._connect(self._place)
                post(item)
            except Exception as error:  # whatever Opik's client raises must not end the thread
                log.warning("A trace could not be sent to Opik (%s).", type(error).__name__)
            finally:
                self._waiting.task_done()


def _connect(place: Place) -> Post:
    from coach.trace_opik import Opik  # noqa: PLC0415  loads Opik: only here, in the sender's thread

    return Opik(place).post


def place_of(settings: Settings) -> Place | None:
    """Where traces go; None when the settings name neither a key nor a server of Opik."""
    if not settings.opik_url_override and not settings.opik_api_key.get_secret_value():
        return None
    return Place(
        settings.opik_url_override or CLOUD_URL,
        settings.opik_workspace,
        settings.opik_project_name,
        settings.opik_api_key,
    )


def sender_for(settings: Settings) -> Sender | None:
    """The one sender of this process for where traces go; None when nothing is traced."""
    place = place_of(settings)
    return None if place is None else _sender(place)


@lru_cache(maxsize=8)
def _sender(place: Place) -> Sender:
    return Sender(place)
