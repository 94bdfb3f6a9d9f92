"""What travels (sync, export, import) keeps players apart on Postgres, and nothing goes around the store."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

import workbench
from workbench.store import queries
from workbench.store.columns import new_id
from workbench.store.configs import Configs
from workbench.store.errors import StoreError
from workbench.store.messages import Messages
from workbench.store.plans import Plans
from workbench.store.read import read
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.store.sync.run import Sync
from workbench.store.usage import Usage
from workbench.transfer.exporting import export_tables
from workbench.transfer.importing import import_export
from workbench.user import User

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)

Finish = Callable[[SessionStart], SessionEnd]


@pytest.fixture
def adas(postgres_engine: Engine, start: SessionStart, finish: Finish) -> SessionStart:
    """A finished session of ada on the server."""
    Repository(postgres_engine).add_finished([(start, finish(start))])
    return start


def rows_by_player(engine: Engine) -> list[tuple[str, int]]:
    with engine.connect() as connection:
        query = "SELECT user_id, count(*) FROM fretcoach.notes GROUP BY 1 ORDER BY 1"
        return [(user, count) for user, count in connection.execute(text(query)).all()]


@pytest.mark.postgres
def test_a_push_can_not_take_over_a_session(
    app_engine: Engine, sqlite_engine: Engine, adas: SessionStart, finish: Finish, ben: User
) -> None:
    stolen = replace(adas, user=ben, scale_chosen="stolen")
    Repository(sqlite_engine).add_finished([(stolen, finish(stolen))])
    with pytest.raises(StoreError):
        Sync(sqlite_engine, app_engine, ben).run_once()
    assert read(app_engine, ben, queries.sessions()).is_empty()
    assert read(app_engine, adas.user, queries.notes(adas.session_id)).height == 4
    assert read(app_engine, adas.user, queries.sessions())["scale_chosen"].to_list() == ["A Minor"]


@pytest.mark.postgres
def test_a_pull_brings_nobody_elses_sessions(
    app_engine: Engine, sqlite_engine: Engine, adas: SessionStart, ben: User
) -> None:
    Sync(sqlite_engine, app_engine, ben).run_once()
    with sqlite_engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sessions")).scalar_one() == 0
        assert connection.execute(text("SELECT count(*) FROM notes")).scalar_one() == 0


@pytest.mark.postgres
def test_an_export_holds_only_ones_own(
    app_engine: Engine, adas: SessionStart, finish: Finish, ben: User, tmp_path: Path
) -> None:
    assert export_tables(app_engine, [ben], "json", tmp_path / "ben.json")["sessions"] == 0
    assert str(adas.session_id) not in (tmp_path / "ben.json").read_text()
    assert export_tables(app_engine, [adas.user], "json", tmp_path / "ada.json")["sessions"] == 1


@pytest.mark.postgres
def test_an_import_can_not_write_for_somebody_else(
    app_engine: Engine, postgres_engine: Engine, adas: SessionStart, ben: User, tmp_path: Path
) -> None:
    export_tables(app_engine, [adas.user], "json", tmp_path / "ada.json")
    with pytest.raises((StoreError, ValueError)):
        import_export(app_engine, ben, tmp_path / "ada.json")
    text_of = (tmp_path / "ada.json").read_text()
    (tmp_path / "forged.json").write_text(text_of.replace('"ada"', '"ben"'))
    with pytest.raises((StoreError, ValueError)):
        import_export(app_engine, ben, tmp_path / "forged.json")
    assert rows_by_player(postgres_engine) == [("ada", 4)]


@pytest.mark.postgres
def test_two_players_sync_through_one_login(
    app_engine: Engine, sqlite_engine: Engine, adas: SessionStart, finish: Finish, ben: User
) -> None:
    mine = replace(adas, user=ben, session_id=new_id())
    Repository(sqlite_engine).add_finished([(mine, finish(mine))])
    assert Sync(sqlite_engine, app_engine, ben).run_once().waiting == 0
    for one in (adas, mine):
        assert read(app_engine, one.user, queries.sessions())["session_id"].to_list() == [str(one.session_id)]
        assert read(app_engine, one.user, queries.notes(one.session_id)).height == 4


PACKAGES = ("dsp", "workbench", "coach", "dashboards", "pi_service")
CONNECTS = re.compile(
    r"\bengine\.(begin|connect)\(\)|create_engine\(|(psycopg|sqlite3|dbapi)\.connect\(|read_database"
)


def test_only_the_store_talks_to_a_database() -> None:
    root = Path(workbench.__file__).parents[1]
    store = root / "workbench" / "store"
    sources = [path for package in PACKAGES for path in (root / package).rglob("*.py")]
    assert len(sources) > 100
    around = [path for path in sources if store not in path.parents and CONNECTS.search(path.read_text())]
    assert around == []


@pytest.mark.postgres
def test_a_login_of_the_app_keeps_what_a_coach_keeps(app_engine: Engine, ada: User, ben: User) -> None:
    plans, messages = Plans(app_engine), Messages(app_engine)
    usage, configs = Usage(app_engine), Configs(app_engine)
    practice = plans.save(ada, {"minutes": 5.0})
    plans.mark_executed(ada, practice, practice)
    plans.add_outcome(ada, practice, None, {"verdict": "better"})
    messages.add(ada, "user", "what next?")
    call = usage.add(ada, "small", "chat", input_tokens=9, output_tokens=8, cost_usd=0.5)
    usage.refuse(ada, call)
    configs.set(ada, "coach.live", False)
    configs.set(ada, "coach.live", True)
    for user, there in ((ada, 1), (ben, 0)):
        assert len(plans.newest(user, 9)) == len(plans.outcomes(user)) == there
        assert len(messages.newest(user, 9)) == there
        assert usage.spent(user, LONG_AGO).refused == there
        assert configs.get(user, "coach.live", False) is bool(there)
    for refused in (
        lambda: plans.mark_executed(ben, practice, practice),
        lambda: plans.add_outcome(ben, practice, None, {}),
        lambda: usage.refuse(ben, call),
    ):
        with pytest.raises(StoreError, match="There is no"):
            refused()
