"""The voice: real espeak-ng where it is installed, the newest sentence wins, absence is told once."""

import logging
import shutil
import sys
import wave
from pathlib import Path

import pytest

from coach.voice import COMMAND, Espeak

LONG = " ".join(["Slow down and let every note ring."] * 400)

LISTENER = """
import pathlib, sys, time
said = pathlib.Path(sys.argv[1])
words = sys.stdin.read()
with said.open("a") as file:
    file.write(words + "\\n")
if words == "wait":
    time.sleep(60)
"""
"""A program that writes down what it is told, in place of a loudspeaker."""


@pytest.fixture
def listener(tmp_path: Path) -> tuple[Espeak, Path]:
    said = tmp_path / "said.txt"
    program = tmp_path / "listener.py"
    program.write_text(LISTENER)
    return Espeak((sys.executable, str(program), str(said))), said


def test_espeak_says_it(tmp_path: Path) -> None:
    if shutil.which(COMMAND[0]) is None:
        pytest.skip("espeak-ng is not installed: sudo apt-get install espeak-ng")
    lengths = []
    for text in ("Yes.", "Your notes come eighteen milliseconds early; wait for the click."):
        heard = tmp_path / "heard.wav"
        voice = Espeak((*COMMAND, "-w", str(heard)))
        voice.say(text)
        assert voice.wait(30.0)
        assert voice.trouble is None
        with wave.open(str(heard)) as sound:
            lengths.append(sound.getnframes() / sound.getframerate())
    assert 0.2 < lengths[0] < lengths[1] < 15.0


def test_words_are_never_options(tmp_path: Path) -> None:
    if shutil.which(COMMAND[0]) is None:
        pytest.skip("espeak-ng is not installed: sudo apt-get install espeak-ng")
    heard = tmp_path / "heard.wav"
    voice = Espeak((*COMMAND, "-w", str(heard)))
    voice.say(f"-w {tmp_path / 'elsewhere.wav'} --version")
    assert voice.wait(30.0)
    assert heard.exists()
    assert not (tmp_path / "elsewhere.wav").exists()


def test_the_newest_sentence_wins(listener: tuple[Espeak, Path]) -> None:
    voice, said = listener
    voice.say("wait")
    assert not voice.wait(0.0)
    voice.say("the newest")
    assert voice.wait(30.0)
    assert said.read_text().endswith("the newest\n")


def test_silence_is_at_once(listener: tuple[Espeak, Path]) -> None:
    voice, _ = listener
    voice.say("wait")
    voice.close()
    assert voice.wait(0.0)
    voice.close()


def test_a_missing_program_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    voice = Espeak(("no-such-program",))
    with caplog.at_level(logging.WARNING):
        voice.say("one")
        voice.say("two")
    voice.close()
    assert voice.trouble is not None
    assert "no-such-program can't be started" in voice.trouble
    assert len(caplog.records) == 1


def test_a_program_that_fails_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    voice = Espeak((sys.executable, "-c", "raise SystemExit(3)"))
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            voice.say(LONG)
            assert voice.wait(30.0)
    voice.close()
    assert voice.trouble is not None
    assert "failed (exit code 3)" in voice.trouble
    assert len(caplog.records) == 1
