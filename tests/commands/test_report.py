"""`fretcoach report`: what it writes, and how it says no."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from workbench.commands import report as command
from workbench.demo.history import plan_history, store_history
from workbench.printing import PrintError
from workbench.report import run
from workbench.report.week import ReportError, Week
from workbench.settings import load_settings
from workbench.store.engine import opened, upgrade
from workbench.store.repository import Repository

Told = tuple[int, str, str]
Fretcoach = Callable[..., Told]

SUNDAY = date(2026, 11, 22)
"""The last day of the demo."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """Reports that were asked for; each is a few bytes instead of a notebook's run."""
    made: list[tuple[str, str, str]] = []

    def a_report(user: str, week: str, kind: str, **_: Any) -> bytes:
        made.append((user, week, kind))
        return f"{kind} of {user}".encode()

    monkeypatch.setattr(command, "one_report", a_report)
    return made


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, and a Tuesday after the demo."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(command, "today", lambda: SUNDAY + timedelta(days=2))
    return folder


@pytest.fixture
def demo() -> None:
    with opened(load_settings().database_url) as engine:
        upgrade(engine)
        store_history(Repository(engine), plan_history(users=2, weeks=2, seed=1, until=SUNDAY))


@pytest.mark.usefixtures("demo")
def test_one_report_is_written_here(fretcoach: Fretcoach, asked: list[Any], here: Path) -> None:
    status, out, err = fretcoach("report", "--user", "demo-ben", "--week", "2026-W47")
    assert (status, out, err) == (0, "Wrote fretcoach-demo-ben-2026-W47.html\n", "")
    assert asked == [("demo-ben", "2026-W47", "html")]
    assert [path.name for path in here.iterdir()] == ["fretcoach-demo-ben-2026-W47.html"]
    assert (here / "fretcoach-demo-ben-2026-W47.html").read_text() == "html of demo-ben"


@pytest.mark.usefixtures("demo")
def test_without_a_week_it_is_the_last_one_and_without_a_user_the_settings(
    fretcoach: Fretcoach, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRETCOACH_USER", "demo-ada")
    assert fretcoach("report", "--format", "pdf")[0] == 0
    assert asked == [("demo-ada", "2026-W47", "pdf")]


@pytest.mark.usefixtures("demo")
def test_every_player_who_practised(
    fretcoach: Fretcoach, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reports(users: list[str], week: str, kind: str, scheduler: str | None) -> Any:
        assert (week, kind, scheduler) == ("2026-W46", "html", "tcp://there:8786")
        return ((user, user.encode()) for user in users)

    monkeypatch.setattr(command, "reports", reports)
    status, out, _ = fretcoach(
        "report", "--all-users", "--week", "2026-W46", "--scheduler", "tcp://there:8786"
    )
    assert status == 0
    names = [f"fretcoach-demo-{name}-2026-W46.html" for name in ("ada", "ben")]
    assert sorted(path.name for path in here.iterdir()) == names
    assert out.splitlines() == [f"Wrote {name}" for name in names]


@pytest.mark.usefixtures("demo")
def test_one_failure_does_not_keep_the_others_back(
    fretcoach: Fretcoach, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reports(users: list[str], *_: object) -> Any:
        yield users[0], ReportError("The notebook stopped.")
        yield users[1], b"page"

    monkeypatch.setattr(command, "reports", reports)
    status, _, err = fretcoach("report", "--all-users", "--week", "2026-W46")
    assert status == 1
    assert err.strip().endswith("1 of 2 reports could not be made: demo-ada: The notebook stopped.")
    assert [path.name for path in here.iterdir()] == ["fretcoach-demo-ben-2026-W46.html"]


@pytest.mark.postgres
def test_a_login_of_the_app_has_its_own_report_and_no_list_of_players(
    fretcoach: Fretcoach, asked: list[Any], app_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = plan_history(users=1, weeks=2, seed=1, until=SUNDAY)
    store_history(Repository(app_engine), plans)
    monkeypatch.setenv("FRETCOACH_DATABASE_URL", app_engine.url.render_as_string(hide_password=False))
    assert fretcoach("report", "--user", "demo-ada", "--week", "2026-W46")[0] == 0
    assert asked == [("demo-ada", "2026-W46", "html")]
    status, _, err = fretcoach("report", "--all-users", "--week", "2026-W46")
    assert status == 1
    assert "may not see the sessions of every player" in err


def test_a_week_in_which_nobody_practised(fretcoach: Fretcoach) -> None:
    assert fretcoach("report", "--all-users", "--week", "2020-W10")[:2] == (
        0,
        "Nobody practised in 2020-W10.\n",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--week", "soon"), "'soon' is no week; write a year and a week like 2026-W47."),
        (("--week", "2026-W49"), "2026-W49 has not begun yet; this week is 2026-W48."),
        (("--user", "nobody", "--week", "2026-W47"), "Nothing is stored for a player called 'nobody' in "),
        (("--user", " ", "--week", "2026-W47"), "The player has no name; give one"),
        (("--user", "ada", "--all-users"), "--user names one player and --all-users means every player"),
        (("--format", "docx"), "'docx' is not one of 'html', 'pdf'"),
    ],
)
def test_bad_usage_is_one_sentence(
    fretcoach: Fretcoach, asked: list[Any], arguments: tuple[str, ...], said: str
) -> None:
    status, out, err = fretcoach("report", *arguments)
    assert (status, out, asked) == (2, "", [])
    assert said in err
    assert "Traceback" not in err


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("error", [ReportError("The notebook stopped."), PrintError("No browser.")])
def test_a_report_that_fails_is_a_failure(
    fretcoach: Fretcoach, here: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_: object, **__: object) -> bytes:
        raise error

    monkeypatch.setattr(command, "one_report", fails)
    assert fretcoach("report", "--user", "demo-ada", "--week", "2026-W46") == (1, "", f"Error: {error}\n")
    assert list(here.iterdir()) == []


@pytest.mark.usefixtures("demo")
def test_missing_packages_are_named(fretcoach: Fretcoach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PACKAGES", ("ipykernel", "no_papermill_here"))
    status, _, err = fretcoach("report", "--user", "demo-ada", "--week", "2026-W46")
    assert status == 1
    assert err == "Error: A report needs no_papermill_here: pip install no_papermill_here\n"


@pytest.mark.usefixtures("demo", "asked")
def test_a_folder_that_can_not_be_written_is_told(
    fretcoach: Fretcoach, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "fretcoach-demo-ada-2026-W46.html").mkdir()
    status, _, err = fretcoach("report", "--user", "demo-ada", "--week", "2026-W46")
    assert status == 1
    assert "fretcoach-demo-ada-2026-W46.html can't be written here" in err
    assert [path.name for path in here.iterdir()] == ["fretcoach-demo-ada-2026-W46.html"]


def test_names_of_players_become_names_of_files() -> None:
    assert command._file_name("demo-ada") == "demo-ada"
    assert command._file_name("ada@home.org") == "ada@home.org"
    names = {command._file_name(name) for name in ("../ada", "ada/", "ada\\", "", "..", "ada " * 60)}
    assert len(names) == 6
    assert all("/" not in name and not name.startswith(".") and len(name) < 80 for name in names)


def test_a_week_is_asked_from_midnight_on_the_players_clock() -> None:
    monday = Week.of(SUNDAY).monday
    assert command._midnight(monday).astimezone().date() == monday
    assert command._midnight(monday).utcoffset() is not None
