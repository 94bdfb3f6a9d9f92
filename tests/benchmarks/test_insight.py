"""The benchmark of the store runs from the loading to the last table. How fast is for the machine to say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "insight.py"
QUESTIONS = ("sessions", "notes", "analyses", "played", "pitches", "leaps")


def run(*arguments: str) -> str:
    small = ("--sessions", "3", "--notes", "20", "--veteran", "4", "--writers", "1")
    done = subprocess.run(
        [sys.executable, SCRIPT, *small, *arguments], capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_ten_years_in_a_file_are_measured() -> None:
    printed = run("--sqlite")
    for name in QUESTIONS:
        assert re.search(rf"^{name} +\d+( +\d+\.\d){{4}}$", printed, re.MULTILINE), name
    assert re.search(r"^streamed +80 ", printed, re.MULTILINE)
    assert re.search(r"weeks of 80 notes", printed)


@pytest.mark.postgres
def test_a_crowd_on_a_server_is_measured(postgres_engine: Engine) -> None:
    url = postgres_engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    printed = run("--users", "2", "--plans", "--url", url)
    assert "ingest: 120 notes of 2 players" in printed
    assert printed.count("Execution Time") == 3
    assert re.search(r"^insert the notes of a player( +\d+\.\d+){3}( +\d+\.\dx){2}$", printed, re.MULTILINE)
