"""`fretcoach coach`, as a player types it."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from loopback import Server, Status, Text
from sqlalchemy import Engine

from workbench import cli
from workbench.store.plans import Plans
from workbench.user import User

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(crowd_engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs `fretcoach coach`: status, standard output, standard error."""
    monkeypatch.setenv("FRETCOACH_DATABASE_URL", str(crowd_engine.url))

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["fretcoach", "coach", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_the_rules_answer_without_a_model(ask: Ask) -> None:
    status, out, err = ask("How was my last session?", "--user", "demo-ada")
    assert status == 0
    assert out.startswith("Your last session was on ")
    assert "minutes" in out.splitlines()[-2]
    assert err == "Looking at your last session ...\n"


def test_a_plan_is_shown_and_saved_by_a_yes(ask: Ask, crowd_engine: Engine) -> None:
    _, out, _ = ask("make a plan of 20 minutes", "--user", "demo-ben")
    assert "Plan: 20 minutes in " in out
    assert out.endswith('To save it: fretcoach coach "yes"\n')
    assert Plans(crowd_engine).newest(User("demo-ben"), 5) == []
    assert ask("yes", "--user", "demo-ben")[1].startswith("The plan is saved.")
    assert len(Plans(crowd_engine).newest(User("demo-ben"), 5)) == 1


def test_a_model_answers_where_one_is_configured(
    ask: Ask, loopback_model: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in loopback_model.environment().items():
        monkeypatch.setenv(name, value)
    loopback_model.script([Text("Play slowly. Then play on."), Status(500)])
    assert ask("hello", "--user", "demo-ada") == (
        0,
        "Play slowly. Then play on.\n",
        "(The compatible server loopback)\n",
    )
    _, out, err = ask("hello", "--user", "demo-ada")
    assert "your last session" in out
    assert "has a fault of its own (500)." in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Missing argument 'QUESTION'."),
        (("hello", "--user", " "), "The player has no name; give one, such as FRETCOACH_USER=ada."),
    ],
)
def test_bad_usage_is_told(ask: Ask, arguments: tuple[str, ...], sentence: str) -> None:
    assert ask(*arguments) == (2, "", f"Error: {sentence}\n")


def test_a_database_that_can_not_be_read_is_told(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "broken.sqlite").write_text("this is no database")
    monkeypatch.setenv("FRETCOACH_DATABASE_URL", f"sqlite:///{tmp_path / 'broken.sqlite'}")
    status, out, err = ask("hello")
    assert (status, out) == (1, "")
    assert err.startswith("Error: ")
