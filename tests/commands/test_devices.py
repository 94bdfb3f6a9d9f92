"""`fretcoach devices`: what can be heard through a sound card."""

import pytest
from click.testing import CliRunner

from workbench.audio.devices import InputDevice
from workbench.commands import devices as module
from workbench.commands.devices import devices


def test_every_input_is_listed_with_channels_and_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = [
        InputDevice(0, "HDA Intel", "ALSA", 2, 48_000.0, False),
        InputDevice(4, "Scarlett 2i2", "ALSA", 18, 44_100.0, True),
    ]
    monkeypatch.setattr(module, "input_devices", lambda: inputs)
    result = CliRunner().invoke(devices)
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[1] == ["0", "HDA", "Intel", "2", "48000", "Hz", "ALSA"]
    assert lines[2] == ["4", "Scarlett", "2i2", "18", "44100", "Hz", "ALSA", "default"]


def test_without_any_input_it_says_so_and_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "input_devices", list)
    result = CliRunner().invoke(devices)
    assert result.exit_code == 0
    assert result.stdout.startswith("No sound card input was found; plug one in")


def test_portaudio_is_asked_for_real() -> None:
    result = CliRunner().invoke(devices)
    assert result.exit_code == 0, result.stderr
    assert "input" in result.stdout or "Number" in result.stdout
