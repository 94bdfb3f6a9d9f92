"""A backup comes back, into either database, and what was there is kept."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, text

from workbench.archive import Archive
from workbench.store import queries
from workbench.store.backup import save
from workbench.store.columns import new_id
from workbench.store.engine import open_engine, status, upgrade
from workbench.store.errors import StoreError
from workbench.store.items import Item, Items
from workbench.store.messages import Messages
from workbench.store.read import read
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.store.restore import Restored, restore
from workbench.store.schema_coach import CoachMessageRow, PracticePlanRow, UserConfigRow
from workbench.store.transaction import transaction
from workbench.store.usage import Usage
from workbench.user import User

Finish = Callable[[SessionStart], SessionEnd]

WORDS = 'o\'brien "says" \\ \n\t ♯♭ 🎸 %s :x $1 {}'

EVERYTHING = {
    "sessions": "session_id, user_id, start_timestamp, end_timestamp, comment, overall, enabled_metrics",
    "analyses": "analysis_id, session_id, user_id, engine_version, settings, metric_detail, created_at",
    "notes": "analysis_id, position, onset_s, midi, in_scale, articulation, fret",
    "coach_messages": "message_id, content, evidence, created_at",
    "ai_practice_plans": "practice_id, practice_plan, generated_at",
    "user_configs": "user_id, name, value",
    "practice_items": "item_id, content, due_at, stability, difficulty, state, step, last_review_at",
    "llm_usage": "usage_id, model, input_tokens, cost_usd, refused",
}


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """What was stored, read the way the models read it, so that both databases give the same."""
    from workbench.store.schema import Base

    found = {}
    with engine.connect() as connection:
        for name, columns in EVERYTHING.items():
            table = Base.metadata.tables[f"fretcoach.{name}"]
            wanted = [table.c[column] for column in columns.split(", ")]
            rows = connection.execute(table.select().with_only_columns(*wanted)).all()
            found[name] = sorted((tuple(row) for row in rows), key=str)
    return found


@pytest.fixture
def practised(any_engine: Engine, start: SessionStart, finish: Finish, ben: User) -> Engine:
    """Two players' sessions, and the texts that are hardest to carry over."""
    repository = Repository(any_engine)
    for user in (start.user, ben):
        one = replace(start, session_id=new_id(), user=user)
        repository.add_finished([(one, finish(one))])
        repository.set_comment(user, one.session_id, WORDS)
        with transaction(any_engine, user) as connection:
            message = {"message_id": new_id(), "user_id": user.id, "role": "player", "content": WORDS}
            connection.execute(insert(CoachMessageRow), message | {"evidence": {"n": 3, "words": WORDS}})
            plan = {"practice_id": new_id(), "user_id": user.id, "practice_plan": {"text": WORDS}}
            connection.execute(insert(PracticePlanRow), plan)
            config = {"user_id": user.id, "name": "scale", "value": ["A", 1.5, None, True]}
            connection.execute(insert(UserConfigRow), config)
        at = start.started_at
        reviewed = Item(new_id(), "degree", {"words": WORDS}, at, 3.5, 6.25, 2, None, at, 2, 1)
        Items(any_engine).put(user, [reviewed, Item(new_id(), "tempo", {"bpm": 90.0}, at)])
        usage = Usage(any_engine)
        call = usage.add(user, "small", "chat", input_tokens=900, output_tokens=80, cost_usd=0.0015)
        usage.refuse(user, call)
        usage.add(user, "local", "live", input_tokens=100, output_tokens=8, cost_usd=None)
    return any_engine


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def target(
    request: pytest.FixtureRequest, tmp_path: Path, start: SessionStart, finish: Finish
) -> Iterator[Engine]:
    """Another database, with a session of its own."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'other' / 'other.sqlite'}")
        upgrade(engine)
    else:
        engine = request.getfixturevalue("other_postgres")
    other = replace(start, session_id=new_id(), user=User("zoe"))
    Repository(engine).add_finished([(other, finish(other))])
    yield engine
    engine.dispose()


def test_everything_comes_back_into_either_database(
    practised: Engine, target: Engine, tmp_path: Path
) -> None:
    before = everything(practised)
    save(practised, tmp_path / "mine.sqlite")
    done = restore(target, tmp_path / "mine.sqlite", tmp_path / "kept")
    assert everything(target) == before
    assert (done.sessions, done.notes) == (2, 8)
    assert Archive(User("zoe"), target).sessions().is_empty()
    ada = read(target, User("ada"), queries.sessions())
    assert ada["comment"].to_list() == [WORDS]
    assert done.kept is not None
    with closing(sqlite3.connect(done.kept)) as kept:
        assert kept.execute("SELECT user_id FROM sessions").fetchall() == [("zoe",)]
    restore(target, done.kept, tmp_path / "kept")
    assert Archive(User("zoe"), target).sessions().height == 1


@pytest.mark.postgres
def test_a_file_from_a_server_sends_what_only_a_conversation_left(
    postgres_engine: Engine, ben: User, tmp_path: Path
) -> None:
    Messages(postgres_engine).add(ben, "user", "what next?")
    save(postgres_engine, tmp_path / "mine.sqlite")
    with closing(sqlite3.connect(tmp_path / "mine.sqlite")) as file:
        waiting = file.execute("SELECT user_id, table_name, field FROM sync_outbox").fetchall()
    assert waiting == [("ben", "coach_messages", "row")]


def identity(engine: Engine) -> object:
    on_postgres = engine.dialect.name == "postgresql"
    query = (
        "SELECT server_id FROM fretcoach.sync_server" if on_postgres else "SELECT device_id FROM sync_device"
    )
    with engine.connect() as connection:
        return connection.execute(text(query)).scalar_one()


def test_what_was_restored_is_another_device_or_server(practised: Engine, tmp_path: Path) -> None:
    save(practised, tmp_path / "mine.sqlite")
    before = identity(practised)
    restore(practised, tmp_path / "mine.sqlite", tmp_path)
    assert identity(practised) != before


def test_practice_goes_on_after_a_restore(
    practised: Engine, target: Engine, tmp_path: Path, start: SessionStart, finish: Finish
) -> None:
    save(practised, tmp_path / "mine.sqlite")
    restore(target, tmp_path / "mine.sqlite", tmp_path)
    new = replace(start, session_id=new_id())
    Repository(target).add_finished([(new, finish(new))])
    sessions = read(target, start.user, queries.sessions())
    assert sessions.height == 2
    assert read(target, start.user, queries.notes(new.session_id)).height == 4
    assert status(target).pending == ()


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def damaged(file: Path) -> None:
    with file.open("r+b") as whole:
        whole.seek(4096)
        whole.write(b"\xff" * 8192)


def somebody_elses(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (newer, "made by a newer FretCoach"),
        (damaged, "is damaged|damaged"),
        (somebody_elses, "is no backup of FretCoach"),
        (lambda file: file.write_text("words"), "is no backup of FretCoach"),
        (lambda file: file.unlink(), "There is no backup"),
    ],
)
def test_what_is_no_good_backup_changes_nothing(
    change: Callable[[Path], object], words: str, practised: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "mine.sqlite"
    save(practised, file)
    before = everything(practised)
    change(file)
    with pytest.raises(StoreError, match=words):
        restore(practised, file, tmp_path / "kept")
    assert everything(practised) == before
    assert not (tmp_path / "kept").exists()


def test_a_damaged_database_is_moved_aside_and_replaced(
    sqlite_engine: Engine, start: SessionStart, finish: Finish, tmp_path: Path
) -> None:
    practised = sqlite_engine
    Repository(practised).add_finished([(start, finish(start))])
    save(practised, tmp_path / "mine.sqlite")
    before = everything(practised)
    practised.dispose()
    place = Path(str(practised.url.database))
    place.write_bytes(b"\xff" * 5000)
    done = restore(practised, tmp_path / "mine.sqlite", tmp_path)
    assert everything(practised) == before
    assert done.kept is not None
    assert done.kept.read_bytes() == b"\xff" * 5000


def test_a_restore_into_nothing_keeps_nothing(practised: Engine, tmp_path: Path) -> None:
    save(practised, tmp_path / "mine.sqlite")
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'new.sqlite'}")
    assert restore(engine, tmp_path / "mine.sqlite", tmp_path) == Restored(2, 8, None)
    engine.dispose()


@pytest.mark.postgres
def test_a_player_restores_nothing_over_the_others(
    app_engine: Engine, postgres_engine: Engine, tmp_path: Path
) -> None:
    save(postgres_engine, tmp_path / "mine.sqlite")
    with pytest.raises(StoreError):
        restore(app_engine, tmp_path / "mine.sqlite", tmp_path / "kept")


@pytest.mark.postgres
def test_a_restore_that_breaks_leaves_the_server_as_it_was(
    postgres_engine: Engine,
    start: SessionStart,
    finish: Finish,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from workbench.store import backup_postgres

    Repository(postgres_engine).add_finished([(start, finish(start))])
    save(postgres_engine, tmp_path / "mine.sqlite")
    before = everything(postgres_engine)
    monkeypatch.setattr(backup_postgres, "renew_server", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        restore(postgres_engine, tmp_path / "mine.sqlite", tmp_path / "kept")
    assert everything(postgres_engine) == before
