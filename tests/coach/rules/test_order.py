"""First things first: tuning, notes, pitch, time, sound, unless one is much worse."""

from collections.abc import Callable

import pytest

from coach.fact import Fact, Facts
from coach.rules.order import findings

FactsOf = Callable[..., Facts]
AFact = Callable[..., Fact]


def order(facts: Facts) -> list[str]:
    return [finding.metric for finding in findings(facts)]


def test_equally_bad_goes_from_the_notes_to_the_sound(facts_of: FactsOf) -> None:
    even = {"noise_control": 0.4, "timing_stability": 0.4, "pitch_accuracy": 0.4, "scale_conformity": 0.88}
    assert order(facts_of(even)) == [
        "scale_conformity",
        "pitch_accuracy",
        "timing_stability",
        "noise_control",
    ]


@pytest.mark.parametrize("worse", ["timing_stability", "pitch_accuracy", "noise_control"])
def test_what_is_much_worse_goes_first(facts_of: FactsOf, worse: str) -> None:
    scores = {"scale_conformity": 0.96, "pitch_accuracy": 0.8, "timing_stability": 0.8, "noise_control": 0.8}
    assert order(facts_of({**scores, worse: 0.3}))[0] == worse


def test_the_tuning_goes_before_everything(facts_of: FactsOf, a_fact: AFact) -> None:
    flat = a_fact("pitch.bias_cents", -18.0, "cents", direction="flat", metric="pitch_accuracy")
    cents = a_fact("pitch.cents", 20.0, "cents", metric="pitch_accuracy")
    facts = facts_of({"pitch_accuracy": 0.6, "scale_conformity": 0.5, "timing_stability": 0.2}, flat, cents)
    assert findings(facts)[0].what == "tuning"


def test_what_is_excellent_is_left_alone(facts_of: FactsOf) -> None:
    assert findings(facts_of({"pitch_accuracy": 0.95, "scale_conformity": 0.99})) == []


def test_a_little_noise_waits_until_the_rest_is_excellent(facts_of: FactsOf) -> None:
    assert order(facts_of({"timing_stability": 0.85, "noise_control": 0.6}))[0] == "timing_stability"
    assert order(facts_of({"timing_stability": 0.95, "noise_control": 0.6})) == ["noise_control"]


def test_rushing_goes_before_a_pitch_that_is_as_good(facts_of: FactsOf, a_fact: AFact) -> None:
    rushing = a_fact(
        "timing.drift", -50.0, "ms per minute", direction="speeding up", metric="timing_stability"
    )
    scores = {"timing_stability": 0.6, "pitch_accuracy": 0.62}
    assert order(facts_of(scores))[0] == "pitch_accuracy"
    assert order(facts_of(scores, rushing))[0] == "timing_stability"
