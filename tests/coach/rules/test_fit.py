"""The scale, tempo, length and strictness are the player's own."""

from collections.abc import Callable

import pytest

from coach.fact import Fact, Facts
from coach.rules.fit import bpm_of, level_of, minutes_of, scale_for, strictness_of
from coach.rules.order import findings

FactsOf = Callable[..., Facts]
AFact = Callable[..., Fact]


def test_the_scale_is_that_of_the_fault_else_the_favourite(
    facts_of: FactsOf, a_spot: Callable[..., list[Fact]]
) -> None:
    told = a_spot(1, "the note A4", "D dorian", ("flat", "pitch_accuracy"), (0.5, 0.1))
    facts = facts_of({"pitch_accuracy": 0.7}, *told, scales=("nonsense", "E minor"), scope="history")
    found = findings(facts)[0]
    assert scale_for(found, facts, 0).name == "D dorian"
    assert scale_for(None, facts, 0).name == "E minor"
    assert bpm_of(found, facts) == pytest.approx(90.0)
    assert scale_for(None, facts_of(scales=()), 0).name == "A minor pentatonic"


def test_with_nothing_to_mend_the_scales_take_turns(facts_of: FactsOf) -> None:
    facts = facts_of(scales=("E minor", "G major"))
    assert {scale_for(None, facts, seed).name for seed in range(4)} == {"E minor", "G major"}


@pytest.mark.parametrize(("overall", "level"), [(None, 1), (0.4, 1), (0.7, 2), (0.9, 3)])
def test_the_level_follows_the_overall(facts_of: FactsOf, overall: float | None, level: int) -> None:
    assert level_of(facts_of({} if overall is None else {"overall": overall})) == level


@pytest.mark.parametrize(
    ("minutes", "sessions", "length"), [(60.0, 3.0, 10.0), (12.0, 4.0, 5.0), (300.0, 2.0, 20.0)]
)
def test_a_plan_takes_half_a_session(
    facts_of: FactsOf, a_fact: AFact, minutes: float, sessions: float, length: float
) -> None:
    week = (
        a_fact("practice.minutes_week", minutes, "minutes"),
        a_fact("practice.sessions_week", sessions, "count"),
    )
    assert minutes_of(facts_of({}, *week)) == length
    assert minutes_of(facts_of()) == 10.0


def test_who_struggles_is_judged_mildly(facts_of: FactsOf) -> None:
    weak, sound = (findings(facts_of({"timing_stability": score}))[0] for score in (0.1, 0.8))
    assert strictness_of(weak) < strictness_of(sound) < strictness_of(None)
