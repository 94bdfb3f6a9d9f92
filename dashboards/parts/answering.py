"""Answers of the coach that are on their way, one a player.

An answer belongs to the process and not to a page: whoever reloads the page while the coach speaks comes back
to the same answer, and a page that is closed does not cut it off.

Threads: one for each answer, `answer-<player>`; it reads the events of the conversation until the last one.
"""

import logging
import threading
from collections.abc import Iterator

from coach.chat_events import ChatEvent
from workbench.store.errors import StoreError
from workbench.user import User

log = logging.getLogger(__name__)

FAILED = "The coach could not answer; the log of FretCoach says why. Ask again."


class Answering:
    """One answer, from the question to its last event. Safe from several threads.

    Attributes
    ----------
    question : as the player typed it
    """

    def __init__(self, question: str, events: Iterator[ChatEvent], name: str) -> None:
        self.question = question
        self._events, self._heard = events, list[ChatEvent]()
        self._trouble = ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, name=f"answer-{name}", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def since(self, cursor: int) -> list[ChatEvent]:
        """The events after the first `cursor`."""
        return self._heard[cursor:]

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self._over.is_set()

    @property
    def trouble(self) -> str:
        """Why there is no whole answer, in one sentence; "" while all is well."""
        return self._trouble

    def _listen(self) -> None:
        try:
            for event in self._events:
                self._heard.append(event)
        except StoreError as error:
            self._trouble = str(error)
        except Exception:
            log.exception("an answer of the coach broke off")
            self._trouble = FAILED
        finally:
            self._over.set()


_answers: dict[User, Answering] = {}
_lock = threading.Lock()


def ask(user: User, question: str, events: Iterator[ChatEvent]) -> Answering:
    """Begin an answer; while the player's last one is still on its way, that one is given back instead.

    Parameters
    ----------
    events : of `Conversation.ask`; not read unless the answer begins
    """
    with _lock:
        running = ongoing(user)
        if running is not None:
            return running
        answering = _answers[user] = Answering(question, events, user.id)
        answering.start()
        return answering


def ongoing(user: User) -> Answering | None:
    """The player's answer that is on its way."""
    answering = _answers.get(user)
    return None if answering is None or answering.over else answering
