"""The loop: what reaches the engine, and how it ends."""

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from dsp.events import Block, Output
from workbench.audio.source import SourceKind, SourceLost
from workbench.practice.recorder import Recorder


class Engine:
    def __init__(self) -> None:
        self.blocks: list[tuple[int, int]] = []
        self.flushed = 0

    def push(self, block: Block) -> Output:
        self.blocks.append((block.start, len(block.samples)))
        return Output()

    def flush(self) -> Output:
        self.flushed += 1
        return Output()

    def engine(self) -> dict[str, Any]:
        return {}


class Sink:
    def __init__(self) -> None:
        self.paused: list[bool] = []
        self.flushed_with: list[Output] = []

    def heard(self, block: Block, output: Output, *, paused: bool) -> None:
        self.paused.append(paused)

    def flushed(self, output: Output) -> None:
        self.flushed_with.append(output)


class Steps:
    """A source of blocks of 100 samples that runs an action before each."""

    kind: SourceKind = "take"
    name = "steps"
    sample_rate = 1_000.0
    dropped = 0

    def __init__(self, *actions: Any) -> None:
        self.actions = actions
        self.closed = False

    def open(self) -> None:
        pass

    def blocks(self) -> Iterator[Block]:
        for index, action in enumerate(self.actions):
            if isinstance(action, Exception):
                raise action
            if action is not None:
                action()
            yield Block(np.zeros(100, np.float32), 100 * index)

    def close(self) -> None:
        self.closed = True


def loop(*actions: Any, **options: Any) -> tuple[Recorder, Engine, Sink, Steps]:
    source, engine, sink = Steps(*actions), Engine(), Sink()
    return Recorder(source, engine, sink, **options), engine, sink, source


def test_every_block_goes_through_the_engine_and_then_it_is_flushed() -> None:
    recorder, engine, sink, source = loop(None, None, None)
    assert recorder.run().kind == "finished"
    assert engine.blocks == [(0, 100), (100, 100), (200, 100)]
    assert (engine.flushed, len(sink.flushed_with), source.closed) == (1, 1, True)
    assert recorder.position == 300
    assert recorder.load > 0.0


def test_a_pause_is_a_hole_for_the_engine_and_remembered() -> None:
    actions: list[Any] = [None] * 6
    recorder, engine, sink, source = loop(*actions)
    source.actions = (None, recorder.pause, None, recorder.resume, recorder.pause, recorder.resume)
    recorder.run()
    assert [start for start, _ in engine.blocks] == [0, 300, 500]
    assert sink.paused == [False, True, True, False, True, False]
    assert recorder.pauses == [(100, 300), (400, 500)]


def test_a_time_limit_cuts_the_last_block() -> None:
    recorder, engine, _, _ = loop(None, None, None, seconds=0.15)
    ending = recorder.run()
    assert (ending.kind, ending.message) == ("finished", "The time is up.")
    assert engine.blocks == [(0, 100), (100, 50)]


@pytest.mark.parametrize(
    ("death", "kind"), [(SourceLost("Unplugged."), "lost"), (RuntimeError("a fault"), "failed")]
)
def test_whatever_ends_the_source_the_engine_is_flushed(death: Exception, kind: str) -> None:
    recorder, engine, sink, source = loop(None, death)
    assert recorder.run().kind == kind
    assert (engine.flushed, len(sink.flushed_with), source.closed) == (1, 1, True)


def test_the_first_who_stops_it_says_why() -> None:
    recorder, engine, _, source = loop(None, None, None)

    def stop_twice() -> None:
        recorder.stop("First.")
        recorder.stop("Second.")

    source.actions = (None, stop_twice, None)
    ending = recorder.run()
    assert (ending.kind, ending.message) == ("stopped", "First.")
    assert len(engine.blocks) == 1


def test_an_engine_that_fails_ends_the_loop_without_an_exception() -> None:
    recorder, engine, _, _ = loop(None)
    engine.push = engine.flush = None  # type: ignore[assignment,method-assign]
    runner = threading.Thread(target=recorder.run)
    runner.start()
    runner.join(5.0)
    assert not runner.is_alive()
