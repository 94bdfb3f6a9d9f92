"""Whatever several devices do, and wherever they are broken off: in the end all of them have the same.

A model is told what each commit on the server brought, and knows what every field must be there: what was
written last in the order of those commits, each write once. Hypothesis looks for a course of events that
makes the server or a device differ from it.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, Engine, event, insert, update

from workbench.store import deletion
from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.schema_coach import CoachMessageRow, UserConfigRow
from workbench.store.sync import outbox, pull, push
from workbench.store.transaction import transaction
from workbench.user import User

# Ten times as many: pytest --hypothesis-profile=thorough tests/store/sync/test_convergence.py
RUNS = {"sqlite": 20, "postgresql": 10}
STEPS = 35

DEVICES = ("laptop", "pedal", "phone")
CLOCKS = (
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2026, 11, 1, tzinfo=UTC),
    datetime(2099, 1, 1, tzinfo=UTC),
)
ACTIONS = st.sampled_from(["comment", "comment", "rescore", "delete", "undo", "delete_now"])
FIELDS = ("comment", "current_analysis_id", "deleted_at")


class PowerCutError(Exception):
    """The power goes, or the network, or the process is killed."""


class Breaks:
    """Raises between two statements, or just before or just after a commit, on any of several databases."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.only_at_commits = False
        self.fired = 0
        self.after_commit: dict[Engine, Callable[[], None]] = {}

    def watch(self, engine: Engine) -> None:
        for moment in ("before_cursor_execute", "after_cursor_execute"):
            event.listen(engine, moment, lambda *_: self.only_at_commits or self.point())
        commit = engine.dialect.do_commit

        def do_commit(connection: Any) -> None:
            self.point()
            commit(connection)
            self.after_commit.get(engine, lambda: None)()
            self.point()

        engine.dialect.do_commit = do_commit  # type: ignore[method-assign]

    def point(self) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            self.left = None
            self.fired += 1
            raise PowerCutError


class Model:
    """What the server must hold."""

    def __init__(self) -> None:
        self.sessions: dict[str, dict[str, Any]] = {}
        self.analyses: set[str] = set()
        self.settings: dict[str, Any] = {}
        self.messages: set[str] = set()
        self.unsent: dict[str, dict[tuple[str, str], Any]] = {name: {} for name in DEVICES}

    def took(self, device: str, batch: push.Batch) -> None:
        """The server has committed a batch."""
        unsent = self.unsent[device]
        for entry in batch.entries:
            row = batch.rows[entry.table][entry.row_id]
            key = (entry.row_id, entry.field)
            if entry.table == "sessions" and entry.field == "row":
                self.sessions.setdefault(entry.row_id, summary(row))
            elif entry.table == "sessions" and key in unsent:
                self.write(entry.row_id, {entry.field: unsent.pop(key)})
            elif entry.table == "analyses":
                self.analyses.add(entry.row_id)
            elif entry.table == "user_configs" and key in unsent:
                self.settings[entry.row_id] = unsent.pop(key)
            elif entry.table == "coach_messages":
                self.messages.add(entry.row_id)

    def write(self, session: str, values: dict[str, Any]) -> None:
        """One or more fields of a session, at the server; a purge wins over whatever comes later."""
        row = self.sessions[session]
        if not row["purged_at"]:
            row |= values
        if row["purged_at"]:
            row |= {"deleted_at": True, "comment": None}


def summary(row: dict[str, Any]) -> dict[str, Any]:
    """The fields that can change; for times only whether there is one."""
    timed = {name: row[name] is not None for name in ("deleted_at", "purged_at")}
    return {"comment": row["comment"], "current_analysis_id": row["current_analysis_id"], **timed}


class World:
    """What all runs share: the server and the devices; each run is another player's."""

    def __init__(self, central: Engine, new_device: Callable[..., Any], web: Any) -> None:
        self.central, self.web = central, web
        self.devices = {name: new_device(name, central) for name in DEVICES}
        self.breaks = Breaks()
        for engine in (central, *(device.engine for device in self.devices.values())):
            self.breaks.watch(engine)
        self.clocks: dict[Engine, datetime] = {}
        self.counted: Counter[str] = Counter()
        self.batch: push.Batch | None = None


