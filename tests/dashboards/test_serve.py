"""`fretcoach app` as a command: what it refuses, and what it serves."""

import json
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboards.parts.serve import app, page_files


def run(*options: str) -> tuple[int, str]:
    """Exit code and what was written to stderr, without the frame around it."""
    result = CliRunner().invoke(app, [*options, "--no-show"])
    return result.exit_code, " ".join(result.stderr.replace("│", "").split())


@pytest.fixture
def players(tmp_path: Path) -> Path:
    path = tmp_path / "players.json"
    path.write_text(json.dumps({"ada": "string"}))
    return path


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "fretcoach.example", "::"])
def test_strangers_need_tls_and_sign_in(host: str, players: Path) -> None:
    code, said = run("--host", host, "--basic-auth", str(players))
    assert code == 2
    assert f"{host} can be reached from other machines: give --certfile, --keyfile and --basic-auth" in said


def test_half_of_tls_is_refused(players: Path) -> None:
    code, said = run("--certfile", str(players))
    assert code == 2
    assert "TLS needs both --certfile and --keyfile." in said


def test_files_that_are_no_certificate_are_refused(players: Path) -> None:
    code, said = run("--certfile", str(players), "--keyfile", str(players))
    assert code == 2
    assert "are no TLS certificate and key" in said


def test_a_port_in_use_is_said_in_a_sentence_and_the_database_is_ready(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-c", "from workbench.cli import main; main()", "app", "--no-show"]
        done = subprocess.run([*command, "--port", str(port)], capture_output=True, text=True, timeout=120.0)
    assert done.returncode == 1
    assert f"Port {port} of 127.0.0.1 can't be used" in done.stderr
    assert "Traceback" not in done.stderr
    with sqlite3.connect(tmp_path / "data" / "fretcoach.sqlite") as database:
        tables = {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
    assert {"sessions", "analyses", "notes"} <= tables


def test_a_database_that_is_none_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "poem.txt").write_text("The strings are six." * 400)
    monkeypatch.setenv("FRETCOACH_DATABASE_URL", f"sqlite:///{tmp_path / 'poem.txt'}")
    code, said = run()
    assert code == 1
    assert "is not a FretCoach database" in said


def test_a_setting_that_can_not_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRETCOACH_LOG_LEVEL", "chatty")
    code, said = run()
    assert code == 1
    assert "FRETCOACH_LOG_LEVEL" in said


def test_every_page_is_served_and_the_front_page_twice() -> None:
    pages = page_files()
    assert {"/", "/index", "/practice", "/sessions", "/progress"} <= set(pages)
    assert pages["/"] == pages["/index"]
    assert all(Path(path).is_file() for path in pages.values())


@pytest.mark.parametrize("content", ['"one password for all"', "{}", '{"ada": ""}', "ada: string", "[]"])
def test_a_file_that_lets_strangers_in_is_refused(tmp_path: Path, content: str) -> None:
    players = tmp_path / "players.json"
    players.write_text(content)
    code, said = run("--basic-auth", str(players))
    assert code == 2
    assert "is no file of players" in said
