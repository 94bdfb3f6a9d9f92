"""Whatever the rules coach says passes the checker."""

from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.advice import Advice
from coach.checker import check_advice, check_plan
from coach.drills.drill import Drill
from coach.exercises import LIBRARY, fitted
from coach.fact import Fact, Facts, Scope
from coach.rules import RulesCoach
from dsp.scales import parse_scale

COACH = RulesCoach()

FactsOf = Callable[..., Facts]

PITCH, SCALE, TIMING, NOISE = "pitch_accuracy", "scale_conformity", "timing_stability", "noise_control"

CASES: dict[str, tuple[dict[str, float], list[tuple[str, float, str, str]]]] = {
    "tuning": ({PITCH: 0.5}, [("pitch.bias_cents", 18.0, "cents", "sharp")]),
    "intonation": ({PITCH: 0.5}, [("pitch.cents", 24.0, "cents", "")]),
    "pitch": ({PITCH: 0.5}, []),
    "few wrong notes": ({SCALE: 0.8}, [("scale.adherence", 0.8, "share", "")]),
    "scale": ({SCALE: 0.8}, []),
    "early": ({TIMING: 0.6}, [("timing.bias_ms", -33.0, "ms", "early")]),
    "late": ({TIMING: 0.6}, [("timing.bias_ms", 33.0, "ms", "late")]),
    "speeding up": ({TIMING: 0.6}, [("timing.drift", -33.0, "ms per minute", "speeding up")]),
    "slowing down": ({TIMING: 0.6}, [("timing.drift", 33.0, "ms per minute", "slowing down")]),
    "uneven": ({TIMING: 0.6}, [("timing.spread_ms", 33.0, "ms", "")]),
    "uneven without a click": ({TIMING: 0.6}, [("timing.step_share", 0.13, "step", "")]),
    "timing": ({TIMING: 0.6}, []),
    "ringing": ({NOISE: 0.3}, [("noise.ring_overs", 12.0, "per 100 notes", "")]),
    "stray": ({NOISE: 0.3}, [("noise.stray", 12.0, "per 100 notes", "")]),
    "background": ({NOISE: 0.3}, [("noise.rest_db", 12.0, "dB", "")]),
    "noise": ({NOISE: 0.3}, []),
    "nothing to mend": ({PITCH: 0.97, SCALE: 1.0, TIMING: 0.96, NOISE: 0.95}, []),
}
"""A playing for each finding: scores, and name, value, unit and direction of a figure."""


def refused(facts: Facts, seed: int) -> list[str]:
    live = COACH.live(facts, seed)
    advices = [COACH.session(facts, seed), COACH.recommend(facts, seed), *([live] if live else [])]
    found = [refusal for advice in advices for refusal in check_advice(advice, facts)]
    return [str(refusal) for refusal in (*found, *check_plan(COACH.plan(facts, seed), facts))]


@settings(max_examples=50)
@given(st.data(), st.integers(0, 10**6))
def test_every_answer_is_grounded(
    any_facts: st.SearchStrategy[Facts], data: st.DataObject, seed: int
) -> None:
    assert refused(data.draw(any_facts), seed) == []


@pytest.mark.parametrize("scope", get_args(Scope))
@pytest.mark.parametrize("what", CASES)
def test_every_sentence_of_every_finding_is_grounded(
    facts_of: FactsOf, a_fact: Callable[..., Fact], what: str, scope: Scope
) -> None:
    scores, figures = CASES[what]
    metric = next(iter(scores))
    told = [
        a_fact(name, value, unit, metric=metric, direction=direction)
        for name, value, unit, direction in figures
    ]
    facts = facts_of(scores, *told, scope=scope)
    assert [sentence for seed in range(6) for sentence in refused(facts, seed)] == []


@pytest.mark.parametrize("fault", ["", "sharp", "flat", "early", "late"])
@pytest.mark.parametrize(
    "place", ["degree 6 (b6) of minor scales", "the note after a fourth up", "the note A4"]
)
def test_every_sentence_of_a_spot_is_grounded(
    facts_of: FactsOf, a_spot: Callable[..., list[Fact]], fault: str, place: str
) -> None:
    metric = {"": SCALE, "sharp": PITCH, "flat": PITCH}.get(fault, TIMING)
    facts = facts_of(
        {metric: 0.95}, *a_spot(1, place, "A minor", (fault, metric), (0.36, 0.08)), scope="history"
    )
    assert [sentence for seed in range(5) for sentence in refused(facts, seed)] == []


@pytest.mark.parametrize("drill", LIBRARY, ids=lambda drill: drill.key)
def test_a_drill_claims_nothing(facts_of: FactsOf, drill: Drill) -> None:
    exercise = fitted(drill, parse_scale("A minor pentatonic"))
    text = f"Play this next: {exercise.title}."
    assert check_advice(Advice(text=text, focus="none", exercise=exercise), facts_of(scales=())) == []
