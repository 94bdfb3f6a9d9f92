"""Sweeping claims: refused unless every score and every place bears them out."""

import pytest

from coach.checker import check
from coach.fact import Fact, Facts

DEGREE = "degree 4 of major scales"


def _facts(timing: float, rate: float | None = None) -> Facts:
    told = [
        Fact("timing_stability.score", timing, "score", 8, "", metric="timing_stability", counted="sessions"),
        Fact("scale_conformity.score", 0.96, "score", 8, "", metric="scale_conformity", counted="sessions"),
        Fact("practice.streak_days", 5.0, "days", 5, "", counted="days"),
    ]
    if rate is not None:
        told.append(
            Fact(
                "spot.1.rate", rate, "share", 90, "", metric="scale_conformity", place=DEGREE, scale="C major"
            )
        )
    return Facts("history", "your newest 8 sessions", {fact.name: fact for fact in told}, ("C major",))


WEAK, STRONG = _facts(0.55, 0.42), _facts(0.95)


@pytest.mark.parametrize(
    "text",
    [
        "You have never played this well.",
        "You are on your longest streak.",
        "Your streak of 5 days is your longest ever.",
        "That is a personal best.",
        "All other degrees are right.",
        "You have no weak spots.",
        "No problem with timing.",
        "Timing is nothing to worry about.",
        "Degree 4 rarely goes wrong.",
        "Degree 4 goes wrong nearly always.",
        "Raise your timing from 40 to 60.",
        "Let's bring your scale score up from 70.",
        "If you keep this up you'll be at 70 next week.",
    ],
)
def test_what_no_fact_bears_out_is_refused(text: str) -> None:
    assert check(text, WEAK)


@pytest.mark.parametrize(
    "text",
    ["You have no weak spots.", "Timing is nothing to worry about.", "Raise the tempo from 60 to 70 bpm."],
)
def test_it_passes_where_everything_is_excellent(text: str) -> None:
    assert check(text, STRONG) == []


@pytest.mark.parametrize(
    ("text", "rate"), [("Degree 4 rarely goes wrong.", 0.05), ("Degree 4 goes wrong nearly always.", 0.9)]
)
def test_how_often_agrees_with_the_share(text: str, rate: float) -> None:
    assert check(text, _facts(0.95, rate)) == []
    assert check(text, WEAK)


def test_the_score_that_it_is_now_may_be_named() -> None:
    assert check("Raise your timing from 55 to 60.", WEAK) == []
