"""Devices, and a server for them: each device is a file of its own, the server is on either database."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from sqlalchemy import Engine, event
from sqlalchemy.types import JSON

from workbench.store.columns import new_id
from workbench.store.engine import open_engine, upgrade
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.store.sync import transport
from workbench.store.sync.link import renew_device, renew_server
from workbench.store.sync.run import Sync
from workbench.store.sync.tables import IN_ORDER, NOTES
from workbench.store.transaction import transaction
from workbench.user import User

# Other courses of events at every run, and many of them.
settings.register_profile("thorough", deadline=None, derandomize=False, max_examples=1000)

Contents = dict[str, Any]


@dataclass
class Place:
    """A database that a player practises on, a device's or the server's own."""

    name: str
    engine: Engine
    user: User
    start: SessionStart
    finish: Callable[[SessionStart], SessionEnd]

    @property
    def repository(self) -> Repository:
        return Repository(self.engine)

    def begin(self) -> SessionStart:
        """A session that is still going on."""
        start = replace(self.start, session_id=new_id(), user=self.user, origin_device=self.name)
        self.repository.begin_session(start)
        return start

    def practise(self, **ending: Any) -> UUID:
        """A whole session with four notes."""
        start = replace(self.start, session_id=new_id(), user=self.user, origin_device=self.name)
        self.repository.add_finished([(start, replace(self.finish(start), **ending))])
        return start.session_id

    def rescore(self, session_id: UUID, version: str = "2.0") -> UUID:
        analysis = replace(self.finish(self.start).analysis, engine_version=version, unique_notes=2)
        return self.repository.append_analysis(self.user, session_id, analysis)

    def comment(self, session_id: UUID, words: str) -> None:
        self.repository.set_comment(self.user, session_id, words)

    def delete(self, session_id: UUID) -> None:
        self.repository.delete_session(self.user, session_id)

    def undo(self, session_id: UUID) -> None:
        self.repository.undo_delete(self.user, session_id)

    def row(self, session_id: UUID) -> Contents:
        return self.contents("sessions")["sessions"][str(session_id)]

    def contents(self, *only: str) -> Contents:
        """Every row that travels, by table and id; JSON parsed, the notes of each analysis in order."""
        found: Contents = {}
        with transaction(self.engine, self.user) as connection:
            for synced in IN_ORDER:
                if only and synced.name not in only:
                    continue
                rows = transport.fetch(connection, transport.chosen(synced.table, synced.columns, self.user))
                json_columns = [c.name for c in synced.table.c if isinstance(c.type, JSON)]
                for row in rows:
                    row |= {name: row[name] and json.loads(row[name]) for name in json_columns}
                found[synced.name] = transport.by_id(synced, rows)
            if only:
                return found
            notes = transport.chosen(NOTES, NOTES.c.keys(), self.user)
            for note in transport.fetch(connection, notes.order_by(NOTES.c.analysis_id, NOTES.c.position)):
                found.setdefault("notes", {}).setdefault(note["analysis_id"], []).append(note)
        return found


@dataclass
class Device(Place):
    """A laptop, a pedal, ..., with the server that it knows."""

    central: Engine

    @property
    def sync(self) -> Sync:
        return Sync(self.engine, self.central, self.user, self.name)


def _hurry(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded, empty file: copying it is quicker than making one for each device."""
    path = tmp_path_factory.mktemp("fresh") / "fresh.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def new_file(tmp_path: Path, fresh_file: Path) -> Iterator[Callable[[], Engine]]:
    """Makes empty databases with identities of their own."""
    engines: list[Engine] = []

    def make() -> Engine:
        path = tmp_path / f"{len(engines)}.sqlite"
        shutil.copy(fresh_file, path)
        engine = open_engine(f"sqlite:///{path}")
        event.listen(engine, "connect", _hurry)  # nobody pulls the plug on a test
        with engine.begin() as connection:
            renew_device(connection)
            renew_server(connection)
        engines.append(engine)
        return engine

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def central(request: pytest.FixtureRequest, new_file: Callable[[], Engine]) -> Engine:
    """The server: a Postgres as its app's role sees it, or a file."""
    if request.param == "sqlite":
        return new_file()
    engine: Engine = request.getfixturevalue("app_engine")
    return engine


@pytest.fixture
def web(
    central: Engine, ada: User, start: SessionStart, finish: Callable[[SessionStart], SessionEnd]
) -> Place:
    """The server as ada's browser uses it."""
    return Place("web", central, ada, start, finish)


@pytest.fixture
def new_device(
    new_file: Callable[[], Engine],
    ada: User,
    start: SessionStart,
    finish: Callable[[SessionStart], SessionEnd],
) -> Callable[..., Device]:
    """Makes devices of ada's that know a server."""

    def make(name: str, central: Engine, user: User = ada) -> Device:
        return Device(name, new_file(), user, start, finish, central)

    return make


@pytest.fixture
def laptop(new_device: Callable[..., Device], central: Engine) -> Device:
    return new_device("laptop", central)


@pytest.fixture
def pedal(new_device: Callable[..., Device], central: Engine) -> Device:
    return new_device("pedal", central)
