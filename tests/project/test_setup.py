"""The set-up script says in one sentence what is missing, before it has touched anything."""

import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def bare_checkout(root: Path, tmp_path: Path) -> Path:
    """A folder with the script alone: no .venv yet."""
    (tmp_path / "tools").mkdir()
    shutil.copy(root / "tools" / "setup.sh", tmp_path / "tools")
    return tmp_path


def run_setup(checkout: Path, *arguments: str, python: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "tools" / "setup.sh", *arguments],
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_new_enough_python_it_names_what_to_install(bare_checkout: Path) -> None:
    done = run_setup(bare_checkout, "run", python="no-such-python")
    assert done.returncode == 1
    assert done.stderr.startswith("FretCoach needs Python 3.11 or newer: ")
    assert len(done.stderr.splitlines()) == 1
    assert not (bare_checkout / ".venv").exists()


@pytest.mark.parametrize("arguments", [(), ("dance",)])
def test_an_unknown_purpose_is_told_the_known_ones(bare_checkout: Path, arguments: tuple[str, ...]) -> None:
    done = run_setup(bare_checkout, *arguments, python="python3")
    assert done.returncode == 1
    assert done.stderr == "usage: tools/setup.sh build|run|coach|test\n"
    assert not (bare_checkout / ".venv").exists()


def test_ci_runs_make_test_and_nothing_else(root: Path) -> None:
    *_, last = (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert last == "exec make test"
