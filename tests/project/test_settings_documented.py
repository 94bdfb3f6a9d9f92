"""Each setting stands in the documentation and in .env.example, and nothing there is a setting no more."""

import re
from pathlib import Path

import pytest

from workbench.settings import Settings, variable_name

SETTINGS = {variable_name(field) for field in Settings.model_fields}
NAME = r"(?:FRETCOACH|OPIK)_[A-Z0-9_]+|[A-Z]+_API_KEY"


@pytest.mark.parametrize("document", ["docs/settings.md", ".env.example"])
def test_the_document_names_exactly_the_settings(root: Path, document: str) -> None:
    text = (root / document).read_text(encoding="utf-8")
    assert set(re.findall(rf"\b(?:{NAME})", text)) == SETTINGS


def test_every_setting_has_a_heading_of_its_own(root: Path) -> None:
    text = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(rf"^## `({NAME})`", text, re.MULTILINE)) == SETTINGS
