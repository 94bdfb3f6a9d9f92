"""Moments that a player marks while playing; they end up as the session's comment.

Threads: one for each practice with a marker, `markers-<id>`, which waits for the practice to be stored (the
page may be gone by then) and adds the comment.
"""

import logging
import threading
from weakref import WeakKeyDictionary

from dashboards.parts.words import minutes
from workbench.practice.session import Practice
from workbench.store.errors import StoreError
from workbench.store.repository import Repository

log = logging.getLogger(__name__)

_moments: WeakKeyDictionary[Practice, list[float]] = WeakKeyDictionary()


def add_marker(practice: Practice, repository: Repository) -> list[float]:
    """Mark the present moment; returns all marked moments in seconds of the stream."""
    known = _moments.get(practice)
    if known is None:
        known = _moments[practice] = []
        threading.Thread(
            target=_keep, args=(practice, repository), name=f"markers-{practice.id}", daemon=True
        ).start()
    known.append(practice.snapshot().t_s)
    return known


def markers(practice: Practice) -> list[float]:
    """The marked moments of a practice, in seconds of the stream."""
    return _moments.get(practice, [])


def comment(times_s: list[float]) -> str:
    """The marked moments as words: "Marked at 0:12 and 1:05."."""
    told = [minutes(time_s) for time_s in times_s]
    return f"Marked at {' and '.join([', '.join(told[:-1]), told[-1]] if len(told) > 1 else told)}."


def _keep(practice: Practice, repository: Repository) -> None:
    practice.wait()
    try:
        repository.set_comment(practice.user, practice.session_id, comment(markers(practice)))
    except StoreError as error:
        log.warning("the markers of session %s were not kept: %s", practice.id, error)
