"""A sound card made of PulseAudio: what is played into a null sink is recorded through PortAudio."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

_START_S = 10.0


@dataclass
class VirtualCard:
    """A PulseAudio daemon of our own with a null sink at 44.1 kHz, so that nothing is resampled."""

    runtime: Path
    daemon: subprocess.Popen[bytes]

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PULSE_SERVER": f"unix:{self.runtime / 'native'}",
            "PULSE_RUNTIME_PATH": str(self.runtime),
            "PULSE_COOKIE": str(self.runtime / "cookie"),
            "HOME": str(self.runtime),
            "XDG_RUNTIME_DIR": str(self.runtime),
        }

    def play(self, path: Path) -> "subprocess.Popen[bytes]":
        """Play a sound file into the sink."""
        return subprocess.Popen(["paplay", str(path)], env=os.environ | self.environment)

    def answers(self) -> bool:
        asked = subprocess.run(["pactl", "info"], env=os.environ | self.environment, capture_output=True)
        return asked.returncode == 0

    def stop(self) -> None:
        self.daemon.terminate()
        self.daemon.wait(_START_S)


def start_card(runtime: Path) -> VirtualCard:
    runtime.chmod(0o700)
    modules = [
        f"module-native-protocol-unix auth-anonymous=1 socket={runtime / 'native'}",
        "module-null-sink sink_name=guitar rate=44100 channels=2",
        "module-always-sink",
    ]
    command = ["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", "--disallow-exit=no"]
    for module in modules:
        command += ["-L", module]
    card = VirtualCard(runtime, None)  # type: ignore[arg-type]
    card.daemon = subprocess.Popen(
        command, env=os.environ | card.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + _START_S
    while not card.answers():
        if time.monotonic() > deadline or card.daemon.poll() is not None:
            card.daemon.kill()
            card.daemon.wait()
            pytest.skip("PulseAudio does not start here")
        time.sleep(0.05)
    subprocess.run(
        ["pactl", "set-default-source", "guitar.monitor"], env=os.environ | card.environment, check=True
    )
    return card


@pytest.fixture
def new_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], VirtualCard]]:
    """Starts virtual cards and makes PortAudio use them."""
    for program in ("pulseaudio", "paplay", "pactl"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (Debian: apt install pulseaudio pulseaudio-utils)")
    cards: list[VirtualCard] = []

    def start() -> VirtualCard:
        runtime = tmp_path / f"pulse-{len(cards)}"
        runtime.mkdir()
        card = start_card(runtime)
        cards.append(card)
        for name, value in card.environment.items():
            monkeypatch.setenv(name, value)
        return card

    yield start
    for card in cards:
        if card.daemon.poll() is None:
            card.stop()


@pytest.fixture
def card(new_card: Callable[[], VirtualCard]) -> VirtualCard:
    """One virtual card."""
    return new_card()
