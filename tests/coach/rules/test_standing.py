"""Where playing has changed for sure, the newest score stands for the player."""

from collections.abc import Callable

import pytest

from coach.fact import Fact, Facts
from coach.rules.standing import standing


@pytest.mark.parametrize(
    ("latest", "direction", "told"),
    [
        (0.9, "better", "latest.timing_stability"),
        (0.5, "better", "timing_stability.score"),
        (0.5, "worse", "latest.timing_stability"),
        (0.9, "worse", "timing_stability.score"),
        (0.9, "no difference", "timing_stability.score"),
    ],
)
def test_a_sure_change_is_believed(
    facts_of: Callable[..., Facts], a_fact: Callable[..., Fact], latest: float, direction: str, told: str
) -> None:
    newest = a_fact("latest.timing_stability", latest, metric="timing_stability")
    change = a_fact("change.timing_stability", 0.1, metric="timing_stability", direction=direction)
    found = standing(facts_of({"timing_stability": 0.7}, newest, change, scope="history"), "timing_stability")
    assert found is not None
    assert found.name == told


def test_what_was_not_measured_stands_nowhere(facts_of: Callable[..., Facts]) -> None:
    assert standing(facts_of(), "timing_stability") is None
