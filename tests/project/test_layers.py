"""Imports point one way: dsp <- workbench <- coach <- dashboards | pi_service | notebooks.

The source is read, not run, so that an import inside a function counts as much as one at the top.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

MAY_IMPORT = {
    "dsp": {"dsp"},
    "workbench": {"dsp", "workbench"},
    "coach": {"dsp", "workbench", "coach"},
    "dashboards": {"dsp", "workbench", "coach", "dashboards"},
    "pi_service": {"dsp", "workbench", "coach", "pi_service"},
    # A notebook shows the same Viewer as the page.
    "notebooks": {"dsp", "workbench", "coach", "dashboards"},
}


def imported(source: str) -> Iterator[tuple[int, str]]:
    """Line and module of every absolute import in `source`, import_module("...") included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"import_module", "__import__"}:
                yield node.lineno, str(node.args[0].value)


def violations(layer: str, source: str) -> list[str]:
    """The imports in `source`, a module of `layer`, that point up or sideways."""
    forbidden = MAY_IMPORT.keys() - MAY_IMPORT[layer]
    return [f"line {line}: {name}" for line, name in imported(source) if name.split(".")[0] in forbidden]


def notebook_source(path: Path) -> str:
    """The code cells of a notebook, without the lines that only IPython understands."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return "\n".join(line for cell in code for line in cell.splitlines() if not line.startswith(("%", "!")))


def test_packages_import_only_from_their_layer_down(root: Path, modules: list[Path]) -> None:
    found = {
        str(path.relative_to(root)): broken
        for path in modules
        if (broken := violations(path.relative_to(root).parts[0], path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_notebooks_import_only_from_their_layer_down(root: Path) -> None:
    found = {
        path.name: broken
        for path in sorted((root / "notebooks").glob("*.ipynb"))
        if (broken := violations("notebooks", notebook_source(path)))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("layer", "source"),
    [
        ("dsp", "import workbench.settings"),
        ("dsp", "from workbench import settings"),
        ("workbench", "def late():\n    from coach.facts import facts\n"),
        ("workbench", "import importlib\nimportlib.import_module('dashboards.parts.shell')"),
        ("workbench", "if TYPE_CHECKING:\n    import dashboards"),
        ("coach", "import numpy, pi_service.app"),
        ("dashboards", "from pi_service.app import app"),
        ("pi_service", "class A:\n    def b(self):\n        import dashboards.parts.meters as m\n"),
    ],
)
def test_an_arrow_upward_or_sideways_is_caught(layer: str, source: str) -> None:
    assert len(violations(layer, source)) == 1


@pytest.mark.parametrize(
    ("layer", "source"),
    [
        ("dsp", "import numpy as np\nfrom dsp.events import Note"),
        ("workbench", "from dsp import scales"),
        ("dashboards", "def show():\n    from workbench.store import read\n"),
        ("dsp", "from . import scales"),
        ("dsp", "import workbenches"),
    ],
)
def test_an_arrow_downward_is_allowed(layer: str, source: str) -> None:
    assert violations(layer, source) == []
