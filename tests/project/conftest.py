"""Where the project lies, and what its tests read of it."""

from pathlib import Path

import pytest

PACKAGES = ("coach", "dashboards", "dsp", "pi_service", "workbench")


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def modules(root: Path) -> list[Path]:
    """Every Python file of the installed packages."""
    return sorted(path for package in PACKAGES for path in (root / package).rglob("*.py"))
