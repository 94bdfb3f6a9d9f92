"""Live coaching over real recordings, heard faster than they were played; models that hang, lie, are late."""

import queue
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import soundfile as sf
from loopback import Hang, Held, Server, Shape
from sqlalchemy import Engine

from coach.asking import Asking
from coach.live import Heard, LiveCoach
from dsp.events import Block
from dsp.scales import parse_scale
from workbench.audio.bundled import take_file
from workbench.practice.goal import Goal
from workbench.practice.meter import Snapshot, State
from workbench.practice.session import Practice
from workbench.store.repository import Repository
from workbench.store.usage import Usage
from workbench.user import User

EVERY_S = 6.0
PATIENCE_S = 60.0
"""A slow machine may take its time."""

BLOCK = 512
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
CALM = Shape({"text": "Take it more slowly and listen to each note.", "focus": "scale_conformity"})


class Recorded:
    """A recorded take, over and over, as far as the test lets it play."""

    kind = "take"
    dropped = 0

    def __init__(self, name: str) -> None:
        self.name = name
        samples, rate = sf.read(take_file(f"{name}.flac"), dtype="float32", always_2d=True)
        self.sample_rate = float(rate)
        self._samples = samples[:, 0]
        self._allowed = threading.Semaphore(0)
        self._over = False

    def open(self) -> None:
        """Read already."""

    def play(self, seconds: float) -> None:
        for _ in range(round(seconds * self.sample_rate / BLOCK)):
            self._allowed.release()

    def close(self) -> None:
        self._over = True
        self._allowed.release()

    def blocks(self) -> Iterator[Block]:
        start = 0
        while self._allowed.acquire() and not self._over:
            at = (start % self._samples.size) // BLOCK * BLOCK
            block = self._samples[at : at + BLOCK].copy()
            yield Block(block, start)
            start += block.size


class Said:
    """Sentences as they come."""

    def __init__(self) -> None:
        self._queue: queue.Queue[str] = queue.Queue()
        self.all: list[str] = []

    def __call__(self, sentence: str) -> None:
        self.all.append(sentence)
        self._queue.put(sentence)

    def next(self) -> str:
        return self._queue.get(timeout=PATIENCE_S)


class Watched:
    """A practice that counts how often the coach looks at it."""

    def __init__(self, practice: Practice) -> None:
        self.id, self.goal, self.events_since = practice.id, practice.goal, practice.events_since
        self.looks = 0
        self._practice = practice

    @property
    def state(self) -> State:
        return self._practice.state

    def snapshot(self) -> Snapshot:
        self.looks += 1
        return self._practice.snapshot()


class Loudspeaker:
    def __init__(self) -> None:
        self.said: list[str] = []
        self.closed = threading.Event()

    def say(self, text: str) -> None:
        self.said.append(text)

    def close(self) -> None:
        self.closed.set()


@pytest.fixture
def said() -> Said:
    return Said()


Play = Callable[..., tuple[Recorded, Practice]]


@pytest.fixture
def play(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Play]:
    """Begins practices of recorded takes in C major; what still runs at the end is stopped."""
    started: list[Practice] = []

    def begin(name: str = "r_wrong_02") -> tuple[Recorded, Practice]:
        source, goal = Recorded(name), Goal(parse_scale("C major"), bpm=110.0, notes_per_beat=2)
        practice = Practice(User("ada"), goal, source, Repository(sqlite_engine), tmp_path)  # type: ignore[arg-type]
        practice.start()
        started.append(practice)
        return source, practice

    yield begin
    for practice in started:
        practice.stop()


@pytest.fixture
def coached(said: Said) -> Iterator[Callable[..., LiveCoach]]:
    """Begins to coach; stopped at the end."""
    coaches: list[LiveCoach] = []

    def begin(practice: Heard, asking: Asking | None = None, **options: Any) -> LiveCoach:
        options.setdefault("on_sentence", said)
        options.setdefault("every_s", EVERY_S)
        coach = LiveCoach(practice, asking, **options)
        coach.start()
        assert gone("live-question", practice), "what a model needs is being loaded"
        coaches.append(coach)
        return coach

    yield begin
    for coach in coaches:
        coach.stop()


Hanging = tuple[Asking, Server, threading.Event]


@pytest.fixture
def hanging(asking_for: Callable[..., Asking], loopback_model: Server) -> Hanging:
    """A model, its server, and what lets it answer."""
    now = threading.Event()
    loopback_model.script([Held(CALM, now)])
    return asking_for(), loopback_model, now


def threads(kind: str, practice: Heard) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == f"{kind}-{practice.id}"]


def gone(kind: str, practice: Heard) -> bool:
    """Wait until no such thread runs any more."""
    for thread in threads(kind, practice):
        thread.join(PATIENCE_S)
    return not threads(kind, practice)


def eventually(what: Callable[[], bool]) -> None:
    """Wait until something is so."""
    pause = threading.Event()
    for _ in range(round(PATIENCE_S / 0.02)):
        if what():
            return
        pause.wait(0.02)
    pytest.fail("it did not happen")


def asked(server: Server, times: int = 1) -> None:
    """Wait until the server has been asked so often."""
    eventually(lambda: len(server.requests) >= times)


def heard(practice: Practice, seconds: float) -> None:
    """Wait until so much of the stream was heard."""
    eventually(lambda: practice.snapshot().t_s > seconds - 0.1)


def test_wrong_notes_are_spoken_of(play: Play, coached: Any, said: Said) -> None:
    source, practice = play("r_wrong_01")  # A minor pentatonic; in C major its wrong notes are wrong too
    coached(practice)
    source.play(EVERY_S + 0.5)
    sentence = said.next()
    assert 3 <= len(sentence.split()) <= 25
    practice.stop()
    assert gone("live-coach", practice)


