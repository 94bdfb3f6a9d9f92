"""An export and back: the same rows, once each, in every format and on both databases."""

from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
import pytest
from sqlalchemy import Engine

from workbench.store.bulk import insert_new
from workbench.store.read import read
from workbench.store.repository import Repository
from workbench.store.transaction import transaction
from workbench.transfer.exporting import count_rows, export_tables
from workbench.transfer.importing import import_export
from workbench.transfer.manifest import TransferError
from workbench.transfer.tables import ANALYSES, NOTES
from workbench.user import User

KINDS = [("csv", "out"), ("csv", "out.zip"), ("json", "out.jsonl"), ("parquet", "out")]
TEN_NOTES = {"sessions": 2, "analyses": 3, "notes": 10}
OTHERS = dict.fromkeys(
    ("ai_practice_plans", "plan_outcomes", "practice_items", "user_configs", "coach_messages"), 1
)


@pytest.fixture(
    params=[("sqlite", *kind) for kind in KINDS]
    + [pytest.param(("postgres", *kind), marks=pytest.mark.postgres) for kind in KINDS[2:]],
    ids="-".join,
)
def way(request: pytest.FixtureRequest) -> tuple[Engine, Any, str]:
    """A database, a format and a name to export to; SQLite in every format."""
    engine, kind, name = request.param
    return request.getfixturevalue(f"{engine}_engine"), kind, name


def test_there_and_back_gives_the_same_rows_and_twice_changes_nothing(
    *,
    way: tuple[Engine, Any, str],
    other_engine: Engine,
    store_history: Any,
    ada: User,
    ben: User,
    tmp_path: Path,
    same: Any,
) -> None:
    engine, kind, name = way
    store_history(engine, ada, ben)
    path = tmp_path / name
    told: list[int] = []
    done = export_tables(engine, [ada], kind, path, advance=told.append)
    assert done == TEN_NOTES | OTHERS
    assert sum(told) == sum(done.values())
    brought = import_export(other_engine, ada, path)
    assert brought.new == done
    assert same(engine, other_engine, ada)
    again = import_export(other_engine, ada, path)
    assert sum(again.new.values()) == 0
    assert again.known == done
    assert same(engine, other_engine, ada)


@pytest.mark.postgres
def test_from_a_file_to_a_server(
    *,
    sqlite_engine: Engine,
    postgres_engine: Engine,
    ada: User,
    ben: User,
    tmp_path: Path,
    same: Any,
    store_history: Any,
) -> None:
    store_history(sqlite_engine, ada, ben)
    export_tables(sqlite_engine, [ada], "parquet", tmp_path / "out")
    import_export(postgres_engine, ada, tmp_path / "out")
    assert same(sqlite_engine, postgres_engine, ada)
    assert sum(import_export(postgres_engine, ada, tmp_path / "out").new.values()) == 0


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_a_player_without_sessions_exports_an_empty_history(
    *, sqlite_engine: Engine, other_engine: Engine, ada: User, tmp_path: Path, kind: Any, name: str
) -> None:
    assert sum(export_tables(sqlite_engine, [ada], kind, tmp_path / name).values()) == 0
    assert sum(import_export(other_engine, ada, tmp_path / name).new.values()) == 0


def test_deleted_running_and_foreign_sessions_stay_out(
    *, any_engine: Engine, other_engine: Engine, history: list[str], ada: User, ben: User, tmp_path: Path
) -> None:
    Repository(any_engine).delete_session(ada, UUID(history[0]))
    done = export_tables(any_engine, [ada], "json", tmp_path / "out")
    assert done == {"sessions": 1, "analyses": 1, "notes": 4} | OTHERS
    import_export(other_engine, ada, tmp_path / "out")
    assert count_rows(other_engine, [ben]) == 0


def test_one_session(
    *, any_engine: Engine, other_engine: Engine, history: list[str], ada: User, ben: User, tmp_path: Path
) -> None:
    done = export_tables(any_engine, [ada], "json", tmp_path / "one", session_id=history[0])
    assert done == {"sessions": 1, "analyses": 2, "notes": 6}
    assert import_export(other_engine, ada, tmp_path / "one").new == done
    assert count_rows(any_engine, [ada], history[0]) == 9
    with pytest.raises(TransferError, match=r"There is no finished session .* of the player ben\."):
        export_tables(any_engine, [ben], "json", tmp_path / "two", session_id=history[0])
    assert not (tmp_path / "two").exists()


