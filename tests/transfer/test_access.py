"""Whoever is in the app's role only exports and imports as one player, and reaches nobody else's rows."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import Engine

from workbench.store.engine import upgrade
from workbench.store.errors import StoreError
from workbench.transfer.exporting import count_rows, export_tables
from workbench.transfer.importing import import_batches, import_export
from workbench.transfer.tables import MOMENT, NOTES, SESSIONS
from workbench.user import User

pytestmark = pytest.mark.postgres

History = Callable[[Engine, User, User], list[str]]


def test_an_export_and_an_import_need_no_more_than_the_app_may(
    *, app_engine: Engine, sqlite_engine: Engine, store_history: History, ada: User, ben: User, tmp_path: Path
) -> None:
    upgrade(app_engine)
    store_history(sqlite_engine, ada, ben)
    export_tables(sqlite_engine, [ada], "json", tmp_path / "from-file")
    brought = import_export(app_engine, ada, tmp_path / "from-file")
    assert brought.new["notes"] == 10
    assert export_tables(app_engine, [ada], "json", tmp_path / "from-server") == brought.new
    assert sum(import_export(app_engine, ada, tmp_path / "from-server").new.values()) == 0
    assert count_rows(app_engine, [ben]) == 0


def test_another_players_sessions_are_neither_read_nor_written(
    *, app_engine: Engine, store_history: History, ada: User, ben: User, tmp_path: Path
) -> None:
    mine = store_history(app_engine, ada, ben)
    with pytest.raises(StoreError, match="There is no finished session"):
        export_tables(app_engine, [ben], "json", tmp_path / "stolen", session_id=mine[0])
    export_tables(app_engine, [ada], "parquet", tmp_path / "ada")

    def smuggled() -> object:
        for part in (SESSIONS, NOTES):
            files = sorted((tmp_path / "ada" / part.name).rglob("*.parquet"))
            yield part, pl.concat([pl.read_parquet(file) for file in files])

    with pytest.raises(StoreError, match="holds sessions of ada, and you are ben"):
        import_batches(app_engine, ben, smuggled)
    before = count_rows(app_engine, [ada])

    def renamed() -> object:
        for part, rows in smuggled():
            yield part, rows.with_columns(pl.lit("ben").alias("user_id"))

    with pytest.raises(StoreError):
        import_batches(app_engine, ben, renamed)
    assert count_rows(app_engine, [ada]) == before
    assert MOMENT not in NOTES.schema
