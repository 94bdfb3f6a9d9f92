"""`fretcoach db`."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, update

from workbench.commands.db import db
from workbench.settings import load_settings
from workbench.store.columns import new_id
from workbench.store.engine import opened, upgrade
from workbench.store.records import SessionStart
from workbench.store.repository import Repository
from workbench.store.schema import SessionRow
from workbench.store.transaction import transaction


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(db, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_status_before_and_after_an_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "data" / "fretcoach.sqlite"
    code, said, _ = run("status")
    assert code == 0
    pending = re.fullmatch(
        re.escape(f"Database: {path}\nVersion: none yet\nPending: ")
        + "(.+) \\(run `fretcoach db upgrade`\\)\n",
        said,
    )
    assert pending is not None
    assert run("upgrade") == (0, f"{path}: applied {pending[1]}.\n", "")
    assert run("upgrade") == (0, f"{path} is up to date.\n", "")
    assert run("status")[1] == f"Database: {path}\nVersion: {pending[1].split(', ')[-1]}\nPending: nothing\n"


@pytest.mark.parametrize("command", ["upgrade", "status"])
def test_a_file_that_is_no_database_fails_in_one_sentence(command: str) -> None:
    path = load_settings().data_dir / "fretcoach.sqlite"
    path.parent.mkdir(parents=True)
    path.write_text("just words " * 500)
    code, said, complaint = run(command)
    assert (code, said) == (1, "")
    assert "is not a FretCoach database" in " ".join(complaint.replace("│", " ").split())


def test_a_setting_that_is_not_allowed_fails_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRETCOACH_LOG_LEVEL", "loud")
    code, _, complaint = run("status")
    assert code == 1
    assert "FRETCOACH_LOG_LEVEL" in complaint


def test_bad_usage_has_its_own_exit_code() -> None:
    assert run("downgrade")[0] == 2
    assert run("status", "--fast")[0] == 2


def test_a_backup_and_back(tmp_path: Path) -> None:
    run("upgrade")
    file = tmp_path / "mine.sqlite"
    code, said, _ = run("backup", str(file))
    assert code == 0
    assert re.fullmatch(re.escape(f"Saved to {file} (") + r"\d+\.\d MB\)\.\n", said)
    code, said, _ = run("restore", str(file))
    assert code == 0
    assert "What was there before is in " in said
    assert said.endswith(": restored 0 sessions with 0 notes.\n")


def test_a_backup_that_is_there_already_is_kept(tmp_path: Path) -> None:
    run("upgrade")
    file = tmp_path / "mine.sqlite"
    file.write_text("precious")
    code, _, complaint = run("backup", str(file))
    assert code == 1
    assert "is there already" in " ".join(complaint.replace("│", " ").split())
    assert file.read_text() == "precious"


def test_a_zone_that_does_not_exist_is_bad_usage() -> None:
    code, _, complaint = run("upgrade", "--zone", "Mars/Olympus")
    assert code == 2
    assert "is no time zone" in " ".join(complaint.replace("│", " ").split())


@pytest.mark.postgres
def test_status_tells_about_the_central_server(
    empty_postgres: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("upgrade")
    settings = load_settings()
    with opened(settings.database_url) as local:
        start = SessionStart(new_id(), settings.player(), datetime(2026, 1, 1, tzinfo=UTC), "A", "natural")
        Repository(local).begin_session(start)
        with transaction(local, start.user) as connection:
            connection.execute(update(SessionRow).values(end_timestamp=start.started_at))
    url = empty_postgres.url.set(drivername="postgresql").render_as_string(hide_password=False)
    monkeypatch.setenv("FRETCOACH_CENTRAL_URL", url)
    said = run("status")[1].splitlines()
    assert said[3] == f"Not sent yet: 1 change of {settings.user}"
    assert re.fullmatch(r"Central server: .*/postgres lacks 0001, .*", said[4])
    upgrade(empty_postgres)
    assert run("status")[1].splitlines()[4].endswith("/postgres is up to date")


def test_status_tells_when_the_central_server_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    run("upgrade")
    monkeypatch.setenv("FRETCOACH_CENTRAL_URL", "postgresql://ada:s3cret@127.0.0.1:1/music")
    code, said, _ = run("status")
    assert code == 0
    assert "Central server: Postgres at 127.0.0.1:1/music can't be reached" in said
    assert "s3cret" not in said
