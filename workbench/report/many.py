"""Reports of many players, several at a time.

Each runs in a process of its own: on this computer as many as it has processors, or on the workers of a Dask
scheduler. A worker reads its own environment; the scheduler is told names and weeks and hands back pages, and
never learns the address of a database.
"""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager

from workbench.report.run import Format, report
from workbench.report.week import ReportError

CONNECT_S = 10.0
"""How long a scheduler is waited for."""


def reports(
    users: Sequence[str], week: str, kind: Format, scheduler: str | None = None
) -> Iterator[tuple[str, bytes | Exception]]:
    """The reports as they get ready, each with its player; an error stands where a report could not be made.

    Parameters
    ----------
    users : names of the players
    week : such as "2026-W47"
    kind : what is wanted
    scheduler : address of a Dask scheduler, such as "tcp://10.0.0.5:8786"; None = this computer

    Raises
    ------
    ReportError
        when the scheduler can't be reached
    """
    with _workers(len(users), scheduler) as workers:
        asked = {workers.submit(report, user, week, kind): user for user in users}
        for done in as_completed(asked):
            error = done.exception()
            if error is not None and not isinstance(error, Exception):
                raise error
            yield asked[done], error or done.result()


@contextmanager
def _workers(count: int, scheduler: str | None) -> Iterator[Executor]:
    if scheduler is not None:
        with _dask(scheduler) as workers:
            yield workers
        return
    # Forked, a process would inherit threads and connections that are not its own.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max(1, min(count, os.cpu_count() or 1)), mp_context=context) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _dask(scheduler: str) -> Iterator[Executor]:
    try:
        from distributed import Client  # noqa: PLC0415  an extra that few need
    except ImportError:
        raise ReportError("--scheduler needs Dask's distributed: pip install distributed") from None
    try:
        client = Client(scheduler, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ReportError(
            f"No Dask scheduler answers at {scheduler} within {CONNECT_S:.0f} s; an address looks like "
            "tcp://10.0.0.5:8786."
        ) from error
    with client, client.get_executor() as workers:
        yield workers
