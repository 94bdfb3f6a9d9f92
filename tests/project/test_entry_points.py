"""Each command that pyproject.toml announces can be loaded and run."""

import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest

GROUP = "fretcoach.commands"


@pytest.fixture(scope="module")
def declared(root: Path) -> dict[str, str]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return dict(project["entry-points"][GROUP])


def test_the_installation_knows_the_declared_commands(declared: dict[str, str]) -> None:
    assert {point.name: point.value for point in entry_points(group=GROUP)} == declared


def test_every_command_loads_under_its_own_name() -> None:
    commands = {point.name: point.load() for point in entry_points(group=GROUP)}
    assert all(isinstance(command, click.Command) for command in commands.values())
    assert {name: command.name for name, command in commands.items()} == {name: name for name in commands}


def test_fretcoach_itself_is_installed() -> None:
    (script,) = entry_points(group="console_scripts", name="fretcoach")
    assert callable(script.load())
