"""What follows when a practice has been stored: the plan that it followed counts as played.

It happens in the process and not in the page, which may be closed by then.

Threads: one for each practice that follows a plan, `after-<id>`; it waits for the practice to be stored, and
`finish` waits for all of them.
"""

import logging
import threading
import time
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from dashboards.parts.chosen_plan import ChosenPlan
from dsp.anchors import MIN_NOTES
from workbench.practice.session import Practice
from workbench.store.errors import StoreError
from workbench.store.plans import Plans

log = logging.getLogger(__name__)

_followed: WeakKeyDictionary[Practice, ChosenPlan] = WeakKeyDictionary()
_threads: set[threading.Thread] = set()


def follow(practice: Practice, chosen: ChosenPlan, engine: Engine) -> None:
    """Let `practice`, which has just begun, be the playing of a plan."""
    _followed[practice] = chosen
    thread = threading.Thread(
        target=_after, args=(practice, chosen, engine), name=f"after-{practice.id}", daemon=True
    )
    _threads.add(thread)
    thread.start()


def followed_plan(practice: Practice) -> ChosenPlan | None:
    """The plan that the practice follows."""
    return _followed.get(practice)


def counts(practice: Practice) -> bool:
    """Whether enough was played to call it the playing of a plan: as many notes as a score needs."""
    summary = practice.summary
    return summary is not None and summary.counts.played - summary.counts.unjudged >= MIN_NOTES


def finish(within_s: float) -> None:
    """Wait until all that follows the practices that have ended is done, for the end of the process."""
    deadline = time.monotonic() + within_s
    for thread in list(_threads):
        thread.join(max(deadline - time.monotonic(), 0.0))


def _after(practice: Practice, chosen: ChosenPlan, engine: Engine) -> None:
    try:
        practice.wait()
        if practice.saved and counts(practice):
            Plans(engine).mark_executed(practice.user, chosen.practice_id, practice.session_id)
    except StoreError as error:
        log.warning("the plan %s could not be marked as played: %s", chosen.practice_id, error)
    finally:
        _threads.discard(threading.current_thread())