class Players(RuleBasedStateMachine):
    """Three devices of one player, and the server that she also uses by a browser."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.world.counted["runs"] += 1
        self.breaks = self.world.breaks
        user = User(f"ada-{self.world.counted['runs']}")
        self.devices = {name: replace(device, user=user) for name, device in self.world.devices.items()}
        self.web = replace(self.world.web, user=user)
        self.world.clocks.clear()
        self.model = Model()
        self.analyses: dict[str, str] = {}
        self.drawn = 0

    def teardown(self) -> None:
        for _ in range(2):
            for device in self.devices.values():
                self.sync_until(device.name, "run_once", None)
        server = self.web.contents()
        for device in self.devices.values():
            assert device.contents() == server
            assert device.sync.waiting() == 0
        self.server_is_as_the_model_says()
        assert set(self.analyses) == self.model.analyses == set(server["analyses"])
        for analysis, session in self.analyses.items():
            left = 0 if self.model.sessions[session]["purged_at"] else 4
            assert len(server.get("notes", {}).get(analysis, [])) == left

    def server_is_as_the_model_says(self) -> None:
        server = self.web.contents("sessions", "analyses", "user_configs", "coach_messages")
        assert {key: summary(row) for key, row in server["sessions"].items()} == self.model.sessions
        assert set(server["analyses"]) == self.model.analyses
        assert {key: row["value"] for key, row in server["user_configs"].items()} == self.model.settings
        assert set(server["coach_messages"]) == self.model.messages

    # What the player does on a device

    # Few sessions: then the devices meet in them.
    @precondition(lambda self: len(set(self.analyses.values())) < 3)
    @rule(name=st.sampled_from(DEVICES))
    def practise(self, name: str) -> None:
        session = self.devices[name].practise()
        self.remember(self.devices[name], session)

    @rule(name=st.sampled_from(DEVICES), which=st.integers(0, 9), what=ACTIONS)
    def work_on(self, name: str, which: int, what: str) -> None:
        self.on_device(name, which, what)

    @rule(name=st.sampled_from(DEVICES), setting=st.sampled_from(["scale", "bpm"]), value=st.integers(0, 99))
    def choose(self, name: str, setting: str, value: int) -> None:
        device = self.devices[name]
        with transaction(device.engine, device.user) as here:
            mine = (UserConfigRow.user_id == device.user.id, UserConfigRow.name == setting)
            if here.execute(update(UserConfigRow).where(*mine).values(value=value)).rowcount == 0:
                row = {"user_id": device.user.id, "name": setting, "value": value}
                here.execute(insert(UserConfigRow).values(row))
        self.model.unsent[name][setting, "change"] = value

    @rule(name=st.sampled_from(DEVICES))
    def talk(self, name: str) -> None:
        device = self.devices[name]
        row = {
            "message_id": new_id(),
            "user_id": device.user.id,
            "role": "player",
            "content": "it's 'fine' \\",
        }
        with transaction(device.engine, device.user) as here:
            here.execute(insert(CoachMessageRow).values(row))

    @rule(name=st.sampled_from(DEVICES), clock=st.sampled_from(CLOCKS))
    def set_clock(self, name: str, clock: datetime) -> None:
        self.world.clocks[self.devices[name].engine] = clock

    # What she does in the browser, on the server itself

    @rule(which=st.integers(0, 9), what=ACTIONS)
    def in_the_browser(self, which: int, what: str) -> None:
        session = self.pick(self.web, which)
        if session is None:
            return
        self.do(self.web, session, what)
        self.model.sessions[str(session)] = summary(self.web.row(session))
        self.model.analyses = set(self.web.contents("analyses")["analyses"])

    @rule(name=st.sampled_from(DEVICES), which=st.integers(0, 9))
    @precondition(lambda self: self.world.central.dialect.name == "postgresql")
    def commit_late(self, name: str, which: int) -> None:
        """Something is written on the server before a device fetches, and committed after."""
        session = self.pick(self.web, which)
        if session is None:
            return
        words = self.words()
        with transaction(self.world.central, self.web.user) as server:
            mine = pull.SESSIONS.table.c
            server.execute(
                update(pull.SESSIONS.table).where(mine.session_id == session).values(comment=words)
            )
            self.devices[name].sync.pull()
        self.model.write(str(session), {"comment": words})

    # What happens to the devices

    @rule(name=st.sampled_from(DEVICES), breaks_after=st.integers(0, 200))
    def be_broken_off(self, name: str, breaks_after: int) -> None:
        self.sync_until(name, "run_once", breaks_after)

    @rule(name=st.sampled_from(DEVICES), breaks_after=st.integers(0, 24))
    def be_broken_off_at_a_commit(self, name: str, breaks_after: int) -> None:
        """Just before or just after: what was on its way is lost, or the word that it arrived."""
        self.breaks.only_at_commits = True
        self.sync_until(name, "run_once", breaks_after)

    @rule(
        name=st.sampled_from(DEVICES),
        what=st.sampled_from(["run_once", "push", "pull"]),
        breaks_after=st.none() | st.integers(0, 60),
    )
    def sync(self, name: str, what: str, breaks_after: int | None) -> None:
        self.sync_until(name, what, breaks_after)

    def sync_until(self, name: str, what: str, breaks_after: int | None) -> None:
        self.world.counted["syncs"] += 1
        self.world.batch = None
        self.breaks.after_commit[self.world.central] = lambda: self.committed(name)
        self.breaks.left = breaks_after
        try:
            getattr(self.devices[name].sync, what)()
        except PowerCutError:
            self.world.counted["breaks"] += 1
        finally:
            self.breaks.left = None
            self.breaks.only_at_commits = False
            self.breaks.after_commit.clear()
        self.server_is_as_the_model_says()

    def committed(self, name: str) -> None:
        if self.world.batch is not None:
            self.model.took(name, self.world.batch)
            self.world.batch = None

    # Parts of the rules

    def on_device(self, name: str, which: int, what: str) -> None:
        device = self.devices[name]
        session = self.pick(device, which)
        if session is None:
            return
        before = summary(device.row(session))
        self.do(device, session, what)
        after = summary(device.row(session))
        for field in (*FIELDS, "purged_at"):
            if after[field] != before[field] and (field == "purged_at" or not after["purged_at"]):
                self.model.unsent[name][str(session), field] = after[field]

    def do(self, place: Any, session: UUID, what: str) -> None:
        if what == "comment":
            place.comment(session, self.words())
        elif what == "rescore":
            place.rescore(session)
            self.remember(place, session)
        elif what == "delete_now":
            place.repository.delete_now(place.user, session)
        elif what == "delete":
            place.delete(session)
        else:
            try:
                place.undo(session)
            except StoreError as error:
                assert "can be taken back" in str(error)  # noqa: PT017  a wrong clock may say so

    def pick(self, place: Any, which: int) -> UUID | None:
        """One of the sessions that can be seen there."""
        rows = place.contents("sessions")["sessions"].values()
        ids = [UUID(row["session_id"]) for row in rows if row["purged_at"] is None]
        return sorted(ids)[which % len(ids)] if ids else None

    def remember(self, place: Any, session: UUID) -> None:
        rows = place.contents("analyses")["analyses"].values()
        self.analyses |= {
            row["analysis_id"]: str(session) for row in rows if row["session_id"] == str(session)
        }

    def words(self) -> str:
        self.drawn += 1
        return f"words {self.drawn}: ♯ 'quoted' \\."


@pytest.fixture
def world(
    central: Engine, new_device: Callable[..., Any], web: Any, monkeypatch: pytest.MonkeyPatch
) -> World:
    """Small pages, so that a few rows are many; clocks that can be set; batches that can be seen."""
    made = World(central, new_device, web)
    right_clock, apply = deletion.clock, push._apply

    def clock(connection: Connection) -> datetime:
        return made.clocks.get(connection.engine) or right_clock(connection)

    def seen(local: Engine, server: Connection, user: User, batch: push.Batch) -> None:
        apply(local, server, user, batch)
        made.batch = batch

    monkeypatch.setattr(deletion, "clock", clock)
    monkeypatch.setattr(push, "_apply", seen)
    monkeypatch.setattr(outbox, "ROWS_AT_ONCE", 4)
    monkeypatch.setattr(outbox, "NOTES_AT_ONCE", 13)
    monkeypatch.setattr(pull, "ROWS_AT_ONCE", 2)
    return made


def test_all_devices_end_with_the_same(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    machine = type("Players", (Players,), {"world": world})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=RUNS[world.central.dialect.name] * settings.default.max_examples // 100,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a course of events is told as it is: making it shorter takes minutes
        ),
    )
    with capsys.disabled():
        counted = ", ".join(f"{count} {name}" for name, count in world.counted.items())
        print(f"[sync on {world.central.dialect.name}: {counted}]")  # noqa: T201
