"""Frames into tables: every value as it was, twice the same rows once, and nothing that the tables refuse."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, Table, text

from workbench.store import queries
from workbench.store.bulk import insert_new
from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.read import read
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.store.schema import NoteRow, SessionRow
from workbench.store.schema_coach import CoachMessageRow, UserConfigRow
from workbench.store.transaction import transaction
from workbench.user import User

SESSIONS: Table = SessionRow.__table__
NOTES: Table = NoteRow.__table__
MESSAGES: Table = CoachMessageRow.__table__
CONFIGS: Table = UserConfigRow.__table__

TEXTS = [
    "naïve ♯♭ 🎸",
    "'quoted' \"twice\"",
    "two\nlines\r\nand a\ttab",
    "back\\slash \\n \\N \\.",
    "\\.",
    "one\n\\.\nthree",
    "\\N",
    "NULL",
    "a,b;c",
    " space ",
    "",
]


@pytest.fixture
def session(any_engine: Engine, start: SessionStart, finish: Callable[[SessionStart], SessionEnd]) -> str:
    """A stored session of ada's, with an analysis and four notes."""
    Repository(any_engine).add_finished([(start, finish(start))])
    return str(start.session_id)


def insert(engine: Engine, user: User, table: Table, rows: pl.DataFrame) -> int:
    with transaction(engine, user) as connection:
        return insert_new(connection, table, rows)


def messages(contents: list[str | None], **columns: object) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "message_id": [str(new_id()) for _ in contents],
            "content": contents,
        }
    ).with_columns(user_id=pl.lit("ada"), role=pl.lit("player"), **columns)


def contents_of(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        return {
            str(key): value
            for key, value in connection.execute(
                MESSAGES.select().with_only_columns(MESSAGES.c.message_id, MESSAGES.c.content)
            )
        }


def more_notes(engine: Engine, session: str, count: int, first: int = 100) -> pl.DataFrame:
    analysis = read(engine, User("ada"), queries.analyses(session))["analysis_id"].item()
    return pl.DataFrame({"position": range(first, first + count)}).select(
        "position",
        analysis_id=pl.lit(analysis),
        session_id=pl.lit(session),
        user_id=pl.lit("ada"),
        onset_s=pl.col("position") / 3.0,
    )


def test_every_text_comes_back_as_it_was(any_engine: Engine, ada: User) -> None:
    rows = messages(list(TEXTS))
    assert insert(any_engine, ada, MESSAGES, rows) == len(TEXTS)
    assert contents_of(any_engine) == dict(zip(rows["message_id"], TEXTS, strict=True))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), max_size=8))
def test_any_text_comes_back_as_it_was(any_engine: Engine, contents: list[str]) -> None:
    rows = messages(list(contents)).cast({"content": pl.String, "message_id": pl.String})
    assert insert(any_engine, User("ada"), MESSAGES, rows) == len(contents)
    stored = contents_of(any_engine)
    assert [stored[key] for key in rows["message_id"]] == contents


def test_null_is_not_the_empty_text(any_engine: Engine, start: SessionStart) -> None:
    rows = pl.DataFrame(
        {
            "session_id": [str(new_id()), str(new_id())],
            "user_id": ["ada", "ada"],
            "start_timestamp": [start.started_at, start.started_at + timedelta(seconds=1)],
            "scale_chosen": ["A Minor", "A Minor"],
            "comment": ["", None],
            "strictness": 0.5,
            "sensitivity": 0.5,
        }
    )
    assert insert(any_engine, start.user, SESSIONS, rows) == 2
    frame = read(any_engine, start.user, queries.sessions())
    assert frame["comment"].to_list() == ["", None]
    assert frame["scale_type"].to_list() == ["natural", "natural"]


def test_times_keep_their_microseconds_and_their_moment(any_engine: Engine, start: SessionStart) -> None:
    west = timezone(timedelta(hours=-7))
    moments = [start.started_at, datetime(1970, 1, 1, tzinfo=UTC), datetime(1969, 12, 31, 23, 59, 59, 1, UTC)]
    rows = pl.DataFrame(
        {
            "session_id": [str(new_id()) for _ in moments],
            "user_id": "ada",
            "start_timestamp": [moment.astimezone(west) for moment in moments],
            "scale_chosen": "A Minor",
            "strictness": 0.5,
            "sensitivity": 0.5,
        }
    ).with_columns(pl.col("start_timestamp").dt.convert_time_zone("America/Los_Angeles"))
    insert(any_engine, start.user, SESSIONS, rows)
    assert read(any_engine, start.user, queries.sessions())["start_timestamp"].to_list() == sorted(moments)


