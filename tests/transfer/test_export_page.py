"""docs/export.md: its Python runs as it stands, on an export made as it says."""

import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import Engine

from workbench.transfer.exporting import export_tables
from workbench.transfer.tables import PARTS
from workbench.transfer.written import ParquetWriter
from workbench.user import User

PAGE = Path(__file__).resolve().parents[2] / "docs" / "export.md"
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_examples_for_polars_and_duckdb_run(
    *,
    sqlite_engine: Engine,
    store_history: Any,
    ada: User,
    ben: User,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    store_history(sqlite_engine, ada, ben)
    export_tables(sqlite_engine, [ada, ben], "parquet", tmp_path / "tree")
    monkeypatch.chdir(tmp_path)
    examples = PYTHON.findall(PAGE.read_text(encoding="utf-8"))
    assert len(examples) == 2
    names: dict[str, Any] = {}
    for example in examples:
        exec(example, names)
    spring = names["spring"]
    assert isinstance(spring, pl.DataFrame)
    assert spring.rows() == [("A Minor", 6, 0.0)]
    assert "2026-04" in capfd.readouterr().out


def test_the_layout_is_the_one_that_is_written(tmp_path: Path) -> None:
    ParquetWriter(tmp_path).finish(("NAME",))
    (written,) = {path.relative_to(tmp_path).parts[1] for path in tmp_path.glob("*/*/*/*.parquet")}
    assert f"TABLE/{written}/month=YYYY-MM/0000.parquet" in PAGE.read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} <= {part.name for part in PARTS}
