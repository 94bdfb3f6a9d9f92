"""Reports of many players, really made, several at a time."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from workbench.demo.history import plan_history, store_history
from workbench.report import many
from workbench.report.many import reports
from workbench.report.run import notebook
from workbench.report.week import ReportError
from workbench.settings import load_settings
from workbench.store.engine import opened, upgrade
from workbench.store.repository import Repository


@pytest.fixture
def history(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two players' practice, and settings that name it for every process."""
    monkeypatch.setenv("PYTHONPATH", str(notebook().parents[1]))
    with opened(load_settings().database_url) as engine:
        upgrade(engine)
        store_history(Repository(engine), plan_history(users=2, weeks=2, seed=1, until=date(2026, 11, 15)))


@pytest.mark.usefixtures("history")
def test_two_at_a_time_do_not_disturb_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = dict(reports(["demo-ada", "demo-ben"], "2026-W46", "html"))
    assert set(made) == {"demo-ada", "demo-ben"}
    for user, page in made.items():
        assert isinstance(page, bytes), page
        assert f"<h1>{user}</h1>" in page.decode()
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == []


def test_a_report_that_fails_is_handed_back_without_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(notebook().parents[1]))
    monkeypatch.setenv("FRETCOACH_DATABASE_URL", "postgresql://ada:open-g-tuning@127.0.0.1:1/none")
    ((user, error),) = reports(["ada"], "2026-W46", "html")
    assert user == "ada"
    assert isinstance(error, ReportError)
    assert "can't be reached" in str(error)
    # The cause tells of the other process all that it said.
    assert "papermill" in str(error.__cause__)
    assert "open-g-tuning" not in f"{error!r} {error.__cause__}"


@pytest.fixture
def scheduler(history: None, tmp_path: Path) -> Iterator[str]:
    """Address of a Dask scheduler with one worker, each a process of its own."""
    told = tmp_path / "scheduler.json"
    common = ["--scheduler-file", str(told), "--no-dashboard"]
    with ExitStack() as running:
        for name, *options in (
            ("dask_scheduler", "--host", "127.0.0.1", "--port", "0"),
            (
                "dask_worker",
                "--nworkers",
                "1",
                "--nthreads",
                "1",
                "--local-directory",
                str(tmp_path / "dask"),
            ),
        ):
            command = [sys.executable, "-m", f"distributed.cli.{name}", *common, *options]
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            running.callback(process.wait, 30.0)
            running.callback(process.terminate)
        deadline = time.monotonic() + 60.0
        while not told.exists() or not told.read_text():
            assert time.monotonic() < deadline, "the scheduler did not start"
            time.sleep(0.1)
        yield json.loads(told.read_text())["address"]


def test_a_dask_worker_makes_a_report(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ((user, made),) = reports(["demo-ada"], "2026-W46", "html", scheduler)
    assert (user, isinstance(made, bytes)) == ("demo-ada", True)


def test_a_scheduler_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "CONNECT_S", 0.5)
    with pytest.raises(ReportError, match=r"^No Dask scheduler answers at tcp://127\.0\.0\.1:1 "):
        list(reports(["ada"], "2026-W46", "html", "tcp://127.0.0.1:1"))


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ReportError, match=r"needs Dask.s distributed: pip install distributed$"):
        list(reports(["ada"], "2026-W46", "html", "tcp://127.0.0.1:1"))
