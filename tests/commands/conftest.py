"""The command line as a player calls it."""

import sys
from collections.abc import Callable

import pytest

from workbench import cli

Told = tuple[int, str, str]


@pytest.fixture
def fretcoach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Runs `fretcoach`: status, standard output, standard error."""

    def run_command(*arguments: object) -> Told:
        monkeypatch.setattr(sys, "argv", ["fretcoach", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run_command
