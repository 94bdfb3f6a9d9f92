"""The locks: every package pinned and hashed, one version everywhere, nothing tied to one network."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PURPOSES = ("all", "build", "coach", "pi", "run", "test")
PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)(?:\[[a-z0-9,-]+\])?==(?P<version>[^ ]+)(?: ; .+)? \\$")


def blocks(text: str) -> list[str]:
    """A lock cut into one piece of text for each requirement, its hashes and comments included."""
    return re.split(r"\n(?=[a-zA-Z0-9])", text.strip())


def pin(block: str) -> re.Match[str] | None:
    return PIN.match(block.splitlines()[0])


def pins(text: str) -> set[tuple[str, str]]:
    """Name and version of each requirement; two of a name when they differ by Python version."""
    return {(found["name"], found["version"]) for block in blocks(text) if (found := pin(block))}


@pytest.fixture(params=PURPOSES)
def lock(request: pytest.FixtureRequest, root: Path) -> str:
    return (root / "requirements" / f"{request.param}.lock").read_text(encoding="utf-8")


def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    loose = [block for block in blocks(lock) if not pin(block) or "--hash=sha256:" not in block]
    assert loose == []


def test_no_address_and_no_local_path(lock: str) -> None:
    lines = [
        line
        for line in lock.splitlines()
        if re.search(r"://|^-|--(find-links|index)| @ |(^|\s)[./~]+/", line)
    ]
    assert lines == []


def locked(root: Path, purpose: str) -> set[tuple[str, str]]:
    return pins((root / "requirements" / f"{purpose}.lock").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        ("run", "coach"),
        ("coach", "test"),
        ("build", "run"),
        ("build", "pi"),
        ("run", "all"),
        ("pi", "all"),
        ("test", "all"),
    ],
)
def test_a_lock_holds_all_of_the_smaller_one_at_the_same_versions(
    root: Path, smaller: str, larger: str
) -> None:
    assert locked(root, smaller) - locked(root, larger) == set()


@pytest.mark.parametrize(
    ("purpose", "unwanted"),
    [
        ("run", {"langchain", "opik", "litellm", "jupyterlab", "librosa", "scipy", "pytest"}),
        ("coach", {"jupyterlab", "librosa", "scipy", "mypy"}),
        ("pi", {"langchain", "opik", "jupyterlab", "librosa", "panel", "bokeh", "holoviews", "pytest"}),
    ],
)
def test_a_lock_brings_no_more_than_its_purpose(root: Path, purpose: str, unwanted: set[str]) -> None:
    assert {name for name, _ in locked(root, purpose)} & unwanted == set()


@pytest.mark.parametrize(
    ("purpose", "extras"),
    [
        ("run", ["dashboards", "export"]),
        ("coach", ["coach", "dashboards", "export"]),
        ("pi", ["pi"]),
        ("test", ["coach", "dashboards", "export", "notebooks", "dev"]),
        ("all", ["coach", "export", "pi"]),
    ],
)
def test_the_lock_meets_what_the_project_asks_for(root: Path, purpose: str, extras: list[str]) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [
        *project["dependencies"],
        *(line for extra in extras for line in project["optional-dependencies"][extra]),
    ]
    versions: dict[str, list[str]] = {}
    for name, version in locked(root, purpose):
        versions.setdefault(name, []).append(version)
    wanted = [wish for line in asked if (wish := Requirement(line)).name != project["name"]]
    unmet = [
        str(wish) for wish in wanted if not all(map(wish.specifier.contains, versions.get(wish.name, [""])))
    ]
    assert unmet == []


def test_extras_are_kept_for_pip(root: Path) -> None:
    # Otherwise pip 23.2 takes the "boto3-stubs[...]" of a dependency for a requirement without a pin.
    assert "psycopg[binary]==" in (root / "requirements" / "all.lock").read_text(encoding="utf-8")


def test_a_range_is_no_pin() -> None:
    assert pins("numpy>=2 \\\n    --hash=sha256:00") == set()
    assert pins("numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:00") == {
        ("numpy", "2.4.6")
    }
