"""The benchmarks run and print their ratios. How large those are is no test: the machine decides."""

import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("script", "arguments", "ratios"), [("hop.py", ["--seconds", "0.5"], 20), ("imports.py", [], 1)]
)
def test_a_benchmark_prints_ratios(root: Path, script: str, arguments: list[str], ratios: int) -> None:
    run = subprocess.run(
        [sys.executable, root / "benchmarks" / script, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    printed = re.findall(r"\d+\.\d+(?! s)\b", run.stdout)
    assert len(printed) >= ratios
    assert all(float(ratio) > 0 for ratio in printed)
