"""One idea a file: modules stay short, and talk through the log or the command line."""

import ast
from pathlib import Path

HARD_LIMIT = 300


def test_no_module_is_longer_than_the_limit(root: Path, modules: list[Path]) -> None:
    lengths = {
        str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules
    }
    assert {name: length for name, length in lengths.items() if length > HARD_LIMIT} == {}


def printing_lines(source: str) -> list[int]:
    """Lines of `source` that call print."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


def test_nothing_is_printed_past_the_command_line(root: Path, modules: list[Path]) -> None:
    printing = {
        str(path.relative_to(root)): lines
        for path in modules
        if (lines := printing_lines(path.read_text(encoding="utf-8")))
    }
    assert printing == {}


def test_a_print_is_seen() -> None:
    assert printing_lines("def f():\n    if True:\n        print('x')\n") == [3]
