"""Practices to test with: a source under the test's control, an engine that says what it was told to say."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine

from dsp.events import Block, Event, Kind, Note, Output, Reading
from dsp.scales import parse_scale
from workbench.audio.source import SourceLost
from workbench.practice.goal import Goal
from workbench.practice.session import Practice
from workbench.store.repository import Repository
from workbench.user import User

RATE = 8_000
BLOCK = 80
"""Ten milliseconds."""


class PushedSource:
    """Gives the blocks that the test lets through, then ends as it is told."""

    kind = "take"
    name = "a source of the test"
    sample_rate = float(RATE)

    def __init__(self) -> None:
        self.dropped = 0
        self._released = threading.Semaphore(0)
        self._position = 0
        self._over = False
        self._closed = False
        self._error: Exception | None = None
        self.opened = False

    def open(self) -> None:
        self.opened = True

    def play(self, seconds: float) -> None:
        """Let so much sound through."""
        for _ in range(round(seconds * RATE / BLOCK)):
            self._released.release()

    def finish(self, error: Exception | None = None) -> None:
        """After what was let through the source ends, or dies of `error`."""
        self._error, self._over = error, True
        self._released.release()

    def close(self) -> None:
        self._closed = True
        self._released.release()

    def blocks(self) -> Iterator[Block]:
        while True:
            self._released.acquire()
            if self._closed:
                return
            if self._over and not self._released.acquire(blocking=False):
                if self._error is not None:
                    raise self._error
                return
            if self._over:
                self._released.release()
            tone = 0.1 * np.sin(np.arange(self._position, self._position + BLOCK)).astype(np.float32)
            yield Block(tone, self._position)
            self._position += BLOCK


class ScriptedEngine:
    """Claims each note of a script once the stream has gone past it: (onset_s, offset_s, midi).

    With `taken_back` it sees a tenth of a second into the last note that it was something of that kind.
    """

    CLAIM_S, DOUBT_S = 0.04, 0.1

    def __init__(
        self, rate: float, script: list[tuple[float, float, float]], taken_back: Kind | None = None
    ) -> None:
        self._rate, self._taken_back = rate, taken_back
        self._todo = sorted(
            (time_s, kind, number)
            for number, (onset_s, offset_s, _) in enumerate(script)
            for time_s, kind in ((onset_s + self.CLAIM_S, "note"), (offset_s, "end"))
        )
        if taken_back:
            self._todo = sorted([*self._todo, (script[-1][0] + self.DOUBT_S, "revise", len(script) - 1)])
        self._script = script
        self._claimed: set[int] = set()
        self.starts: list[int] = []

    def push(self, block: Block) -> Output:
        self.starts.append(block.start)
        now_s = (block.start + len(block.samples)) / self._rate
        events = []
        while self._todo and self._todo[0][0] <= now_s:
            time_s, kind, number = self._todo.pop(0)
            events.append(self._event(kind, number, time_s))
        return Output((Reading(now_s, -20.0, 0.0, 0.0),), tuple(events))

    def flush(self) -> Output:
        open_notes = [number for _, kind, number in self._todo if kind == "end" and number in self._claimed]
        return Output((), tuple(self._event("end", number, self._script[number][1]) for number in open_notes))

    def engine(self) -> dict[str, Any]:
        return {"name": "scripted", "version": "test-1"}

    def _event(self, kind: Any, number: int, now_s: float) -> Event:
        onset_s, offset_s, midi = self._script[number]
        self._claimed.add(number)
        over = kind == "end"
        note = Note(
            number=number,
            onset_s=onset_s,
            reported_s=onset_s + self.CLAIM_S if over else now_s,
            midi=midi,
            confidence=0.9,
            level_dbfs=-20.0,
            offset_s=offset_s if over else None,
            steady_midi=midi if over else None,
        )
        if self._taken_back and kind != "note" and number == len(self._script) - 1:
            note = replace(note, kind=self._taken_back, revised=True)
        return Event(kind, note)


def scale_run(n: int, *, step_s: float = 0.25, wrong: int = 0) -> list[tuple[float, float, float]]:
    """`n` steady notes up the C major scale, the last `wrong` of them a semitone beside it."""
    tones = (60, 62, 64, 65, 67, 69, 71)
    played = [float(tones[index % 7]) for index in range(n - wrong)] + [61.0] * wrong
    return [(0.5 + step_s * index, 0.5 + step_s * (index + 0.8), midi) for index, midi in enumerate(played)]


@pytest.fixture
def ada() -> User:
    return User("ada")


@pytest.fixture
def goal() -> Goal:
    return Goal(parse_scale("C major"))


@pytest.fixture
def repository(sqlite_engine: Engine) -> Repository:
    return Repository(sqlite_engine)


@pytest.fixture
def source() -> PushedSource:
    return PushedSource()


@pytest.fixture
def new_source() -> Callable[[], PushedSource]:
    return PushedSource


@pytest.fixture
def run_of_notes() -> Callable[..., list[tuple[float, float, float]]]:
    return scale_run


@pytest.fixture
def scripted() -> Callable[..., Callable[[float, Goal], ScriptedEngine]]:
    """Makes engines for a script."""

    def factory(
        script: list[tuple[float, float, float]], taken_back: Kind | None = None
    ) -> Callable[[float, Goal], ScriptedEngine]:
        return lambda rate, _goal: ScriptedEngine(rate, script, taken_back)

    return factory


@pytest.fixture
def start_practice(
    ada: User, goal: Goal, repository: Repository, tmp_path: Path, scripted: Any
) -> Iterator[Callable[..., Practice]]:
    """Starts practices of twelve notes, two of them wrong, and stops what still runs at the end."""
    started: list[Practice] = []

    def start(source: Any, *, script: Any = None, **options: Any) -> Practice:
        options.setdefault("analyzer", scripted(scale_run(12, wrong=2) if script is None else script))
        options.setdefault("repository", repository)
        practice = Practice(
            options.pop("user", ada),
            options.pop("goal", goal),
            source,
            options.pop("repository"),
            tmp_path,
            **options,
        )
        practice.start()
        started.append(practice)
        return practice

    yield start
    for practice in started:
        practice.stop()


@pytest.fixture
def eventually() -> Callable[[Callable[[], Any]], None]:
    """Waits for a condition, up to ten seconds."""

    def wait(condition: Callable[[], Any]) -> None:
        pause = threading.Event()
        for _ in range(1_000):
            if condition():
                return
            pause.wait(0.01)
        pytest.fail("the condition did not come true within ten seconds")

    return wait


@pytest.fixture
def unplugged() -> SourceLost:
    return SourceLost("The sound card stopped; was it unplugged?")
