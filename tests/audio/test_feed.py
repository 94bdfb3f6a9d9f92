"""The bounded queue between a pushing source and a practice."""

import threading

import numpy as np
import pytest

from dsp.events import Block
from workbench.audio.feed import BlockFeed
from workbench.audio.source import SourceLost


def block(start: int, value: float = 0.0) -> Block:
    return Block(np.full(4, value, np.float32), start)


def feed(silence_s: float = 5.0, capacity: int = 3) -> BlockFeed:
    return BlockFeed(silence_s=silence_s, silence_message="Nothing came.", capacity=capacity)


def test_a_full_queue_drops_the_newest_and_counts_it() -> None:
    queue = feed()
    for index in range(5):
        queue.put(block(4 * index))
    queue.lose("over")
    blocks = queue.blocks()
    assert [next(blocks).start for _ in range(3)] == [0, 4, 8]
    assert queue.dropped == 2


def test_what_was_queued_is_heard_before_the_loss_is_told() -> None:
    queue = feed()
    queue.put(block(0))
    queue.lose("Unplugged.")
    queue.lose("Something later.")
    blocks = queue.blocks()
    assert next(blocks).start == 0
    with pytest.raises(SourceLost, match=r"^Unplugged\.$"):
        next(blocks)


def test_close_ends_the_blocks_even_with_some_waiting() -> None:
    queue = feed()
    queue.put(block(0))
    queue.close()
    assert list(queue.blocks()) == []


def test_close_wakes_the_one_who_waits() -> None:
    queue = feed()
    taker = threading.Thread(target=lambda: list(queue.blocks()))
    taker.start()
    queue.close()
    taker.join(5.0)
    assert not taker.is_alive()


def test_a_source_that_sends_nothing_is_lost() -> None:
    with pytest.raises(SourceLost, match=r"^Nothing came\.$"):
        next(feed(silence_s=0.02).blocks())


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_block_with_a_sample_that_is_no_number_becomes_a_hole(bad: float) -> None:
    queue = feed()
    queue.put(block(0))
    queue.put(block(4, bad))
    queue.put(block(8))
    queue.lose("over")
    blocks = queue.blocks()
    assert [next(blocks).start, next(blocks).start] == [0, 8]
    assert queue.dropped == 1
