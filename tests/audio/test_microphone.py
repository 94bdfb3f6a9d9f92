"""Recording through PortAudio, for real: PulseAudio plays a take into a sink whose monitor is the input."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile as sf

from workbench.audio.devices import input_devices
from workbench.audio.microphone import Microphone
from workbench.audio.source import SourceError, SourceLost

pytestmark = pytest.mark.pulseaudio

RATE = 44_100
LISTEN_S = 5.0
"""The first callback comes up to two seconds late, and paplay takes its time too."""


def record(microphone: Microphone, seconds: float) -> np.ndarray:
    blocks: list[np.ndarray] = []
    for block in microphone.blocks():
        blocks.append(block.samples)
        if block.start > seconds * microphone.sample_rate:
            break
    return np.concatenate(blocks)


def chirps(seed: int) -> np.ndarray:
    """Half a second of noise in bursts: its place in a recording is unmistakable."""
    rng = np.random.default_rng(seed)
    return (0.3 * rng.uniform(-1, 1, RATE // 2) * np.repeat(rng.uniform(0, 1, 50), RATE // 100)).astype(
        np.float32
    )


def best_match(recorded: np.ndarray, played: np.ndarray) -> float:
    """Correlation coefficient at the lag where the two agree best."""
    size = 1 << int(np.ceil(np.log2(len(recorded) + len(played))))
    product = np.fft.irfft(np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(played, size)))
    at = int(np.argmax(product[: len(recorded) - len(played)]))
    return float(np.corrcoef(recorded[at : at + len(played)], played)[0, 1])


@pytest.fixture
def microphone() -> Iterator[Callable[..., Microphone]]:
    opened: list[Microphone] = []

    def make(*args: Any, **options: Any) -> Microphone:
        opened.append(Microphone(*args, **options))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.mark.parametrize("channel", [1, 2])
def test_one_channel_of_what_is_played_is_heard(
    card: Any, microphone: Callable[..., Microphone], tmp_path: Path, channel: int
) -> None:
    played = np.stack([chirps(1), chirps(2)], axis=1)
    path = tmp_path / "played.wav"
    sf.write(path, np.concatenate([np.zeros((RATE, 2)), played]), RATE, subtype="FLOAT")
    source = microphone("pulse", channel)
    source.open()
    assert source.name == f"pulse, channel {channel}"
    with card.play(path):
        recorded = record(source, LISTEN_S)
    assert best_match(recorded, played[:, channel - 1]) > 0.9999
    assert best_match(recorded, played[:, 2 - channel]) < 0.5
    assert source.dropped == 0


def test_the_inputs_are_listed(card: Any) -> None:
    names = [device.name for device in input_devices()]
    assert "pulse" in names


def test_close_ends_the_blocks(card: Any, microphone: Callable[..., Microphone]) -> None:
    source = microphone()
    source.open()
    blocks = source.blocks()
    next(blocks)
    closer = threading.Timer(0.05, source.close)
    closer.start()
    assert all(block.samples.size for block in blocks)
    closer.join()


def test_a_card_that_goes_away_is_lost_after_what_was_heard(
    card: Any, microphone: Callable[..., Microphone]
) -> None:
    source = microphone()
    source.open()
    blocks = source.blocks()
    heard = [next(blocks) for _ in range(10)]
    card.stop()
    with pytest.raises(SourceLost, match="was it unplugged"):
        heard.extend(blocks)
    assert [block.start for block in heard[:10]] == [512 * index for index in range(10)]


def test_a_card_that_is_not_there_any_more_cannot_be_opened(
    card: Any, microphone: Callable[..., Microphone]
) -> None:
    input_devices()
    card.stop()
    with pytest.raises(SourceError) as refused:
        microphone("pulse").open()
    # Not listed any more, or listed and refused: how soon the system notices differs.
    assert re.fullmatch(
        r"There is no input pulse; .*\.|No sound card input .*|.* can't be opened \(.*\); .*\?",
        str(refused.value),
    )


def test_a_channel_that_is_not_there_is_refused(card: Any, microphone: Callable[..., Microphone]) -> None:
    with pytest.raises(SourceError, match=r"so there is no channel 99 \(the first is 1\)"):
        microphone("pulse", 99).open()
