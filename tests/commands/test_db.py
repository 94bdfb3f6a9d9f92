"""`fretcoach db`."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from workbench.commands.db import db
from workbench.settings import load_settings


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
