"""`fretcoach sync`."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from workbench.settings import load_settings
from workbench.store.engine import opened, upgrade

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def central_url(postgres_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> str:
    """A server that the settings know."""
    url = postgres_engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    monkeypatch.setenv("FRETCOACH_CENTRAL_URL", url)
    monkeypatch.setenv("FRETCOACH_USER", "ada")
    return url


def choose(name: str, engine_url: str) -> None:
    """One change on this device."""
    with opened(engine_url) as engine:
        upgrade(engine)
        with engine.begin() as here:
            statement = "INSERT INTO user_configs (user_id, name, value) VALUES ('ada', :name, '1')"
            here.execute(text(statement), {"name": name})


@pytest.mark.postgres
def test_once_says_what_was_sent_and_fetched(
    fretcoach: Run, central_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    choose("click", load_settings().database_url)
    assert fretcoach("sync", "--once") == (0, "Sent 1 change, received 0 changes. Nothing waits.\n", "")
    monkeypatch.setenv("FRETCOACH_DATA_DIR", str(tmp_path / "pedal"))
    assert fretcoach("sync", "--once")[1] == "Sent 0 changes, received 1 change. Nothing waits.\n"


def test_without_a_server_one_sentence_says_so(fretcoach: Run) -> None:
    code, said, complaint = fretcoach("sync", "--once")
    assert (code, said) == (2, "")
    assert complaint.startswith("Error: There is no central server to sync with; set FRETCOACH_CENTRAL_URL")


def test_a_server_that_is_away_fails_in_one_sentence(fretcoach: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRETCOACH_CENTRAL_URL", "postgresql://ada:secret@127.0.0.1:1/music")
    code, said, complaint = fretcoach("sync", "--once")
    assert (code, said) == (1, "")
    assert "can't be reached" in complaint
    assert "secret" not in complaint


@pytest.mark.postgres
def test_a_server_without_our_tables_fails_in_one_sentence(
    fretcoach: Run, empty_postgres: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = empty_postgres.url.set(drivername="postgresql").render_as_string(hide_password=False)
    monkeypatch.setenv("FRETCOACH_CENTRAL_URL", url)
    code, _, complaint = fretcoach("sync", "--once")
    assert code == 1
    assert "run `fretcoach db upgrade` with FRETCOACH_DATABASE_URL set to its address" in complaint


@pytest.mark.postgres
def test_a_server_of_a_newer_fretcoach_fails_in_one_sentence(
    fretcoach: Run, central_url: str, postgres_engine: Engine
) -> None:
    with postgres_engine.begin() as server:
        server.execute(text("UPDATE fretcoach.alembic_version SET version_num = '9999'"))
    code, _, complaint = fretcoach("sync", "--once")
    assert code == 1
    assert "was made by a newer FretCoach" in complaint


def test_it_outlives_the_networks_absence_and_ends_politely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRETCOACH_CENTRAL_URL", "postgresql://ada:secret@127.0.0.1:1/music")
    command = [sys.executable, "-u", "-c", "from workbench.cli import main; main()", "sync"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as going_on:
        assert going_on.stdout is not None
        first = going_on.stdout.readline()
        going_on.send_signal(signal.SIGINT)
        rest, complaint = going_on.communicate(timeout=30)
    assert "can't be reached" in first
    assert "Again in" in first
    assert (going_on.returncode, complaint) == (0, "")
    assert rest.endswith("Stopped. Nothing waits.\n")
