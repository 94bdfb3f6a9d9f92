import tomllib
from itertools import chain
from pathlib import Path

import pytest

from coach.sayings import explain, say

FOLDER = Path(__file__).parents[2] / "coach"
SAYINGS = tomllib.loads((FOLDER / "sayings.toml").read_text(encoding="utf-8"))
TERMS = tomllib.loads((FOLDER / "intents.toml").read_text(encoding="utf-8"))["terms"]


def test_the_seed_chooses_the_variant() -> None:
    variants = SAYINGS["says"]["greeting"]
    assert [say("greeting", seed) for seed in range(2 * len(variants))] == 2 * variants


def test_every_term_that_is_understood_is_explained() -> None:
    assert set(SAYINGS["explains"]) == set(TERMS)
    assert all(explain(term) for term in TERMS)


@pytest.mark.parametrize("text", [*chain(*SAYINGS["says"].values()), *SAYINGS["explains"].values()])
def test_no_figure_stands_in_what_is_always_said(text: str) -> None:
    assert not any(letter.isdigit() for letter in text)
    assert text.isascii()
