"""The registry: who may start, who may come back, and what happens to those who don't."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.audio.recording import Take
from workbench.audio.source import SourceError
from workbench.practice.goal import Goal
from workbench.practice.registry import GONE, GRACE_S, Registry, RegistryError, shared_registry
from workbench.store.repository import Repository
from workbench.user import User


class Alarms:
    """Timers that ring when the test says so."""

    def __init__(self) -> None:
        self.set: list[Alarm] = []

    def __call__(self, seconds: float, ring: Callable[[], None]) -> "Alarm":
        self.set.append(Alarm(seconds, ring))
        return self.set[-1]


class Alarm:
    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self.seconds, self.ring = seconds, ring
        self.started = self.cancelled = False

    def start(self) -> None:
        self.started = True

    def cancel(self) -> None:
        self.cancelled = True


@pytest.fixture
def alarms() -> Alarms:
    return Alarms()


@pytest.fixture
def registry(alarms: Alarms) -> Any:
    registry = Registry(capacity=2, alarm=alarms)
    yield registry
    registry.stop_all()


@pytest.fixture
def begin(
    registry: Registry, goal: Goal, repository: Repository, tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[..., Any]:
    """Starts the practice of a player."""
    engine = request.getfixturevalue("scripted")([(0.1, 0.3, 60.0)])
    new_source = request.getfixturevalue("new_source")

    def start(name: str, source: Any = None) -> Any:
        return registry.start(User(name), goal, source or new_source(), repository, tmp_path, analyzer=engine)

    return start


def test_a_practice_is_found_by_its_player_and_its_id(registry: Registry, begin: Any) -> None:
    practice = begin("ada")
    assert registry.current(User("ada")) is practice
    assert registry.get(User("ada"), practice.id) is practice
    assert registry.get(User("ben"), practice.id) is None
    assert registry.get(User("ada"), "another") is None


def test_a_player_practises_once_at_a_time(registry: Registry, begin: Any) -> None:
    first = begin("ada")
    with pytest.raises(RegistryError, match="ada is practising already"):
        begin("ada")
    first.stop()
    assert begin("ada") is registry.current(User("ada"))


def test_past_the_capacity_a_start_is_refused_with_a_sentence(begin: Any) -> None:
    first = begin("ada")
    begin("ben")
    with pytest.raises(RegistryError, match="2 players practise here already"):
        begin("cleo")
    first.stop()
    assert begin("cleo").state == "running"


def test_a_source_that_cannot_be_opened_leaves_the_player_free(
    registry: Registry, begin: Any, tmp_path: Path
) -> None:
    with pytest.raises(SourceError):
        begin("ada", Take(tmp_path / "none.wav"))
    assert registry.current(User("ada")) is None
    assert begin("ada").state == "running"


def test_an_ended_practice_stays_to_be_looked_at(registry: Registry, begin: Any) -> None:
    practice = begin("ada")
    registry.attach(practice)
    practice.stop()
    assert registry.current(User("ada")) is None
    assert registry.latest(User("ada")) is practice
    registry.detach(practice)
    assert registry.latest(User("ada")) is None


def test_a_page_that_comes_back_in_time_finds_its_practice(
    registry: Registry, begin: Any, alarms: Alarms
) -> None:
    practice = begin("ada")
    registry.attach(practice)
    registry.detach(practice)
    (alarm,) = alarms.set
    assert (alarm.seconds, alarm.started) == (GRACE_S, True)
    registry.attach(practice)
    assert alarm.cancelled
    alarm.ring()  # a timer that could not be stopped any more
    assert practice.state == "running"


def test_a_page_that_stays_away_ends_and_stores_the_practice(
    registry: Registry, begin: Any, alarms: Alarms
) -> None:
    practice = begin("ada")
    registry.attach(practice)
    registry.detach(practice)
    alarms.set[0].ring()
    assert (practice.state, practice.ended_because, practice.saved) == ("ended", GONE, True)
    assert registry.latest(User("ada")) is None


def test_grace_begins_only_with_the_last_page(registry: Registry, begin: Any, alarms: Alarms) -> None:
    practice = begin("ada")
    registry.attach(practice)
    registry.attach(practice)
    registry.detach(practice)
    assert alarms.set == []
    registry.detach(practice)
    assert len(alarms.set) == 1


def test_at_the_end_of_the_process_everything_is_stored(registry: Registry, begin: Any) -> None:
    practices = [begin("ada"), begin("ben")]
    registry.stop_all()
    assert [(practice.ended_because, practice.saved) for practice in practices] == [
        ("FretCoach was closed.", True)
    ] * 2
    assert registry.running() == []


def test_the_process_has_one_registry() -> None:
    assert shared_registry() is shared_registry()