def test_silence_needs_no_words(play: Play, coached: Any, said: Said) -> None:
    speaker = Loudspeaker()
    source, practice = play("r_silence_noise")
    coached(practice, voice=speaker)
    source.play(3.0 * EVERY_S)
    practice.stop()
    assert gone("live-coach", practice)
    assert said.all == speaker.said == []
    assert speaker.closed.is_set()


def test_the_same_sentence_never_comes_twice_in_a_row(
    play: Play, coached: Any, said: Said, asking_for: Callable[..., Asking], loopback_model: Server
) -> None:
    loopback_model.always = CALM
    source, practice = play()
    speaker = Loudspeaker()
    coached(practice, asking_for(), voice=speaker, timeout_s=PATIENCE_S)
    source.play(EVERY_S + 0.5)
    assert said.next() == CALM.value["text"]
    for turn in (2, 3):
        source.play(EVERY_S)
        asked(loopback_model, turn)
        assert gone("live-question", practice)
    loopback_model.always = Shape({**CALM.value, "text": "Let every note ring to its end."})
    source.play(EVERY_S)
    assert said.next() == "Let every note ring to its end."
    assert said.all == speaker.said == [CALM.value["text"], "Let every note ring to its end."]


def test_hearing_goes_on_while_a_sentence_is_shown(play: Play, coached: Any) -> None:
    shown, go_on = threading.Event(), threading.Event()

    def slow_page(_: str) -> None:
        shown.set()
        go_on.wait(PATIENCE_S)

    source, practice = play()
    coached(practice, on_sentence=slow_page)
    source.play(EVERY_S + 0.5)
    assert shown.wait(PATIENCE_S)
    source.play(30.0)
    heard(practice, EVERY_S + 30.5)
    go_on.set()


def test_a_model_that_hangs_is_not_waited_for(
    play: Play, coached: Any, said: Said, asking_for: Callable[..., Asking], loopback_model: Server
) -> None:
    loopback_model.always = Hang()
    source, practice = play()
    coached(practice, asking_for(), timeout_s=0.3)
    source.play(EVERY_S + 0.5)
    first = said.next()
    source.play(EVERY_S)
    assert said.next() != first
    # The first question still hangs, so nothing more is asked.
    assert len(loopback_model.requests) == 1
    practice.stop()
    assert gone("live-coach", practice)


def test_an_answer_after_its_time_is_dropped(play: Play, coached: Any, said: Said, hanging: Hanging) -> None:
    asking, _, now = hanging
    source, practice = play()
    coached(practice, asking, timeout_s=0.3)
    source.play(EVERY_S + 0.5)
    by_rules = said.next()
    now.set()
    assert gone("live-question", practice)
    practice.stop()
    assert gone("live-coach", practice)
    assert said.all == [by_rules]
    assert by_rules != CALM.value["text"]


@pytest.mark.parametrize("end", [Practice.stop, Practice.pause])
def test_an_answer_into_a_pause_or_after_the_end_is_dropped(
    end: Callable[[Practice], object], play: Play, coached: Any, said: Said, hanging: Hanging
) -> None:
    asking, loopback_model, now = hanging
    source, practice = play()
    coached(practice, asking, timeout_s=PATIENCE_S)
    source.play(EVERY_S + 0.5)
    asked(loopback_model)
    end(practice)
    now.set()
    assert gone("live-question", practice)
    practice.stop()
    assert gone("live-coach", practice)
    assert said.all == []


def test_after_a_pause_only_what_came_since_counts(play: Play, coached: Any, said: Said) -> None:
    source, practice = play()
    watched = Watched(practice)
    coached(watched)
    source.play(EVERY_S - 1.0)
    heard(practice, EVERY_S - 1.0)
    practice.pause()
    source.play(5.0)
    heard(practice, EVERY_S + 4.0)
    seen = watched.looks
    eventually(lambda: watched.looks > seen + 1)
    practice.resume()
    source.play(EVERY_S - 1.0)
    heard(practice, 2.0 * EVERY_S + 3.0)
    assert said.all == []
    source.play(1.5)
    said.next()


def test_a_model_that_makes_figures_up_is_replaced_and_counted(
    play: Play, coached: Any, said: Said, asking_for: Callable[..., Asking], loopback_model: Server
) -> None:
    lie = Shape({"text": "Your timing improved by 37 percent.", "focus": "timing_stability"})
    loopback_model.always = lie
    source, practice = play()
    asking = asking_for()
    coached(practice, asking, timeout_s=PATIENCE_S)
    source.play(EVERY_S + 0.5)
    assert "37" not in said.next()
    spent = Usage(asking._usage._engine).spent(asking._user, LONG_AGO)
    assert (spent.calls, spent.refused) == (2, 2)
    again = str(loopback_model.requests[1].body)
    assert "Your last answer" in again


def test_a_model_that_talks_too_long_is_asked_again(
    play: Play, coached: Any, said: Said, asking_for: Callable[..., Asking], loopback_model: Server
) -> None:
    long = Shape({**CALM.value, "text": "Listen. Play. Breathe."})
    loopback_model.script([long, CALM])
    source, practice = play()
    coached(practice, asking_for(), timeout_s=PATIENCE_S)
    source.play(EVERY_S + 0.5)
    assert said.next() == CALM.value["text"]


def test_no_model_is_the_rules(
    play: Play, coached: Any, said: Said, asking_for: Callable[..., Asking], loopback_model: Server
) -> None:
    source, practice = play()
    coached(practice, asking_for("rules"))
    source.play(EVERY_S + 0.5)
    assert said.next()
    assert loopback_model.requests == []
