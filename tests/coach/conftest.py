"""Questions to the models of a loopback server; players with a history to talk about."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from loopback import Server
from sqlalchemy import Engine

from coach.asking import Asking
from coach.models.choice import SHOWN
from workbench.archive import Archive
from workbench.demo.crowd_history import Crowd, store_crowd
from workbench.settings import load_settings
from workbench.store.engine import open_engine, upgrade
from workbench.user import User

AskingFor = Callable[..., Asking]

KEYS = (
    "OPENAI_API_KEY",
    "GOOGLE_API_KEY",
    "DEEPSEEK_API_KEY",
    "MINIMAX_API_KEY",
    "FRETCOACH_COMPATIBLE_API_KEY",
)


@pytest.fixture
def secret() -> str:
    """The key of every provider that `asking_for` sets."""
    return "sk-very-secret-key-of-ada"


@pytest.fixture
def player() -> User:
    """Somebody who has asked nothing yet."""
    return User(f"player-{uuid4().hex}")


@pytest.fixture(scope="session")
def usage_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database for all who ask: each test is another player's."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('usage') / 'fretcoach.sqlite'}")
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def asking_for(
    loopback_model: Server,
    usage_engine: Engine,
    player: User,
    secret: str,
    monkeypatch: pytest.MonkeyPatch,
) -> AskingFor:
    """Makes an `Asking` whose providers all live on the loopback server; the rest by variables."""

    def make(provider: str = "openai", model: str = "loopback", **variables: str) -> Asking:
        for name in KEYS:
            monkeypatch.setenv(name, secret)
        addresses = dict.fromkeys(SHOWN, loopback_model.url)
        monkeypatch.setenv("FRETCOACH_COACH_BASE_URLS", json.dumps(addresses))
        monkeypatch.setenv("FRETCOACH_COACH_PROVIDER", provider)
        monkeypatch.setenv("FRETCOACH_COACH_MODEL", model)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return Asking(load_settings(), player, usage_engine)

    return make


TALKS = date(2026, 11, 23)
"""The day on which the players of `crowd` talk with the coach, a Monday."""


@pytest.fixture(scope="session")
def crowd() -> Crowd:
    """Three players and twelve weeks."""
    return Crowd(range(3), date(2026, 8, 31), date(2026, 11, 22))


@pytest.fixture(scope="session")
def crowd_file(crowd: Crowd, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with their sessions, made once."""
    path = tmp_path_factory.mktemp("crowd") / "crowd.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    store_crowd(engine, crowd)
    engine.dispose()
    return path


@pytest.fixture
def crowd_engine(crowd_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """A copy of it for one test."""
    engine = open_engine(f"sqlite:///{shutil.copy(crowd_file, tmp_path / 'crowd.sqlite')}")
    yield engine
    engine.dispose()


@pytest.fixture
def ada(crowd_engine: Engine) -> Archive:
    """The past of a player who hurries one leap."""
    return Archive(User("demo-ada"), crowd_engine)


@pytest.fixture
def newcomer(crowd_engine: Engine) -> Archive:
    """The past of a player who has never played."""
    return Archive(User("newcomer"), crowd_engine)


@pytest.fixture
def today() -> date:
    """The day of the talk."""
    return TALKS
