"""What goes wrong around a store: the whole of a session is there, or nothing of it, and a sentence."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, insert, select, text

from workbench.store import queries
from workbench.store import transaction as transaction_module
from workbench.store.backup import save
from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.read import read
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.store.schema import Base, SessionRow
from workbench.store.schema_coach import UserConfigRow
from workbench.store.transaction import TRIES, repeated, transaction
from workbench.user import User

Finish = Callable[[SessionStart], SessionEnd]

NASTY = "o'brien\"; DROP TABLE sessions; -- \\ \n\t ♯♭ 🎸 e\u0301 %s :x $1 {} \N{RIGHT-TO-LEFT OVERRIDE}"


@contextmanager
def notes_refused(engine: Engine, state: str, words: str, times: int = 1_000_000) -> Iterator[None]:
    """A Postgres that raises an error of its own for the next notes."""
    with engine.begin() as connection:
        connection.execute(text("CREATE SEQUENCE public.refusals"))
        connection.execute(text("GRANT USAGE ON SEQUENCE public.refusals TO PUBLIC"))
        connection.exec_driver_sql(
            "CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF nextval('public.refusals') <= {times} THEN"
            f" RAISE EXCEPTION USING ERRCODE = '{state}', MESSAGE = '{words}'; END IF; RETURN NEW; END $$"
        )
        connection.execute(
            text(
                "CREATE TRIGGER refuse BEFORE INSERT ON fretcoach.notes FOR EACH STATEMENT"
                " EXECUTE FUNCTION public.refuse()"
            )
        )
    yield
    with engine.begin() as connection:
        connection.execute(text("DROP FUNCTION public.refuse() CASCADE"))
        connection.execute(text("DROP SEQUENCE public.refusals"))


def stored_notes(engine: Engine, start: SessionStart) -> int:
    return read(engine, start.user, queries.notes(start.session_id)).height


@pytest.mark.postgres
def test_a_server_that_goes_away_between_two_statements(
    postgres_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    repository = Repository(postgres_engine)
    repository.begin_session(start)
    killer = postgres_engine.execution_options()

    def kill(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO fretcoach.notes"):
            event.remove(postgres_engine, "before_cursor_execute", kill)
            pid = connection.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
            with killer.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

    event.listen(postgres_engine, "before_cursor_execute", kill)
    with pytest.raises(StoreError, match="can't be reached"):
        repository.finish_session(start.user, finish(start))
    assert repository.unfinished(start.user) == [start.session_id]
    assert stored_notes(postgres_engine, start) == 0
    repository.finish_session(start.user, finish(start))
    assert stored_notes(postgres_engine, start) == 4


@pytest.mark.postgres
def test_a_server_without_room(postgres_engine: Engine, start: SessionStart, finish: Finish) -> None:
    repository = Repository(postgres_engine)
    full = notes_refused(postgres_engine, "53100", "could not extend file: No space left on device")
    with full, pytest.raises(StoreError, match=r"The disk of the Postgres server .* is full"):
        repository.add_finished([(start, finish(start))])
    assert repository.unfinished(start.user) == []
    repository.add_finished([(start, finish(start))])
    assert stored_notes(postgres_engine, start) == 4


@pytest.mark.postgres
@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_what_passes_is_tried_again_and_stored_once(
    postgres_engine: Engine, start: SessionStart, finish: Finish, state: str
) -> None:
    with notes_refused(postgres_engine, state, "in the way", times=TRIES - 1):
        Repository(postgres_engine).add_finished([(start, finish(start))])
    assert stored_notes(postgres_engine, start) == 4
    assert read(postgres_engine, start.user, queries.analyses(start.session_id)).height == 1


@pytest.mark.postgres
def test_what_does_not_pass_ends_in_a_sentence(
    postgres_engine: Engine, start: SessionStart, finish: Finish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction_module, "_FIRST_PAUSE_S", 0.0)
    refused = notes_refused(postgres_engine, "40001", "could not serialize access")
    with refused, pytest.raises(StoreError, match="Others changed the same rows"):
        Repository(postgres_engine).add_finished([(start, finish(start))])
    assert stored_notes(postgres_engine, start) == 0


@pytest.mark.postgres
def test_two_that_wait_for_each_other_both_get_through(postgres_engine: Engine, ada: User, ben: User) -> None:
    met = threading.Barrier(2)
    tries: list[str] = []

    def change(user: User, locks: tuple[int, int]) -> None:
        def work(connection: Connection) -> None:
            tries.append(user.id)
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": locks[0]})
            if tries.count(user.id) == 1:
                met.wait(10.0)
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": locks[1]})
            connection.execute(insert(UserConfigRow), {"user_id": user.id, "name": "scale", "value": user.id})

        repeated(postgres_engine, user, work)

    threads = [
        threading.Thread(target=change, args=(ada, (1, 2))),
        threading.Thread(target=change, args=(ben, (2, 1))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20.0)
    with postgres_engine.connect() as connection:
        stored = (
            connection.execute(select(UserConfigRow.value).order_by(UserConfigRow.user_id)).scalars().all()
        )
    assert stored == ["ada", "ben"]
    assert len(tries) == 3, "Postgres ended one of them, and that one came again"


@pytest.mark.postgres
def test_two_that_can_not_have_been_one_after_the_other_are_put_in_order(
    postgres_engine: Engine, start: SessionStart
) -> None:
    """Write skew: each adds a session because it saw only the first one."""
    Repository(postgres_engine).begin_session(start)
    engine = postgres_engine.execution_options(isolation_level="SERIALIZABLE")
    met = threading.Barrier(2)
    seen: list[int] = []

    def work(connection: Connection) -> None:
        count = len(connection.execute(select(SessionRow.session_id)).all())
        seen.append(count)
        if len(seen) <= 2:
            met.wait(10.0)
        if count < 2:
            row = {"session_id": new_id(), "user_id": "ada", "start_timestamp": start.started_at}
            more = {"scale_chosen": "A", "strictness": 0.5, "sensitivity": 0.5}
            connection.execute(insert(SessionRow), row | more)

    threads = [threading.Thread(target=repeated, args=(engine, start.user, work)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20.0)
    assert seen == [1, 1, 2]
    assert read(postgres_engine, start.user, queries.sessions()).height == 2


CHILD = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from workbench.store.columns import new_id
from workbench.store.engine import open_engine, upgrade
from workbench.store.records import SessionStart
from workbench.store.repository import Repository
from workbench.user import User
engine = open_engine(sys.argv[1])
upgrade(engine)
print("ready", flush=True)
sys.stdin.readline()
for _ in range(25):
    start = SessionStart(new_id(), User("ada"), datetime.now(UTC), "A Minor", "natural")
    Repository(engine).begin_session(start)
    Repository(engine).set_comment(start.user, start.session_id, "mine")
"""