def test_a_row_stored_this_way_is_one_that_the_repository_could_have_stored(
    any_engine: Engine, session: str, ada: User
) -> None:
    """The same bytes in every column: what SQLite holds as text must compare as text."""
    with transaction(any_engine, ada) as connection:
        [stored] = connection.execute(text(f"SELECT * FROM {place(any_engine)}sessions")).mappings().all()
        connection.execute(text(f"CREATE TEMPORARY TABLE kept AS SELECT * FROM {place(any_engine)}sessions"))
        frame = read_all(any_engine, ada).drop("engine_version")
        connection.execute(text(f"DELETE FROM {place(any_engine)}notes"))
        connection.execute(text(f"DELETE FROM {place(any_engine)}analyses"))
        connection.execute(text(f"DELETE FROM {place(any_engine)}sessions"))
        assert insert_new(connection, SESSIONS, frame) == 1
        [again] = connection.execute(text(f"SELECT * FROM {place(any_engine)}sessions")).mappings().all()
    own = {"created_at", "updated_at", "change_seq"}
    assert {key: value for key, value in again.items() if key not in own} == {
        key: value for key, value in stored.items() if key not in own
    }


def place(engine: Engine) -> str:
    return "fretcoach." if engine.dialect.name == "postgresql" else ""


def read_all(engine: Engine, user: User) -> pl.DataFrame:
    return read(engine, user, queries.sessions())


def test_rows_that_are_there_stay_as_they_are_and_are_not_counted(
    any_engine: Engine, session: str, ada: User
) -> None:
    rows = more_notes(any_engine, session, 5, first=2)
    assert insert(any_engine, ada, NOTES, rows) == 3
    assert insert(any_engine, ada, NOTES, rows) == 0
    stored = read(any_engine, ada, queries.notes(session))
    assert stored["position"].to_list() == list(range(7))
    assert stored["midi"].to_list() == [57.0, 60.04, 61.0, None, None, None, None]


def test_the_first_of_two_rows_with_one_key_counts(any_engine: Engine, ada: User) -> None:
    row = messages(["first"])
    twice = pl.concat([row, row.with_columns(content=pl.lit("second"))])
    assert insert(any_engine, ada, MESSAGES, twice) == 1
    assert list(contents_of(any_engine).values()) == ["first"]


def test_what_is_not_a_number_becomes_null(any_engine: Engine, session: str, ada: User) -> None:
    odd = [float("nan"), float("inf"), float("-inf"), 1e-300, -0.0, 0.1]
    rows = more_notes(any_engine, session, len(odd)).with_columns(midi=pl.Series(odd))
    insert(any_engine, ada, NOTES, rows)
    assert read(any_engine, ada, queries.notes(session))["midi"].to_list()[4:] == [None] * 3 + [
        1e-300,
        0.0,
        0.1,
    ]
    with pytest.raises(StoreError, match="onset_s"):
        insert(
            any_engine, ada, NOTES, more_notes(any_engine, session, 1, 200).with_columns(onset_s=float("nan"))
        )


def test_json_is_kept_as_a_value(any_engine: Engine, ada: User) -> None:
    values = ['{"b": [1, 2.5, null], "a": "\\u266f \\"x\\" \\\\ \\n"}', '"text"', "null", "[]"]
    rows = pl.DataFrame({"user_id": "ada", "name": ["a", "b", "c", "d"], "value": values})
    assert insert(any_engine, ada, CONFIGS, rows) == 4
    with transaction(any_engine, ada) as connection:
        stored = connection.execute(CONFIGS.select().order_by(CONFIGS.c.name)).mappings().all()
    assert [row["value"] for row in stored] == [
        {"a": '♯ "x" \\ \n', "b": [1, 2.5, None]},
        "text",
        None,
        [],
    ]


