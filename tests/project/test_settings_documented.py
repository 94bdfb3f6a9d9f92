"""Each setting stands in the documentation and in .env.example, and nothing there is a setting no more."""

import re
from pathlib import Path

import pytest

from workbench.settings import Settings

SETTINGS = {f"FRETCOACH_{name}".upper() for name in Settings.model_fields}


@pytest.mark.parametrize("document", ["docs/settings.md", ".env.example"])
def test_the_document_names_exactly_the_settings(root: Path, document: str) -> None:
    text = (root / document).read_text(encoding="utf-8")
    assert set(re.findall(r"\bFRETCOACH_[A-Z0-9_]+", text)) == SETTINGS


def test_every_setting_has_a_heading_of_its_own(root: Path) -> None:
    text = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## `(FRETCOACH_[A-Z0-9_]+)`", text, re.MULTILINE)) == SETTINGS
