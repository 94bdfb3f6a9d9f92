"""The browser's microphone: messages in, blocks out, holes where something got lost."""

import numpy as np
import pytest

from workbench.audio.browser import MAX_SAMPLES, BrowserSource
from workbench.audio.source import SourceError, SourceLost


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def pcm(n: int, value: float = 0.25) -> bytes:
    return np.full(n, value, "<f4").tobytes()


def starts(source: BrowserSource) -> list[int]:
    source.lost("over")
    heard: list[int] = []
    with pytest.raises(SourceLost, match="over"):
        heard.extend(block.start for block in source.blocks())
    return heard


def test_messages_become_blocks_with_their_samples() -> None:
    source = BrowserSource(48_000)
    source.open()
    samples = np.linspace(-1.0, 1.0, 512, dtype="<f4")
    source.feed(0, 0, samples.tobytes())
    block = next(source.blocks())
    assert block.start == 0
    assert block.samples.dtype == np.float32
    np.testing.assert_array_equal(block.samples, samples)


def test_a_lost_message_is_a_hole_and_is_counted() -> None:
    source = BrowserSource(48_000)
    source.feed(0, 0, pcm(512))
    source.feed(3, 3 * 512, pcm(512))
    assert source.dropped == 2
    assert starts(source) == [0, 1536]


def test_a_message_that_comes_twice_or_late_is_left_out() -> None:
    source = BrowserSource(48_000)
    source.feed(0, 0, pcm(512))
    source.feed(1, 512, pcm(512))
    source.feed(1, 512, pcm(512))
    source.feed(0, 0, pcm(512))
    assert starts(source) == [0, 512]


def test_a_page_that_comes_back_leaves_a_hole_of_its_absence() -> None:
    clock = Clock()
    source = BrowserSource(48_000, clock=clock)
    source.feed(0, 0, pcm(512))
    clock.now += 2.0
    source.restart(48_000)
    source.feed(0, 0, pcm(512))
    assert source.dropped == 0
    assert starts(source) == [0, 96_000]


def test_the_stream_begins_with_what_is_heard_first() -> None:
    clock = Clock()
    source = BrowserSource(48_000, clock=clock)
    clock.now += 10.0
    source.feed(200, 102_400, pcm(512))
    source.feed(201, 102_912, pcm(512))
    assert source.dropped == 0
    assert starts(source) == [0, 512]


def test_a_count_that_no_clock_could_reach_is_refused() -> None:
    source = BrowserSource(48_000)
    source.feed(0, 0, pcm(512))
    with pytest.raises(ValueError, match="later than any clock could have it"):
        source.feed(1, 10**15, pcm(512))


def test_a_page_that_comes_back_at_once_still_leaves_a_hole() -> None:
    source = BrowserSource(48_000, clock=Clock())
    source.feed(0, 0, pcm(512))
    source.restart(48_000)
    source.feed(0, 0, pcm(512))
    assert starts(source) == [0, 513]


def test_a_page_that_comes_back_at_another_rate_is_refused() -> None:
    with pytest.raises(SourceError, match="came back at 44100 Hz, not 48000 Hz"):
        BrowserSource(48_000).restart(44_100)


@pytest.mark.parametrize(
    ("seq", "frame", "data"),
    [(0, 0, b""), (0, 0, b"abc"), (0, 0, pcm(MAX_SAMPLES + 1)), (-1, 0, pcm(4)), (0, -1, pcm(4))],
    ids=["empty", "no float32", "too long", "negative seq", "negative frame"],
)
def test_what_no_page_of_ours_sends_is_refused(seq: int, frame: int, data: bytes) -> None:
    with pytest.raises(ValueError, match=rf"Message {seq} \(frame {frame}, {len(data)} bytes\)"):
        BrowserSource(48_000).feed(seq, frame, data)


def test_a_rate_that_the_engine_does_not_take_is_refused() -> None:
    with pytest.raises(SourceError, match="runs at 3000 Hz"):
        BrowserSource(3_000)


def test_a_tab_that_goes_ends_the_source_with_a_sentence() -> None:
    source = BrowserSource(48_000)
    source.lost()
    with pytest.raises(SourceLost, match="The browser's microphone is gone"):
        next(source.blocks())


def test_a_browser_that_falls_silent_on_the_wire_is_lost() -> None:
    with pytest.raises(SourceLost, match=r"The browser sent no sound for 0\.02 s\."):
        next(BrowserSource(48_000, silence_s=0.02).blocks())
