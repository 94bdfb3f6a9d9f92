"""What an import costs: `dsp` brings NumPy and nothing else, and a part brings only what it needs."""

import json
import subprocess
import sys

import pytest

LOADED = """
import json, sys, time
{before}
roots = lambda: {{name.split(".")[0] for name in sys.modules}}
already = roots()
begin = time.perf_counter()
{imports}
seconds = time.perf_counter() - begin
print(json.dumps([sorted(roots() - already - sys.stdlib_module_names), seconds]))
"""
LANGUAGE_MODELS = {
    "langchain",
    "langchain_core",
    "langgraph",
    "langsmith",
    "openai",
    "opik",
    "litellm",
    "httpx",
}
ALL_OF_DSP = """
import importlib, pkgutil, dsp
for module in pkgutil.iter_modules(dsp.__path__, "dsp."):
    importlib.import_module(module.name)
"""


def loaded(imports: str, before: str = "") -> tuple[set[str], float]:
    """Packages outside the standard library that a fresh Python loads for `imports`, and how long it took."""
    script = LOADED.format(before=before, imports=imports)
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    roots, seconds = json.loads(run.stdout)
    return set(roots), seconds


def test_all_of_dsp_loads_numpy_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    beyond_numpy, seconds = loaded(ALL_OF_DSP, before="import numpy.fft, numpy.random")
    assert beyond_numpy == {"dsp"}
    with capsys.disabled():
        sys.stdout.write(f"[import of every dsp module beyond numpy: {seconds:.3f} s]")


@pytest.mark.parametrize("heavy", ["scipy", "numba", "librosa", "pandas", "panel"])
def test_import_dsp_stays_light(heavy: str) -> None:
    packages, _ = loaded("import dsp")
    assert heavy not in packages


@pytest.mark.parametrize(
    ("imports", "unwanted"),
    [
        ("workbench.practice.registry", {"panel", "bokeh", "holoviews", "sounddevice", "polars"}),
        ("workbench.audio.browser, workbench.audio.recording", {"panel", "sounddevice", "sqlalchemy"}),
        (
            "workbench.insight.history, workbench.insight.trends",
            {"panel", "bokeh", "sqlalchemy", "soundfile"},
        ),
        ("workbench.store.read", {"panel", "bokeh", "soundfile", "sounddevice", "pandas"}),
        ("coach", {"pydantic", "polars", "sqlalchemy"}),
        ("coach.chat, coach.recommend, coach.live, coach.trace", LANGUAGE_MODELS | {"panel", "bokeh"}),
    ],
)
def test_a_part_loads_only_what_it_needs(imports: str, unwanted: set[str]) -> None:
    packages, _ = loaded(f"import {imports}")
    assert packages & unwanted == set()


def test_the_command_line_answers_without_loading_the_pages() -> None:
    packages, _ = loaded(
        "from importlib.metadata import entry_points\n"
        "for command in entry_points(group='fretcoach.commands'):\n    command.load()\n"
    )
    assert "workbench" in packages
    assert packages & ({"panel", "bokeh", "holoviews", "sounddevice"} | LANGUAGE_MODELS) == set()