def test_nothing_of_this_computer_is_in_it(
    sqlite_engine: Engine, store_history: Any, ada: User, ben: User, tmp_path: Path
) -> None:
    store_history(sqlite_engine, ada, ben)
    export_tables(sqlite_engine, [ada], "json", tmp_path / "out")
    assert "/somewhere/on/this/computer" not in (tmp_path / "out").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["csv", "json", "parquet"])
def test_what_exists_is_not_overwritten(sqlite_engine: Engine, ada: User, tmp_path: Path, kind: Any) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(TransferError, match="there exists already"):
        export_tables(sqlite_engine, [ada], kind, tmp_path / "there")
    with pytest.raises(TransferError, match="can't be written: No such file or directory"):
        export_tables(sqlite_engine, [ada], kind, tmp_path / "nowhere" / "x")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["mine.txt"]


def test_an_export_that_fails_leaves_nothing_behind(
    sqlite_engine: Engine, store_history: Any, ada: User, ben: User, tmp_path: Path
) -> None:
    store_history(sqlite_engine, ada, ben)

    def fail(rows: int) -> None:
        raise RuntimeError("pulled out")

    folder = tmp_path / "here"
    folder.mkdir()
    for kind in ("csv", "json", "parquet"):
        with pytest.raises(RuntimeError, match="pulled out"):
            export_tables(sqlite_engine, [ada], kind, folder / "out", advance=fail)
    assert list(folder.iterdir()) == []


def test_several_players_go_into_parquet_only(
    any_engine: Engine, history: list[str], ada: User, ben: User, tmp_path: Path
) -> None:
    for kind in ("csv", "json"):
        with pytest.raises(TransferError, match="holds one player; several go into Parquet"):
            export_tables(any_engine, [ada, ben], kind, tmp_path / "out")
    done = export_tables(any_engine, [ada, ben], "parquet", tmp_path / "out")
    assert done["sessions"] == 3
    with pytest.raises(TransferError, match="A Parquet export is a folder"):
        export_tables(any_engine, [ada], "parquet", tmp_path / "out.zip")


def test_another_program_scans_one_branch_of_the_parquet_tree(
    any_engine: Engine, history: list[str], ada: User, ben: User, tmp_path: Path
) -> None:
    import duckdb

    export_tables(any_engine, [ada, ben], "parquet", tmp_path / "out")
    notes = pl.scan_parquet(tmp_path / "out" / "notes", hive_partitioning=True)
    query = notes.filter(user="ada", month="2026-04").select("midi", "session_id")
    assert "user=ada" in query.explain()
    assert "month=2026-03" not in query.explain()
    assert "user=ben" not in query.explain()
    assert set(query.collect()["session_id"]) == {history[1]}
    tree = str(tmp_path / "out" / "notes" / "*" / "*" / "*.parquet")
    counted = duckdb.execute(
        "SELECT month, count(*), max(onset_s) FROM read_parquet(?, hive_partitioning = true) "
        "WHERE user = 'ada' GROUP BY month ORDER BY month",
        [tree],
    ).fetchall()
    assert counted == [("2026-03", 6, 2.0), ("2026-04", 4, 2.0)]


def test_a_name_with_signs_makes_no_other_folder(sqlite_engine: Engine, tmp_path: Path) -> None:
    odd = User("../a b/ü=%")
    export_tables(sqlite_engine, [odd], "parquet", tmp_path / "out")
    users = [path.name for path in (tmp_path / "out" / "sessions").iterdir()]
    assert users == ["user=..%2Fa%20b%2F%C3%BC%3D%25"]


def test_a_session_of_a_hundred_thousand_notes(
    *,
    sqlite_engine: Engine,
    other_engine: Engine,
    store_history: Any,
    same: Any,
    ada: User,
    ben: User,
    tmp_path: Path,
) -> None:
    store_history(sqlite_engine, ada, ben)
    (analysis, *_) = read(sqlite_engine, ada, ANALYSES.rows(None)).rows(named=True)
    many = 100_000
    notes = pl.DataFrame({"position": range(10, 10 + many)}).with_columns(
        *(pl.lit(analysis[name]).alias(name) for name in ("analysis_id", "session_id", "user_id")),
        onset_s=pl.col("position") / 7.0,
        midi=45.0 + pl.col("position") % 30 + 0.1,
    )
    with transaction(sqlite_engine, ada) as connection:
        assert insert_new(connection, NOTES.table, notes) == many
    told: list[int] = []
    export_tables(sqlite_engine, [ada], "csv", tmp_path / "out", advance=told.append)
    assert max(told) < many
    told.clear()
    assert import_export(other_engine, ada, tmp_path / "out", told.append).new["notes"] == many + 10
    assert max(told) <= many // 2
    assert same(sqlite_engine, other_engine, ada)
