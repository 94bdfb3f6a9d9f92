"""Sessions to store."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dsp.summary import Counts, Metric, Overall, Summary
from workbench.store.columns import new_id
from workbench.store.engine import open_engine
from workbench.store.records import SessionEnd, SessionStart, StoredNote
from workbench.user import User

STARTED = datetime(2026, 3, 1, 18, 30, 15, 123456, tzinfo=UTC)
"""With microseconds, since those are what a database loses first."""


@pytest.fixture
def ada() -> User:
    return User("ada")


@pytest.fixture
def ben() -> User:
    return User("ben")


@pytest.fixture
def start(ada: User) -> SessionStart:
    """A session that ada begins."""
    return SessionStart(
        session_id=new_id(),
        user=ada,
        started_at=STARTED,
        scale_chosen="A Minor",
        scale_type="pentatonic",
        enabled_metrics=("pitch_accuracy", "timing_stability", "noise_control"),
        bpm=90.0,
        latency_ms=12.5,
        device_type="browser",
        origin_device="laptop",
    )


def a_summary() -> Summary:
    metrics = {
        "pitch_accuracy": Metric(6.5, "cents", 5.0, 8.25, 3, 0.94, {"bias": -1.5, "share": {"10": 0.7}}),
        "timing_stability": Metric(None, "ms", None, None, 0, None, {"reason": "not enough notes yet"}),
    }
    overall = Overall(0.94, {"pitch_accuracy": 1.0}, ("timing_stability",))
    return Summary(metrics, overall, Counts(played=4, right=2, wrong=1, unjudged=1))


def some_notes() -> tuple[StoredNote, ...]:
    return (
        StoredNote(0, 0.5, 0.45, 57.0, 0.0, -20.5, 0.99, True, "pick", 3.5, 2, 7),
        StoredNote(1, 1.0, 0.45, 60.04, 4.0, -21.0, 0.95, True, "hammer", None, None, None),
        StoredNote(2, 1.5, None, 61.0, 0.0, -22.0, 0.90, False, "pick"),
        StoredNote(3, 2.0, 0.05, None, None, -40.0, 0.20, None, "muted"),
    )


@pytest.fixture
def finish() -> Callable[[SessionStart], SessionEnd]:
    """How a session ends, one minute after its start."""

    def end_of(start: SessionStart) -> SessionEnd:
        return SessionEnd(
            session_id=start.session_id,
            ended_at=start.started_at + timedelta(minutes=1),
            duration_s=60.0,
            summary=a_summary(),
            notes=some_notes(),
            unique_notes=3,
            engine_version="1.0",
            engine_settings={"hop_length": 256, "gate_dbfs": -50.0},
        )

    return end_of


SETTINGS = """
[databases]
* = host={host} port=5432
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = 1
max_db_connections = 1
max_client_conn = 50
server_reset_query =
ignore_startup_parameters = extra_float_digits,options
logfile = {folder}/log
pidfile = {folder}/pid
"""


def program() -> str:
    found = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        pytest.skip("pgbouncer is not installed: sudo apt-get install pgbouncer")
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(port: int, child: "subprocess.Popen[bytes]") -> None:
    give_up = time.monotonic() + 20.0
    while time.monotonic() < give_up and child.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1.0).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    pytest.fail("pgbouncer does not answer")


@pytest.fixture(scope="session")
def pgbouncer(upgraded_postgres: Engine) -> Iterator[int]:
    """Port of a PgBouncer in transaction mode, with one server connection for each database."""
    port, host = free_port(), str(upgraded_postgres.url.query["host"])
    with tempfile.TemporaryDirectory(prefix="pgbouncer-") as folder:
        login = upgraded_postgres.url.username
        (Path(folder) / "users.txt").write_text(f'"{login}" ""\n')
        # auth_type = any logs everybody in as the user that the database line names.
        settings = SETTINGS.format(host=host, port=port, folder=folder).replace(
            "port=5432", f"port=5432 user={login}"
        )
        (Path(folder) / "pgbouncer.ini").write_text(settings)
        # It refuses to run as root; whoever owns the server's socket may use it.
        owner = Path(host).owner()
        shutil.chown(folder, owner)
        child = subprocess.Popen([program(), "--quiet", f"{folder}/pgbouncer.ini"], user=owner)
        try:
            wait_for(port, child)
            yield port
        finally:
            child.terminate()
            child.wait(20.0)


@pytest.fixture
def pooled_engine(postgres_engine: Engine, pgbouncer: int) -> Iterator[Engine]:
    """An empty, upgraded Postgres database through that pool."""
    url = postgres_engine.url
    engine = open_engine(f"postgresql://{url.username}@127.0.0.1:{pgbouncer}/{url.database}")
    yield engine
    engine.dispose()
