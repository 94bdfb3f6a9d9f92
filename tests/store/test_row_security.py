"""Nobody reads or writes another player's rows on Postgres, whatever they call and connect as."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import polars as pl
import psycopg
import pytest
from sqlalchemy import Engine, bindparam, delete, insert, select, text, update
from sqlalchemy.orm import Session

from workbench.archive import Archive
from workbench.store import queries
from workbench.store.bulk import insert_new
from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.read import Query, read
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.store.roles import ROLES
from workbench.store.schema import SCHEMA, Base, NoteRow, SessionRow
from workbench.store.schema_coach import PupilRow
from workbench.store.transaction import transaction
from workbench.user import User

pytestmark = pytest.mark.postgres

Finish = Callable[[SessionStart], SessionEnd]

NOBODYS = {"alembic_version", "sync_server"}
"""Tables that tell nothing about a player."""

OF_ANYBODY = Query(
    select(SessionRow.user_id.label("owner"), bindparam("user_id").label("me")),
    {"owner": pl.String(), "me": pl.String()},
)
"""A query that forgot its filter."""


@pytest.fixture(params=["app_engine", "postgres_engine", "owners_engine"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """A login of the app; a superuser; a login that may act as the owner of the tables."""
    found: Engine = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def theirs(postgres_engine: Engine, start: SessionStart, finish: Finish) -> SessionStart:
    """A finished session of ada, with something in each other table of hers."""
    Repository(postgres_engine).add_finished([(start, finish(start))])
    Repository(postgres_engine).set_comment(start.user, start.session_id, "precious")
    with postgres_engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            name = table.name
            if name in {"sessions", "analyses", "notes", "sync_heads", *NOBODYS}:
                continue
            values = {column.name: a_value(column) for column in table.columns if needs_value(column)}
            connection.execute(insert(table), values | {"user_id": "ada"} | same_plan(name))
    return start


PLAN = new_id()
STARTED = datetime(2026, 3, 1, tzinfo=UTC)


def same_plan(table: str) -> dict[str, UUID]:
    return {"practice_id": PLAN} if table in {"ai_practice_plans", "plan_outcomes"} else {}


def needs_value(column: Any) -> bool:
    return not column.nullable and column.server_default is None


def a_value(column: Any) -> Any:
    kind = type(column.type).__name__
    return {"Identifier": new_id(), "UtcDateTime": STARTED, "Finite": 1.0, "Integer": 1}.get(kind, "x")


def rows_of(engine: Engine, table: str = "sessions") -> int:
    """How many rows there really are: only a superuser is asked."""
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {SCHEMA}.{table}")).scalar_one())


def test_every_table_is_bound_and_binds_its_owner_too(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        tables = connection.execute(
            text(
                "SELECT relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text FROM pg_class"
                " WHERE relnamespace = 'fretcoach'::regnamespace AND relkind IN ('r', 'p')"
            )
        ).all()
    assert {name for name, *_ in tables} >= {table.name for table in Base.metadata.sorted_tables}
    assert [row for row in tables if tuple(row[1:]) != (True, True, "fretcoach_owner")] == []


def test_no_view_and_no_powerful_function_goes_around_it(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        views = text(
            "SELECT relname FROM pg_class WHERE relnamespace = 'fretcoach'::regnamespace"
            " AND relkind IN ('v', 'm', 'f')"
        )
        assert connection.execute(views).all() == []
        definers = text(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'fretcoach'::regnamespace AND prosecdef"
        )
        assert connection.execute(definers).all() == []


def test_no_role_is_above_the_rules(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        roles = connection.execute(
            text(
                "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole FROM pg_roles"
                " WHERE rolname = ANY(:roles)"
            ),
            {"roles": list(ROLES)},
        ).all()
    assert len(roles) == 4
    assert {tuple(row[1:]) for row in roles} == {(False, False, False, False)}


def test_another_player_sees_and_changes_no_row_of_any_table(
    engine: Engine, postgres_engine: Engine, theirs: SessionStart, ben: User
) -> None:
    tables = [table.name for table in Base.metadata.sorted_tables if table.name not in NOBODYS]
    before = {table: rows_of(postgres_engine, table) for table in tables}
    assert min(before.values()) >= 1
    with transaction(engine, ben) as connection:
        for table in tables:
            assert connection.execute(text(f"SELECT count(*) FROM {SCHEMA}.{table}")).scalar_one() == 0
            assert connection.execute(text(f"UPDATE {SCHEMA}.{table} SET user_id = 'ben'")).rowcount == 0
            assert connection.execute(text(f"DELETE FROM {SCHEMA}.{table}")).rowcount == 0
    assert {table: rows_of(postgres_engine, table) for table in tables} == before


def test_without_a_player_nothing_is_there(engine: Engine, theirs: SessionStart) -> None:
    with transaction(engine, None) as connection:
        for table in Base.metadata.sorted_tables:
            expected = 1 if table.name in NOBODYS else 0
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == expected
    with pytest.raises(StoreError, match="row-level security"), transaction(engine, None) as connection:
        connection.execute(insert(SessionRow), {**session_values(theirs), "session_id": new_id()})


def test_a_login_of_the_app_that_forgets_to_say_who_it_is_sees_nothing(
    app_engine: Engine, theirs: SessionStart
) -> None:
    with app_engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name not in NOBODYS:
                assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0
        with pytest.raises(Exception, match="row-level security"), connection.begin_nested():
            connection.execute(insert(SessionRow), {**session_values(theirs), "session_id": new_id()})


def test_the_player_does_not_outlive_the_transaction(app_engine: Engine, theirs: SessionStart) -> None:
    with transaction(app_engine, theirs.user) as connection:
        assert connection.execute(text("SELECT count(*) FROM fretcoach.sessions")).scalar_one() == 1
    with app_engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM fretcoach.sessions")).scalar_one() == 0


def test_the_repository_keeps_players_apart(
    engine: Engine, postgres_engine: Engine, theirs: SessionStart, finish: Finish, ben: User
) -> None:
    repository = Repository(engine)
    end = finish(theirs)
    attempts: list[Callable[[], object]] = [
        lambda: repository.begin_session(replace(theirs, user=ben)),
        lambda: repository.add_finished([(replace(theirs, user=ben), end)]),
        lambda: repository.finish_session(ben, end),
        lambda: repository.append_analysis(ben, theirs.session_id, end.analysis),
        lambda: repository.set_comment(ben, theirs.session_id, "mine now"),
        lambda: repository.delete_session(ben, theirs.session_id),
        lambda: repository.delete_now(ben, theirs.session_id),
        lambda: repository.undo_delete(ben, theirs.session_id),
    ]
    for attempt in attempts:
        with pytest.raises(StoreError, match=r"of the player ben|another player"):
            attempt()
    assert repository.unfinished(ben) == []
    assert repository.purge(ben) == 0
    assert repository.erase_demo([ben]) == 0
    assert rows_of(postgres_engine, "notes") == 4
    assert Archive(ben, engine).sessions().is_empty()


def test_the_orm_keeps_players_apart(engine: Engine, theirs: SessionStart, ben: User) -> None:
    with transaction(engine, ben) as connection:
        session = Session(bind=connection)
        assert session.get(SessionRow, theirs.session_id) is None
        assert session.scalars(select(NoteRow)).all() == []
        session.execute(update(SessionRow).values(comment="mine now"))
        session.execute(delete(NoteRow))
    assert read(engine, theirs.user, queries.sessions())["comment"].to_list() == ["precious"]
    assert read(engine, theirs.user, queries.notes(theirs.session_id)).height == 4


def test_frames_keep_players_apart_even_when_a_query_forgets_its_filter(
    engine: Engine, theirs: SessionStart, ben: User
) -> None:
    assert read(engine, ben, queries.sessions()).is_empty()
    assert read(engine, ben, queries.notes(theirs.session_id)).is_empty()
    assert read(engine, ben, OF_ANYBODY).is_empty()
    assert read(engine, theirs.user, OF_ANYBODY)["owner"].to_list() == ["ada"]


def session_values(start: SessionStart) -> dict[str, Any]:
    return {
        "session_id": start.session_id,
        "user_id": start.user.id,
        "start_timestamp": start.started_at,
        "scale_chosen": "C Major",
        "strictness": 0.5,
        "sensitivity": 0.5,
    }


def test_whole_frames_of_another_player_are_refused(
    engine: Engine, postgres_engine: Engine, theirs: SessionStart, ben: User
) -> None:
    rows = pl.DataFrame({**session_values(theirs), "session_id": str(new_id())})
    table: Any = SessionRow.__table__
    with pytest.raises(StoreError, match="row-level security"), transaction(engine, ben) as connection:
        insert_new(connection, table, rows)
    assert rows_of(postgres_engine) == 1


def test_copy_reads_nothing_of_others_and_writes_nothing_at_all(
    engine: Engine, theirs: SessionStart, ben: User
) -> None:
    with transaction(engine, ben) as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        with driver.cursor() as cursor:
            with cursor.copy("COPY (SELECT * FROM fretcoach.notes) TO STDOUT") as copy:
                assert list(copy) == []
            with pytest.raises(psycopg.errors.FeatureNotSupported, match="row-level security"):  # noqa: SIM117
                with cursor.copy("COPY fretcoach.notes FROM STDIN") as copy:
                    copy.write(b"")


def test_a_note_can_not_be_hung_on_another_players_session(
    engine: Engine, theirs: SessionStart, ben: User
) -> None:
    analysis = read(engine, theirs.user, queries.analyses(theirs.session_id))["analysis_id"].item()
    row = {"analysis_id": UUID(analysis), "position": 9, "session_id": theirs.session_id, "onset_s": 1.0}
    for owner in ("ben", "ada"):
        with pytest.raises(StoreError), transaction(engine, ben) as connection:
            connection.execute(insert(NoteRow), row | {"user_id": owner})


@pytest.fixture
def owners_engine(postgres_engine: Engine) -> Iterator[Engine]:
    """A login without any power but being in the owner's and the app's role."""
    from workbench.store.engine import opened

    with postgres_engine.begin() as connection:
        known = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = 'test_owner'")).first()
        if known is None:
            connection.execute(text("CREATE ROLE test_owner LOGIN IN ROLE fretcoach_owner, fretcoach_app"))
    url = postgres_engine.url.set(username="test_owner").render_as_string(hide_password=False)
    with opened(url) as engine:
        yield engine


def as_role(engine: Engine, user: str, statement: str) -> list[Any]:
    """What a login gets that binds itself to a player and stays in its own role."""
    with engine.begin() as connection:
        connection.execute(text("SELECT set_config('fretcoach.user', :user, true)"), {"user": user})
        return list(connection.execute(text(statement)).scalars())


def grant(engine: Engine, player: User, teacher: str) -> None:
    with transaction(engine, player) as connection:
        connection.execute(insert(PupilRow), {"user_id": player.id, "teacher_id": teacher})


SESSIONS = "SELECT user_id FROM fretcoach.sessions"


def test_a_teacher_sees_who_granted_it_and_until_it_is_taken_back(
    app_engine: Engine, teacher_engine: Engine, theirs: SessionStart, ada: User
) -> None:
    assert as_role(teacher_engine, "zoe", SESSIONS) == []
    grant(app_engine, ada, "zoe")
    assert as_role(teacher_engine, "zoe", SESSIONS) == ["ada"]
    assert as_role(teacher_engine, "zoe", "SELECT user_id FROM fretcoach.notes") == ["ada"] * 4
    assert as_role(teacher_engine, "yan", SESSIONS) == []
    assert as_role(teacher_engine, "", SESSIONS) == []
    with transaction(app_engine, ada) as connection:
        connection.execute(delete(PupilRow).where(PupilRow.teacher_id == "zoe"))
    assert as_role(teacher_engine, "zoe", SESSIONS) == []


def test_nobody_makes_themselves_a_teacher(
    app_engine: Engine, teacher_engine: Engine, theirs: SessionStart
) -> None:
    grab = "INSERT INTO fretcoach.pupils (user_id, teacher_id) VALUES ('ada', 'zoe') RETURNING user_id"
    for engine in (app_engine, teacher_engine):
        with pytest.raises(Exception, match=r"row-level security|permission denied"):
            as_role(engine, "zoe", grab)
    assert as_role(teacher_engine, "zoe", SESSIONS) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fretcoach.sessions SET comment = 'well done' RETURNING user_id",
        "DELETE FROM fretcoach.notes RETURNING user_id",
        "SELECT user_id FROM fretcoach.coach_messages",
        "SELECT user_id FROM fretcoach.user_configs",
        "INSERT INTO fretcoach.sessions (session_id, user_id, start_timestamp, scale_chosen, strictness,"
        " sensitivity) VALUES (gen_random_uuid(), 'ada', now(), 'C', 1, 1) RETURNING user_id",
    ],
)
def test_a_teacher_writes_nothing_and_reads_no_conversation(
    app_engine: Engine, teacher_engine: Engine, theirs: SessionStart, ada: User, statement: str
) -> None:
    grant(app_engine, ada, "zoe")
    with pytest.raises(Exception, match="permission denied"):
        as_role(teacher_engine, "zoe", statement)


def test_the_report_reads_all_players_and_writes_nothing(
    report_engine: Engine, postgres_engine: Engine, theirs: SessionStart, finish: Finish, ben: User
) -> None:
    mine = replace(theirs, session_id=new_id(), user=ben)
    Repository(postgres_engine).add_finished([(mine, finish(mine))])
    assert sorted(as_role(report_engine, "", SESSIONS)) == ["ada", "ben"]
    for statement in ("UPDATE fretcoach.sessions SET comment = ''", "DELETE FROM fretcoach.notes"):
        with pytest.raises(Exception, match="permission denied"):
            as_role(report_engine, "ada", f"{statement} RETURNING user_id")


def test_the_app_can_not_act_as_another_role(app_engine: Engine) -> None:
    for role in ("fretcoach_owner", "fretcoach_report", "postgres"):
        with pytest.raises(Exception, match="permission denied"), app_engine.begin() as connection:
            connection.execute(text(f"SET LOCAL ROLE {role}"))
    with pytest.raises(Exception, match="must be owner"), app_engine.begin() as connection:
        connection.execute(text("ALTER TABLE fretcoach.sessions DISABLE ROW LEVEL SECURITY"))
