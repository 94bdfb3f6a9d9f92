"""Syncing again and again: every minute while it goes well, less and less often while it does not."""

import random
from collections.abc import Callable
from threading import Event

from workbench.store.errors import StoreError
from workbench.store.sync.run import Outcome

EVERY_S = 60.0
"""Between two runs that went well."""

FIRST_RETRY_S = 5.0
LONGEST_RETRY_S = 600.0
"""A laptop that comes home is in step within ten minutes, and an absent server is not asked all day."""


def pause_s(failures: int, chance: Callable[[], float] = random.random) -> float:
    """Seconds until the next run.

    Exponential back-off with jitter ("equal jitter", M. Brooker, AWS Architecture Blog, 2015): many devices
    that lost the same server do not come back to it at the same moment.

    Parameters
    ----------
    failures : runs in a row that failed, 0 after a good one
    chance : draws 0..1
    """
    if failures == 0:
        return EVERY_S * (0.9 + 0.2 * chance())
    longest = min(LONGEST_RETRY_S, FIRST_RETRY_S * 2.0 ** min(failures - 1, 30))
    return longest * (0.5 + 0.5 * chance())


def keep_in_step(
    run_once: Callable[[], Outcome], told: Callable[[Outcome | StoreError, float], None], stop: Event
) -> None:
    """Run until `stop` is set; a failure is told and tried again.

    Parameters
    ----------
    told : gets what a run did or why it failed, and the seconds until the next one
    """
    failures = 0
    while not stop.is_set():
        try:
            result: Outcome | StoreError = run_once()
            failures = 0
        except StoreError as error:
            result = error
            failures += 1
        pause = pause_s(failures)
        told(result, pause)
        stop.wait(pause)
