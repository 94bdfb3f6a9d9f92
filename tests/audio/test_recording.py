"""Takes: whole, cut, odd and huge files."""

import threading
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from workbench.audio.bundled import take_file
from workbench.audio.recording import BLOCK_LENGTH, Take, load_take
from workbench.audio.source import SourceError, SourceLost

RATE = 44_100


def noise(n: int, seed: int = 440) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, 0.1, n).astype(np.float32)


def write(path: Path, samples: np.ndarray, rate: int = RATE, subtype: str = "FLOAT") -> Path:
    sf.write(path, samples, rate, subtype=subtype)
    return path


def heard_before_the_end(take: Take) -> tuple[np.ndarray, SourceLost]:
    blocks: list[np.ndarray] = []
    with pytest.raises(SourceLost) as lost:
        blocks.extend(block.samples for block in take.blocks())
    return np.concatenate(blocks), lost.value


def test_blocks_put_together_are_the_file(tmp_path: Path) -> None:
    samples = noise(40 * BLOCK_LENGTH + 17)
    take = Take(write(tmp_path / "take.wav", samples), realtime=False)
    take.open()
    blocks = list(take.blocks())
    assert [block.start for block in blocks] == [BLOCK_LENGTH * index for index in range(41)]
    np.testing.assert_array_equal(np.concatenate([block.samples for block in blocks]), samples)


def test_a_length_that_is_a_multiple_of_a_block_ends_well(tmp_path: Path) -> None:
    samples, _ = load_take(write(tmp_path / "take.wav", noise(64 * BLOCK_LENGTH)))
    assert len(samples) == 64 * BLOCK_LENGTH


def test_each_channel_can_be_chosen(tmp_path: Path) -> None:
    left, right = noise(RATE, 1), noise(RATE, 2)
    path = write(tmp_path / "stereo.wav", np.stack([left, right], axis=1))
    np.testing.assert_array_equal(load_take(path, 1)[0], left)
    np.testing.assert_array_equal(load_take(path, 2)[0], right)


@pytest.mark.parametrize("rate", [8_000, 48_000, 192_000])
def test_usual_and_unusual_rates_are_read(tmp_path: Path, rate: int) -> None:
    samples, heard_rate = load_take(write(tmp_path / "take.wav", noise(rate), rate))
    assert (len(samples), heard_rate) == (rate, rate)


def test_flac_is_read() -> None:
    samples, rate = load_take(take_file("r_clean_01.flac"))
    assert (len(samples), rate) == (441_000, 44_100.0)


def test_mp3_reads_the_same_in_pieces_as_at_once(tmp_path: Path) -> None:
    path = tmp_path / "take.mp3"
    samples, rate = load_take(take_file("r_clean_01.flac"))
    sf.write(path, samples, int(rate))
    np.testing.assert_array_equal(load_take(path)[0], sf.read(path, dtype="float32")[0])


@pytest.mark.parametrize("fraction", [0.3, 0.5, 0.9])
@pytest.mark.parametrize("name", ["take.flac", "take.wav", "take.aiff"])
def test_a_cut_file_gives_what_it_holds_and_then_says_so(tmp_path: Path, name: str, fraction: float) -> None:
    expected, _ = load_take(take_file("r_clean_01.flac"))
    whole = write(tmp_path / name, expected, subtype="PCM_16")
    content = whole.read_bytes()
    whole.write_bytes(content[: int(fraction * len(content))])
    take = Take(whole, realtime=False)
    take.open()
    heard, lost = heard_before_the_end(take)
    assert len(heard) > (fraction - 0.15) * len(expected)
    np.testing.assert_array_equal(heard, expected[: len(heard)])
    assert str(lost).startswith(f"{name} breaks off after ")


def test_a_wav_from_a_pipe_that_does_not_know_its_length_is_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "piped.wav", noise(RATE), subtype="PCM_16")
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    assert len(load_take(path)[0]) == RATE


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_sample_that_is_no_number_ends_the_take_and_its_place_is_named(tmp_path: Path, bad: float) -> None:
    samples = noise(RATE)
    samples[22_050] = bad
    take = Take(write(tmp_path / "bad.wav", samples), realtime=False)
    take.open()
    heard, lost = heard_before_the_end(take)
    np.testing.assert_array_equal(heard, samples[: len(heard)])
    assert 22_050 - BLOCK_LENGTH < len(heard) <= 22_050
    assert str(lost) == "bad.wav holds a sample that is no number (NaN or infinite) at 0.500 s."


@pytest.mark.parametrize(
    ("samples", "sentence"),
    [
        (np.zeros(0, np.float32), "odd.wav is empty: there is no sound in it."),
        (np.zeros(1, np.float32), "odd.wav holds 1 sample; a take needs at least 0.1 s."),
        (np.zeros(100, np.float32), "odd.wav holds 100 samples; a take needs at least 0.1 s."),
    ],
)
def test_a_take_too_short_is_refused(tmp_path: Path, samples: np.ndarray, sentence: str) -> None:
    with pytest.raises(SourceError) as refused:
        Take(write(tmp_path / "odd.wav", samples)).open()
    assert str(refused.value) == sentence


def test_what_is_no_sound_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "song.txt").write_text("la la la")
    with pytest.raises(SourceError, match=r"song\.txt can't be read as sound"):
        Take(tmp_path / "song.txt").open()
    with pytest.raises(SourceError, match="There is no file"):
        Take(tmp_path / "none.wav").open()
    with pytest.raises(SourceError, match="is a folder"):
        Take(tmp_path).open()


def test_a_rate_out_of_range_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="runs at 4000 Hz; rates from 8000 to 192000 Hz"):
        Take(write(tmp_path / "slow.wav", noise(4_000), 4_000)).open()


@pytest.mark.parametrize("channel", [0, 3, -1])
def test_a_channel_that_is_not_there_is_refused(tmp_path: Path, channel: int) -> None:
    path = write(tmp_path / "stereo.wav", np.zeros((RATE, 2), np.float32))
    with pytest.raises(SourceError, match=f"stereo.wav has 2 channels, so there is no channel {channel} "):
        Take(path, channel).open()


def test_two_hours_need_no_more_memory_than_a_minute(tmp_path: Path) -> None:
    path = tmp_path / "long.flac"
    silence = np.zeros(60 * 8_000, np.float32)
    with sf.SoundFile(path, "w", 8_000, 1, format="FLAC") as file:
        for _ in range(120):
            file.write(silence)
    take = Take(path, realtime=False)
    take.open()
    assert take.duration_s == 7_200.0
    tracemalloc.start()
    heard = sum(len(block.samples) for block in take.blocks())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert heard == 7_200 * 8_000
    assert peak < 3_000_000  # the whole take would be 230 MB


def test_in_real_time_no_block_comes_before_it_was_played(tmp_path: Path) -> None:
    take = Take(write(tmp_path / "take.wav", noise(RATE // 4)))
    take.open()
    began = time.monotonic()
    early = [
        block.start
        for block in take.blocks()
        if time.monotonic() - began < (block.start + len(block.samples)) / RATE - 0.001
    ]
    assert early == []


def test_close_ends_a_take_in_real_time_at_once() -> None:
    take = Take(take_file("r_clean_01.flac"))
    take.open()
    blocks = take.blocks()
    next(blocks)
    closer = threading.Timer(0.05, take.close)
    closer.start()
    heard = sum(len(block.samples) for block in blocks)
    closer.join()
    assert heard < 441_000