@pytest.mark.parametrize("value", ["{", "NaN", '{"a": Infinity}', "naïve"])
def test_what_is_no_json_is_refused(any_engine: Engine, ada: User, value: str) -> None:
    rows = pl.DataFrame({"user_id": ["ada"], "name": ["a"], "value": [value]})
    with pytest.raises(StoreError, match="'value' is not JSON"):
        insert(any_engine, ada, CONFIGS, rows)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"analysis_id": pl.lit(str(new_id()))}, "refused"),
        ({"user_id": pl.lit("ben")}, "refused"),
        ({"onset_s": pl.lit(None)}, "onset_s"),
        ({"session_id": pl.lit("garbage")}, "'garbage' in 'session_id' is not an id"),
        ({"fret": pl.lit(1.5)}, "1.5 in 'fret' is no whole number"),
        ({"onset_s": pl.lit("soon")}, "hold what it can't"),
        ({"pitch": pl.lit(1.0)}, "no column 'pitch'"),
    ],
)
def test_what_the_table_refuses_raises_and_leaves_nothing(
    any_engine: Engine, session: str, ada: User, change: dict[str, pl.Expr], words: str
) -> None:
    rows = more_notes(any_engine, session, 3).with_columns(**change)
    with pytest.raises(StoreError, match=words):
        insert(any_engine, ada, NOTES, rows)
    assert read(any_engine, ada, queries.notes(session)).height == 4


def test_an_error_raises_where_it_happens(any_engine: Engine, session: str, ada: User) -> None:
    """So that a caller inside the transaction may say what was being stored."""
    rows = more_notes(any_engine, session, 1).with_columns(analysis_id=pl.lit(str(new_id())))
    with transaction(any_engine, ada) as connection, pytest.raises(StoreError, match="refused"):
        insert_new(connection, NOTES, rows)


def test_a_time_without_a_zone_is_refused(any_engine: Engine, ada: User) -> None:
    rows = messages(["x"], created_at=pl.lit("2026-01-01").str.to_datetime())
    with pytest.raises(StoreError, match="'created_at' have no zone"):
        insert(any_engine, ada, MESSAGES, rows)


def test_a_key_must_be_given_whole(any_engine: Engine, session: str, ada: User) -> None:
    with pytest.raises(StoreError, match="lack 'position'"):
        insert(any_engine, ada, NOTES, more_notes(any_engine, session, 1).drop("position"))


def test_no_rows_are_no_work(any_engine: Engine, session: str, ada: User) -> None:
    assert insert(any_engine, ada, NOTES, more_notes(any_engine, session, 0)) == 0


def test_several_tables_and_several_times_in_one_transaction(
    any_engine: Engine, session: str, ada: User
) -> None:
    with transaction(any_engine, ada) as connection:
        assert insert_new(connection, NOTES, more_notes(any_engine, session, 2)) == 2
        assert insert_new(connection, MESSAGES, messages(["x"])) == 1
        assert (
            insert_new(
                connection,
                NOTES,
                more_notes(any_engine, session, 3, 101)
                .drop("onset_s")
                .with_columns(onset_s=pl.lit(0.0), string=pl.lit(3)),
            )
            == 2
        )
    assert read(any_engine, ada, queries.notes(session)).height == 8


def test_more_rows_than_are_written_at_once(
    any_engine: Engine, session: str, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.store.bulk.ROWS_AT_ONCE", 7)
    rows = more_notes(any_engine, session, 23)
    assert insert(any_engine, ada, NOTES, rows) == 23
    assert read(any_engine, ada, queries.notes(session))["position"].to_list()[4:] == list(range(100, 123))


@pytest.mark.postgres
def test_an_ordinary_role_stores_its_own_rows_and_no_others(app_engine: Engine, ada: User) -> None:
    rows = messages(["mine"])
    assert insert(app_engine, ada, MESSAGES, rows) == 1
    assert insert(app_engine, ada, MESSAGES, rows) == 0
    with pytest.raises(StoreError, match="row-level security"):
        insert(app_engine, ada, MESSAGES, messages(["not mine"]).with_columns(user_id=pl.lit("ben")))
    with (
        pytest.raises(StoreError, match="row-level security"),
        transaction(app_engine, None) as connection,
    ):
        insert_new(connection, MESSAGES, messages(["nobody's"]))
