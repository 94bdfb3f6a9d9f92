"""Frames from both databases: same schema, same values, and only the player's own rows."""

import re
from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlalchemy import Engine, select, text

from workbench.store import queries
from workbench.store.columns import new_id
from workbench.store.detail import detail_to_summary
from workbench.store.engine import open_engine, upgrade
from workbench.store.errors import StoreError
from workbench.store.read import Query, read, read_batches
from workbench.store.records import SessionEnd, SessionStart, StoredNote
from workbench.store.repository import Repository
from workbench.store.schema import SessionRow
from workbench.user import User

Finish = Callable[[SessionStart], SessionEnd]


def fill(engine: Engine, start: SessionStart, finish: Finish) -> None:
    """A running session without anything optional, before a finished one with everything."""
    repository = Repository(engine)
    early = replace(
        start,
        session_id=new_id(),
        started_at=start.started_at - timedelta(days=1),
        bpm=None,
        enabled_metrics=(),
    )
    repository.begin_session(early)
    repository.begin_session(start)
    repository.finish_session(
        start.user, replace(finish(start), comment="naïve ♯ 'quoted'", recording_path="a.flac")
    )


def test_sessions_come_oldest_first_with_their_values(
    any_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    fill(any_engine, start, finish)
    frame = read(any_engine, start.user, queries.sessions())
    assert frame.schema == pl.Schema(queries.SESSION_SCHEMA)
    running, done = frame.to_dicts()
    assert running["end_timestamp"] is None
    assert running["engine_version"] is None
    assert done["session_id"] == str(start.session_id)
    assert done["start_timestamp"] == start.started_at
    assert done["enabled_metrics"] == '["pitch_accuracy", "timing_stability", "noise_control"]'
    assert (done["comment"], done["recording_path"]) == ("naïve ♯ 'quoted'", "a.flac")
    assert (done["pitch_accuracy"], done["timing_stability"], done["engine_version"]) == (0.94, None, "1.0")
    assert done["ambient_lighting_used"] is False


def test_notes_come_in_order_with_nulls_where_nobody_knows(
    any_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    fill(any_engine, start, finish)
    frame = read(any_engine, start.user, queries.notes(start.session_id))
    assert frame.schema == pl.Schema(queries.NOTE_SCHEMA)
    assert frame["position"].to_list() == [0, 1, 2, 3]
    assert frame["in_scale"].to_list() == [True, True, False, None]
    assert frame["midi"].to_list() == [57.0, 60.04, 61.0, None]
    assert frame["fret"].to_list() == [7, None, None, None]


def test_an_analysis_gives_its_summary_back(any_engine: Engine, start: SessionStart, finish: Finish) -> None:
    fill(any_engine, start, finish)
    frame = read(any_engine, start.user, queries.analyses(start.session_id))
    assert frame.schema == pl.Schema(queries.ANALYSIS_SCHEMA)
    assert frame["settings"].to_list() == ['{"gate_dbfs": -50.0, "hop_length": 256}']
    detail = frame["metric_detail"].str.json_decode(pl.Struct({"counts": pl.Struct({"played": pl.Int64})}))
    assert detail.struct.field("counts").struct.field("played").to_list() == [4]


def test_a_summary_survives_storing(any_engine: Engine, start: SessionStart, finish: Finish) -> None:
    import json

    fill(any_engine, start, finish)
    text = read(any_engine, start.user, queries.analyses(start.session_id))["metric_detail"].item()
    assert detail_to_summary(json.loads(text)) == finish(start).summary


def test_an_empty_answer_has_the_same_types(any_engine: Engine, ada: User) -> None:
    for query in (queries.sessions(), queries.notes(new_id()), queries.analyses(new_id())):
        frame = read(any_engine, ada, query)
        assert frame.is_empty()
        assert frame.schema == pl.Schema(query.schema)


@pytest.mark.postgres
def test_both_databases_answer_alike(
    sqlite_engine: Engine, postgres_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    for engine in (sqlite_engine, postgres_engine):
        fill(engine, start, finish)
    varying = ["session_id", "current_analysis_id", "analysis_id", "created_at"]
    for query in (queries.sessions(), queries.notes(start.session_id), queries.analyses(start.session_id)):
        first, second = (
            read(engine, start.user, query).drop(varying, strict=False)
            for engine in (sqlite_engine, postgres_engine)
        )
        assert first.height > 0
        assert_frame_equal(first, second, check_exact=True)


def test_a_column_that_is_null_for_long_keeps_its_type(
    any_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    # The SQLite driver guesses types from the first rows.
    note = StoredNote(0, 0.0, None, None, None, -20.0, 1.0, None, "unsure")
    notes = tuple(replace(note, position=index) for index in range(5000))
    last = replace(note, position=5000, duration_s=0.25, midi=60.5, in_scale=True, string=3)
    Repository(any_engine).add_finished([(start, replace(finish(start), notes=(*notes, last)))])
    frame = read(any_engine, start.user, queries.notes(start.session_id))
    assert frame.row(-1, named=True)["midi"] == 60.5
    assert (frame["string"].null_count(), frame["string"][-1]) == (5000, 3)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.store.adbc.ROWS_AT_ONCE", 3)


@pytest.mark.usefixtures("small_batches")
def test_batches_are_the_same_answer_in_parts(
    any_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    fill(any_engine, start, finish)
    for query in (queries.sessions(), queries.notes(start.session_id), queries.analyses(start.session_id)):
        parts = list(read_batches(any_engine, start.user, query))
        assert all(part.schema == pl.Schema(query.schema) for part in parts)
        assert_frame_equal(pl.concat(parts), read(any_engine, start.user, query), check_exact=True)
    assert [
        part.height for part in read_batches(any_engine, start.user, queries.notes(start.session_id))
    ] == [
        3,
        1,
    ]


@pytest.mark.usefixtures("small_batches")
def test_a_batch_knows_its_types_whatever_came_before(
    any_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    note = StoredNote(0, 0.0, None, None, None, -20.0, 1.0, None, "unsure")
    last = replace(note, position=6, duration_s=0.25, midi=60.5, in_scale=True, string=3)
    notes = (*(replace(note, position=index) for index in range(6)), last)
    Repository(any_engine).add_finished([(start, replace(finish(start), notes=notes))])
    *_, part = read_batches(any_engine, start.user, queries.notes(start.session_id))
    assert part.row(0, named=True)["midi"] == 60.5
    assert part["in_scale"].to_list() == [True]


def test_no_rows_are_no_batch(any_engine: Engine, ada: User, start: SessionStart, finish: Finish) -> None:
    fill(any_engine, start, finish)
    assert list(read_batches(any_engine, User("ben"), queries.sessions())) == []


@pytest.mark.usefixtures("small_batches")
def test_all_batches_are_of_one_moment(any_engine: Engine, start: SessionStart, finish: Finish) -> None:
    fill(any_engine, start, finish)
    parts = read_batches(any_engine, start.user, queries.notes(start.session_id))
    first = next(parts)
    Repository(any_engine).delete_session(start.user, start.session_id)
    assert first.height + sum(part.height for part in parts) == 4


@pytest.mark.usefixtures("small_batches")
def test_a_reader_that_stops_early_leaves_nothing_behind(
    any_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    fill(any_engine, start, finish)
    for _ in range(3):
        parts = read_batches(any_engine, start.user, queries.notes(start.session_id))
        assert isinstance(parts, Generator)
        next(parts)
        parts.close()
        assert read(any_engine, start.user, queries.notes(start.session_id)).height == 4


def test_a_batch_that_cannot_be_read_is_a_sentence(tmp_path: Path, ada: User) -> None:
    (tmp_path / "empty.sqlite").touch()
    for name, words in (("empty", "fretcoach db upgrade"), ("nothing", "can't be opened")):
        engine = open_engine(f"sqlite:///{tmp_path / name}.sqlite")
        with pytest.raises(StoreError, match=words):
            next(read_batches(engine, ada, queries.sessions()))


def test_a_player_reads_only_their_own(
    any_engine: Engine, start: SessionStart, finish: Finish, ben: User
) -> None:
    fill(any_engine, start, finish)
    for query in (queries.sessions(), queries.notes(start.session_id), queries.analyses(start.session_id)):
        assert read(any_engine, ben, query).is_empty()
        assert list(read_batches(any_engine, ben, query)) == []
    assert read(any_engine, User("ada' OR '1'='1"), queries.sessions()).is_empty()


def test_a_deleted_session_is_in_no_frame(any_engine: Engine, start: SessionStart, finish: Finish) -> None:
    fill(any_engine, start, finish)
    Repository(any_engine).delete_session(start.user, start.session_id)
    assert read(any_engine, start.user, queries.sessions()).height == 1
    assert read(any_engine, start.user, queries.notes(start.session_id)).is_empty()
    assert read(any_engine, start.user, queries.analyses(start.session_id)).is_empty()


@pytest.mark.postgres
def test_an_error_in_the_middle_of_an_answer_is_a_sentence(postgres_engine: Engine, ada: User) -> None:
    from sqlalchemy import Text, bindparam, literal_column

    late = (
        select(literal_column("1 / (49000 - number)").label("x"))
        .select_from(text("generate_series(1, 50000) AS number"))
        .where(bindparam("user_id", type_=Text) == "ada")
    )
    query = Query(late, {"x": pl.Int64()})
    with pytest.raises(StoreError, match="division by zero"):
        read(postgres_engine, ada, query)
    with pytest.raises(StoreError, match="division by zero"):
        list(read_batches(postgres_engine, ada, query))


def test_a_query_without_a_player_is_refused() -> None:
    with pytest.raises(ValueError, match="not bound to a player"):
        Query(select(SessionRow.session_id), {})


def test_a_query_without_its_values_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks the values of session_id"):
        replace(queries.notes(new_id()), parameters={})


def test_what_is_no_id_is_named() -> None:
    with pytest.raises(StoreError, match="'garbage' is not the id of a session"):
        queries.notes("garbage")


def test_a_missing_file_is_not_made_by_reading(tmp_path: Path, ada: User) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'nothing.sqlite'}")
    with pytest.raises(StoreError, match=r"nothing\.sqlite can't be opened"):
        read(engine, ada, queries.sessions())
    assert not (tmp_path / "nothing.sqlite").exists()


def test_a_database_without_tables_says_what_to_run(tmp_path: Path, ada: User) -> None:
    path = tmp_path / "empty.sqlite"
    path.touch()
    with pytest.raises(StoreError, match="fretcoach db upgrade"):
        read(open_engine(f"sqlite:///{path}"), ada, queries.sessions())


def test_a_path_with_odd_characters_can_be_read(tmp_path: Path, start: SessionStart, finish: Finish) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'my music %20 #1 é' / 'take.sqlite'}")
    upgrade(engine)
    fill(engine, start, finish)
    assert read(engine, start.user, queries.sessions()).height == 2
    engine.dispose()


def test_reading_does_not_wait_for_a_writer(
    sqlite_engine: Engine, start: SessionStart, finish: Finish
) -> None:
    fill(sqlite_engine, start, finish)
    with sqlite_engine.begin():
        assert read(sqlite_engine, start.user, queries.sessions()).height == 2


def test_a_server_that_is_not_there_is_named_without_its_password(ada: User) -> None:
    engine = open_engine("postgresql://ada:s3cret@127.0.0.1:1/music")
    with pytest.raises(StoreError, match=r"^Postgres at 127\.0\.0\.1:1/music can't be reached") as failure:
        read(engine, ada, queries.sessions())
    assert "s3cret" not in f"{failure.value} {failure.value.__cause__}"


@pytest.mark.postgres
def test_the_player_is_bound_inside_the_transaction_on_postgres(postgres_engine: Engine, ada: User) -> None:
    from sqlalchemy import Text, bindparam, func

    bound = select(func.current_setting("fretcoach.user").label("player")).where(
        bindparam("user_id", type_=Text) == func.current_setting("fretcoach.user")
    )
    assert read(postgres_engine, ada, Query(bound, {"player": pl.String()}))["player"].to_list() == ["ada"]


def test_nothing_in_the_code_reads_past_the_store() -> None:
    root = Path(__file__).resolve().parents[2]
    forbidden = re.compile(r"read_database(_uri)?\s*\(")
    packages = ("dsp", "workbench", "coach", "dashboards", "pi_service", "notebooks")
    sources = [
        path for name in packages for path in (root / name).rglob("*") if path.suffix in {".py", ".ipynb"}
    ]
    assert len(sources) > 10
    assert [str(path) for path in sources if forbidden.search(path.read_text(encoding="utf-8"))] == []
