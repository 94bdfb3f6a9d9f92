"""Figures carry unit, interval and number."""

from collections.abc import Callable

import pytest

from coach.fact import Fact, Facts
from coach.rules.spoken import figure, figure_of, listed, size

AFact = Callable[..., Fact]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("pitch.cents", 5.2, "cents", 40, 4.0, 6.0), "5.2 cents off, between 4 and 6, from 40 notes"),
        (
            ("scale.adherence", 0.97, "share", 66, 0.9, 0.99),
            "97 of 100 notes in the scale, between 90 and 99, from 66 notes",
        ),
        (("timing.spread_ms", 18.0, "ms", 64, None, None), "18 ms around the click, from 64 notes"),
        (("timing.bias_ms", -18.0, "ms", 64, -24.0, -12.0), "18 ms early, between 12 and 24, from 64 notes"),
        (("overall.score", 0.82, "score", 1, None, None), "overall score 82 of 100, from 1 note"),
    ],
)
def test_a_figure_says_how_sure_it_is(
    a_fact: AFact, given: tuple[str, float, str, int, float | None, float | None], said: str
) -> None:
    name, value, unit, n, low, high = given
    direction = "early" if value < 0.0 else ""
    assert figure(a_fact(name, value, unit, n, low=low, high=high, direction=direction)) == said


def test_a_share_is_out_of_a_hundred(a_fact: AFact) -> None:
    assert size(a_fact("timing.step_share", 0.125, "step")) == "12"


def test_names_are_listed_as_they_are_read() -> None:
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


def test_the_physical_figure_goes_before_the_score(facts_of: Callable[..., Facts], a_fact: AFact) -> None:
    cents = a_fact("pitch.cents", 5.0, "cents")
    facts = facts_of({"pitch_accuracy": 0.9, "timing_stability": 0.9}, cents)
    assert figure_of(facts.facts["pitch_accuracy.score"], facts) == cents
    assert figure_of(facts.facts["timing_stability.score"], facts).name == "timing_stability.score"
