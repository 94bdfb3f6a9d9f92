"""How long it waits, and that it goes on."""

from threading import Event

import pytest

from workbench.store.errors import StoreError
from workbench.store.sync.loop import EVERY_S, LONGEST_RETRY_S, keep_in_step, pause_s
from workbench.store.sync.run import Outcome


def test_a_failure_is_retried_later_and_later_but_not_for_ever() -> None:
    pauses = [pause_s(failures, lambda: 1.0) for failures in range(1, 12)]
    assert pauses[:5] == [5.0, 10.0, 20.0, 40.0, 80.0]
    assert pauses[-1] == LONGEST_RETRY_S
    assert pause_s(10_000, lambda: 1.0) == LONGEST_RETRY_S


@pytest.mark.parametrize("failures", [0, 1, 4, 40])
def test_chance_spreads_the_devices(failures: int) -> None:
    assert pause_s(failures, lambda: 0.0) < pause_s(failures, lambda: 0.5) < pause_s(failures, lambda: 1.0)
    assert pause_s(failures, lambda: 0.0) >= 0.5 * pause_s(failures, lambda: 1.0)


def test_it_goes_on_through_failures_until_it_is_stopped() -> None:
    done = Outcome(1, 2, 0)
    results: list[Outcome | StoreError] = [done, StoreError("no network"), StoreError("no network"), done]
    coming = iter(results)
    told: list[tuple[Outcome | StoreError, float]] = []

    class Patient(Event):
        """Remembers how long it was to wait, and does not."""

        def wait(self, timeout: float | None = None) -> bool:
            if len(told) == len(results):
                self.set()
            return self.is_set()

    def run_once() -> Outcome:
        result = next(coming)
        if isinstance(result, StoreError):
            raise result
        return result

    keep_in_step(run_once, lambda result, pause: told.append((result, pause)), Patient())
    assert [result for result, _ in told] == results
    assert all(0.9 * EVERY_S <= pause <= 1.1 * EVERY_S for result, pause in told if result == done)
    assert [2.5 <= told[1][1] <= 5.0, 5.0 <= told[2][1] <= 10.0] == [True, True]
