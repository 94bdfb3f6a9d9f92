import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from workbench import cli

COMMANDS = ["analyze", "app", "db", "demo-data", "devices", "practice"]


@pytest.fixture
def fretcoach(monkeypatch, capsys):
    """Runs the command line in this process: status, standard output, standard error."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["fretcoach", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


def one_sentence(complaint):
    return re.fullmatch(r"Error: [^\n]+[.?]\n", complaint) is not None


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_lists_every_command_with_a_sentence(fretcoach, flag):
    status, said, complaint = fretcoach(flag)
    assert (status, complaint) == (0, "")
    for command in COMMANDS:
        assert re.search(rf"{command} +[A-Z]\w+", said)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(fretcoach, command):
    status, said, _ = fretcoach(command, "--help")
    assert status == 0
    assert f"fretcoach {command}" in said


def test_without_arguments_it_shows_help_and_is_bad_usage(fretcoach):
    status, said, _ = fretcoach()
    assert status == 2
    assert all(command in said for command in COMMANDS)


def test_it_tells_its_version(fretcoach):
    assert fretcoach("--version")[:2] == (0, f"fretcoach, version {version('fretcoach-workbench')}\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["analyse"], "No such command 'analyse'"),
        (["--loud"], "--loud"),
        (["analyze"], "TAKE"),
        (["analyze", "--channel", "0", "x.wav"], "--channel"),
    ],
)
def test_bad_usage_is_one_sentence_and_status_2(fretcoach, arguments, sentence):
    status, said, complaint = fretcoach(*arguments)
    assert (status, said) == (2, "")
    assert one_sentence(complaint)
    assert sentence in complaint


def test_a_broken_setting_is_one_sentence(fretcoach, monkeypatch):
    monkeypatch.setenv("FRETCOACH_LOG_LEVEL", "loud")
    status, said, complaint = fretcoach("devices")
    assert (status, said) == (1, "")
    assert one_sentence(complaint)
    assert "FRETCOACH_LOG_LEVEL can't be used" in complaint


def test_help_is_there_even_with_a_broken_setting(fretcoach, monkeypatch):
    monkeypatch.setenv("FRETCOACH_LOG_LEVEL", "loud")
    assert fretcoach("--help")[0] == 0


def test_an_interruption_is_status_130(fretcoach, monkeypatch):
    def interrupted(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.fretcoach, "main", interrupted)
    assert fretcoach("devices") == (130, "", "Interrupted.\n")


def test_the_installed_command_is_this_one():
    script = Path(sys.executable).with_name("fretcoach")
    done = subprocess.run([script, "nonsense"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert one_sentence(done.stderr)


def test_a_command_does_not_pay_for_the_imports_of_the_others():
    code = "import sys, workbench.cli; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert {"numpy", "panel", "bokeh", "polars", "sqlalchemy", "sounddevice"}.isdisjoint(loaded.split())
