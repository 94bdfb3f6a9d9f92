"""Reports of many players, really made, several at a time."""

from datetime import date
from pathlib import Path

import pytest

from workbench.demo.history import plan_history, store_history
from workbench.report.many import reports
from workbench.report.run import notebook
from workbench.report.week import ReportError
from workbench.settings import load_settings
from workbench.store.engine import opened, upgrade
from workbench.store.repository import Repository


def test_two_at_a_time_do_not_disturb_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(notebook().parents[1]))
    monkeypatch.chdir(tmp_path)
    with opened(load_settings().database_url) as engine:
        upgrade(engine)
        store_history(Repository(engine), plan_history(users=2, weeks=2, seed=1, until=date(2026, 11, 15)))
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
