"""Which names facts can have."""

import pytest

from coach.facts.names import NAMES, is_fact_name


@pytest.mark.parametrize(
    "name",
    ["pitch_accuracy.score", "scale.wrong_note.F#4", "spot.12.rate", "trend.noise_control", "change.overall"],
)
def test_known(name: str) -> None:
    assert is_fact_name(name)


@pytest.mark.parametrize(
    "name", ["", "pitch.score", "spot.0.rate", "trend.pitch", "scale.wrong_note.H4", "<metric>.score"]
)
def test_unknown(name: str) -> None:
    assert not is_fact_name(name)


def test_every_name_has_a_meaning() -> None:
    assert all(NAMES.values())
