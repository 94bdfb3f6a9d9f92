"""The notebooks hold calls and prose, bear no outputs, and run from top to bottom."""

import ast
import json
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

from workbench.archive import Archive
from workbench.demo.history import plan_history, store_history
from workbench.settings import load_settings
from workbench.store.engine import open_engine, upgrade
from workbench.store.items import Items
from workbench.store.repository import Repository
from workbench.user import User

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
KERNEL_SETTINGS = {"JUPYTER_PLATFORM_DIRS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def cells(path: Path, kind: str) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def named(path: Path) -> str:
    return path.stem


@pytest.fixture(autouse=True)
def quiet_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in KERNEL_SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PYTHONPATH", str(FOLDER.parent))


def execute(name: str, folder: Path, **parameters: object) -> Any:
    """Run a notebook as papermill does, with the settings of the test; the executed copy."""
    made = folder / f"{name}.ipynb"
    papermill.execute_notebook(
        FOLDER / f"{name}.ipynb",
        made,
        parameters=parameters,
        kernel_name="python3",
        progress_bar=False,
        cwd=folder,
    )
    return nbformat.read(made, as_version=4)


def charts(notebook: Any) -> list[str]:
    """The last line of each cell that shows a chart."""
    chart = "application/vnd.holoviews_exec.v0+json"
    return [
        cell.source.splitlines()[-1]
        for cell in notebook.cells
        if any(chart in output.get("data", {}) for output in cell.get("outputs", []))
        and "hv.extension" not in cell.source
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_outputs_are_cleared(path: Path) -> None:
    for cell in cells(path, "code"):
        assert cell.outputs == []
        assert cell.execution_count is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_cells_hold_calls_only(path: Path) -> None:
    made = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While)
    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, made), f"a module lacks what this cell makes: {cell.source}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_there_is_more_prose_than_code(path: Path) -> None:
    words = [
        len(" ".join(cell.source for cell in cells(path, kind)).split()) for kind in ("markdown", "code")
    ]
    assert words[0] > words[1]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_any_machine_can_run_it(path: Path) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["metadata"]["kernelspec"]["name"] == "python3"
    assert any("parameters" in cell["metadata"].get("tags", []) for cell in content["cells"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_charts_need_no_network(path: Path) -> None:
    sources = " ".join(cell.source for cell in cells(path, "code"))
    assert sources.count("hv.extension(") == sources.count('hv.extension("bokeh", inline=True')


def test_the_quick_start_hears_a_take_and_keeps_it_and_the_analysis_finds_it(tmp_path: Path) -> None:
    heard = execute("00_quickstart", tmp_path, user="ada")
    assert "audio/x-flac" in str(heard) or "audio/flac" in str(heard)
    archive = Archive(User("ada"), open_engine(load_settings().database_url))
    kept = archive.sessions().row(0, named=True)
    assert kept["end_timestamp"] is not None
    assert kept["bad_notes_played"] == 4, "the demo take was recorded with four wrong notes"
    looked_at = execute("04_session_analysis", tmp_path, user="ada", session=kept["session_id"])
    assert charts(heard) == ["timeline.timeline(notes, practice.goal.scale)", "session.intonation(notes)"]
    assert charts(looked_at) == [
        "timeline.timeline(notes, scale)",
        "session_charts.intonation(notes)",
        "session_charts.timing(notes)",
        "session_charts.degrees(notes, scale)",
        "fretboard.heat(notes)",
    ]
    assert "is not in C major" in str(looked_at.cells[-1].outputs)


def test_the_coach_finds_what_is_planted_and_refuses_what_is_not_true(tmp_path: Path) -> None:
    engine = open_engine(load_settings().database_url)
    upgrade(engine)
    plans = [
        plan
        for plan in plan_history(weeks=8, seed=1, until=date(2026, 11, 15))
        if plan.player.user.id == "demo-cleo"
    ]
    store_history(Repository(engine), plans)
    told = execute("06_coach", tmp_path, user="demo-cleo", day="2026-11-16")
    assert charts(told) == ['draw(archive, Drawing(kind="heat"), zone=None)', "due(standing, today)"]
    shown = {cell.source: str(cell.get("outputs", "")) for cell in told.cells}
    refused = next(output for source, output in shown.items() if "check(said, history))" in source)
    assert "12 ms" in refused
    assert "E flat major" in refused
    own_words = next(output for source, output in shown.items() if "said.exercise.title" in source)
    assert "shape: (0, 2)" in own_words
    plan = next(output for source, output in shown.items() if "recommendation.plan" in source)
    assert "degree 6" in plan
    today = next(output for source, output in shown.items() if "practice.blocks" in source)
    assert "You often miss degree 6" in today
    assert Items(engine).all(User("demo-cleo")), "what is due is kept for the Coach page"


def test_the_accuracy_of_the_bundled_takes_is_shown(tmp_path: Path) -> None:
    shown = execute("07_accuracy", tmp_path)
    assert charts(shown) == [
        "accuracy.f1_by_group(frames.groups(scored))",
        "accuracy.latency(notes)",
        'accuracy.onset_error(notes, scored.report.groups["all"].onset_spread_ms)',
        "accuracy.cents_by_pitch(notes)",
        "accuracy.reliability(frames.bins(scored.report.calibration))",
        "accuracy.risk_coverage(frames.risks(scored.report.calibration))",
        "hv.Layout(shown).cols(1).opts(shared_axes=False, merge_tools=False, toolbar=None)",
    ]
    assert "Confidence: Brier score" in str(shown.cells)
