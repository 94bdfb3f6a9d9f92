"""Goals: what is allowed, and the sentence for what is not."""

from typing import Any

import pytest

from dsp.scales import parse_scale
from workbench.practice.goal import Goal, GoalError

C_MAJOR = parse_scale("C major")


def test_noise_control_cannot_be_switched_off() -> None:
    goal = Goal(C_MAJOR, enabled_metrics=frozenset({"pitch_accuracy"}))
    assert goal.enabled_metrics == {"pitch_accuracy", "noise_control"}


def test_a_click_carries_the_latency_in_seconds() -> None:
    goal = Goal(C_MAJOR, bpm=90.0, notes_per_beat=2, click_start_s=1.5, latency_ms=20.0)
    click = goal.click
    assert click is not None
    assert (click.bpm, click.notes_per_beat, click.start_s, click.latency_s) == (90.0, 2, 1.5, 0.02)
    assert Goal(C_MAJOR).click is None


def test_more_sensitivity_lets_quieter_notes_count() -> None:
    gates = [Goal(C_MAJOR, sensitivity=sensitivity).gate_dbfs for sensitivity in (0.0, 0.5, 1.0)]
    assert gates == [-30.0, -55.0, -80.0]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"strictness": 1.1}, "Strictness goes from 0 to 1, not 1.1."),
        ({"sensitivity": -0.1}, "Sensitivity goes from 0 to 1, not -0.1."),
        ({"strictness": float("nan")}, "Strictness goes from 0 to 1, not nan."),
        ({"a4_hz": 420.0}, "A4 goes from 430 to 450 Hz, not 420."),
        ({"bpm": 0.0}, "Tempo goes from 20 to 400 bpm, not 0."),
        ({"bpm": 90.0, "notes_per_beat": 0}, "Notes per beat goes from 1 to 12, not 0."),
        ({"latency_ms": 2000.0}, "Latency goes from 0 to 1000 ms, not 2000."),
        ({"click_start_s": 1.0}, "A click start needs a tempo and is 0 s or later: say the bpm too."),
        (
            {"enabled_metrics": frozenset({"speed"})},
            "There is no metric 'speed'; choose from pitch_accuracy, scale_conformity, timing_stability, "
            "noise_control.",
        ),
    ],
)
def test_what_is_out_of_range_gets_one_sentence(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(GoalError) as refused:
        Goal(C_MAJOR, **options)
    assert str(refused.value) == sentence