def test_two_programs_on_one_file_lose_nothing(tmp_path: Path, ada: User) -> None:
    url = f"sqlite:///{tmp_path / 'shared.sqlite'}"
    environment = os.environ | {"FRETCOACH_DATA_DIR": str(tmp_path)}
    children = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for _ in range(2)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.communicate("go\n", timeout=60.0)
    assert [child.returncode for child in children] == [0, 0]
    from workbench.store.engine import opened

    with opened(url) as engine:
        assert read(engine, ada, queries.sessions())["comment"].to_list() == ["mine"] * 50


def test_a_clock_in_1970_and_one_that_runs_backwards(
    any_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    early = replace(start, session_id=new_id(), started_at=datetime(1970, 1, 1, tzinfo=UTC))
    ended = replace(finish(start), ended_at=datetime(1970, 1, 1, 0, 1, tzinfo=UTC))
    repository = Repository(any_engine)
    repository.add_finished([(early, finish(early)), (start, ended)])
    sessions = read(any_engine, start.user, queries.sessions())
    assert sessions["start_timestamp"].to_list() == [early.started_at, start.started_at]
    assert sessions["duration_seconds"].to_list() == [60.0, 60.0]
    assert stored_notes(any_engine, start) == stored_notes(any_engine, early) == 4


def test_a_session_of_100_000_notes(any_engine: Engine, start: SessionStart, finish: Finish) -> None:
    end = finish(start)
    note = end.notes[0]
    many = tuple(replace(note, position=index, onset_s=index / 10) for index in range(100_000))
    repository = Repository(any_engine)
    repository.begin_session(start)
    repository.finish_session(start.user, replace(end, notes=many))
    notes = read(any_engine, start.user, queries.notes(start.session_id))
    assert notes["position"].to_list() == list(range(100_000))


def text_columns(table: Any) -> list[Any]:
    kinds = {"String", "Text"}
    return [c for c in table.columns if type(c.type).__name__ in kinds and c.name != "user_id"]


def a_row(table: Any, user: User, known: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"user_id": user.id}
    for column in table.columns:
        kind = type(column.type).__name__
        if kind == "Identifier" and not column.nullable:
            row[column.name] = known.setdefault(column.name, new_id())
        elif kind == "UtcDateTime" and not column.nullable and column.name != "updated_at":
            row[column.name] = datetime(2026, 1, 1, tzinfo=UTC)
        elif kind in {"Finite", "Integer"} and not column.nullable:
            row[column.name] = 1
        elif kind not in {
            "Identifier",
            "UtcDateTime",
            "Finite",
            "Integer",
            "BigInteger",
            "Boolean",
            "String",
            "Text",
        }:
            row[column.name] = {"text": NASTY, NASTY: 1}
    return row | {column.name: NASTY[: column.type.length] for column in text_columns(table)}


def test_quotes_and_every_script_in_every_text_column(any_engine: Engine) -> None:
    user = User("o'brien \"; -- ♯🎸 %s")
    known: dict[str, Any] = {}
    rows = {}
    with transaction(any_engine, user) as connection:
        for table in Base.metadata.sorted_tables:
            if table.name in {"sync_server", "sync_heads"}:
                continue
            rows[table] = a_row(table, user, known)
            connection.execute(insert(table), rows[table])
    assert sum(len(text_columns(table)) for table in rows) > 15
    with transaction(any_engine, user) as connection:
        for table, row in rows.items():
            (found,) = connection.execute(select(table)).mappings().all()
            assert {name: found[name] for name in row} == row, table.name
    assert read(any_engine, user, queries.sessions())["comment"].to_list() == [NASTY]


def test_a_file_that_is_gone_is_a_sentence(sqlite_engine: Engine, start: SessionStart) -> None:
    """Its connections would go on writing to what nobody can open any more."""
    Repository(sqlite_engine).begin_session(start)
    place = Path(str(sqlite_engine.url.database))
    for file in place.parent.iterdir():
        file.unlink()
    with pytest.raises(StoreError, match="fretcoach db upgrade"):
        Repository(sqlite_engine).begin_session(start)


def test_a_file_that_was_replaced_is_the_one_written_to(
    sqlite_engine: Engine, start: SessionStart, tmp_path: Path
) -> None:
    save(sqlite_engine, tmp_path / "empty.sqlite")
    Repository(sqlite_engine).begin_session(start)
    place = Path(str(sqlite_engine.url.database))
    for file in place.parent.iterdir():
        file.unlink()
    shutil.copyfile(tmp_path / "empty.sqlite", place)
    assert Repository(sqlite_engine).unfinished(start.user) == []
    Repository(sqlite_engine).begin_session(start)
    assert read(sqlite_engine, start.user, queries.sessions()).height == 1


def test_an_error_that_does_not_pass_is_not_tried_again(any_engine: Engine, ada: User) -> None:
    tries = []

    def work(connection: Connection) -> None:
        tries.append(1)
        connection.execute(text("SELECT * FROM no_such_table"))

    with pytest.raises(StoreError):
        repeated(any_engine, ada, work)
    assert tries == [1]


def test_a_busy_file_is_tried_again(sqlite_engine: Engine, ada: User) -> None:
    tries = []

    def work(_: Connection) -> str:
        tries.append(1)
        if len(tries) < 3:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error
        return "done"

    assert repeated(sqlite_engine, ada, work) == "done"
    assert len(tries) == 3
