"""Causes are named before their effects, each with its figure."""

from collections.abc import Callable
from typing import Any

import pytest

from coach.fact import Fact, Facts
from coach.rules.look import noise, pitch, scale, timing

FactsOf = Callable[..., Facts]
AFact = Callable[..., Fact]


@pytest.fixture
def measured(facts_of: FactsOf, a_fact: AFact) -> Callable[..., Facts]:
    """Facts of one metric's score and of (name, value, unit, direction)."""

    def build(metric: str, score: float, *figures: tuple[Any, ...]) -> Facts:
        told = [
            a_fact(name, value, unit, metric=metric, direction=direction[0] if direction else "")
            for name, value, unit, *direction in figures
        ]
        return facts_of({metric: score}, *told)

    return build


SPREAD = ("timing.spread_ms", 20.0, "ms")


@pytest.mark.parametrize(
    ("figures", "what"),
    [
        ([("pitch.cents", 20.0, "cents"), ("pitch.bias_cents", -18.0, "cents", "flat")], "tuning"),
        ([("pitch.cents", 20.0, "cents"), ("pitch.bias_cents", 13.0, "cents", "sharp")], "intonation"),
        ([("pitch.cents", 2.0, "cents"), ("pitch.bias_cents", 3.0, "cents", "sharp")], "intonation"),
        ([("pitch.cents", 20.0, "cents"), ("pitch.bias_cents", 3.0, "cents")], "intonation"),
        ([], "pitch"),
    ],
)
def test_pitch(measured: Callable[..., Facts], figures: list[Any], what: str) -> None:
    found = pitch(measured("pitch_accuracy", 0.5, *figures))
    assert found is not None
    assert found.what == what


@pytest.mark.parametrize(
    ("figures", "what"),
    [
        ([SPREAD, ("timing.bias_ms", -21.0, "ms", "early")], "early"),
        ([SPREAD, ("timing.bias_ms", 21.0, "ms", "late")], "late"),
        ([SPREAD, ("timing.bias_ms", 12.0, "ms", "late")], "uneven"),
        ([SPREAD, ("timing.bias_ms", 8.0, "ms", "late")], "uneven"),
        ([SPREAD, ("timing.drift", -30.0, "ms per minute", "speeding up")], "speeding up"),
        ([SPREAD, ("timing.drift", 30.0, "ms per minute", "slowing down")], "slowing down"),
        ([SPREAD, ("timing.drift", -3.0, "ms per minute", "speeding up")], "uneven"),
        ([("timing.step_share", 0.12, "step")], "uneven without a click"),
        ([], "timing"),
    ],
)
def test_timing(measured: Callable[..., Facts], figures: list[Any], what: str) -> None:
    found = timing(measured("timing_stability", 0.6, *figures))
    assert found is not None
    assert found.what == what


def test_a_bias_counts_though_no_score_holds_it(measured: Callable[..., Facts]) -> None:
    figures = ("timing.spread_ms", 5.0, "ms"), ("timing.bias_ms", -45.0, "ms", "early")
    found = timing(measured("timing_stability", 0.96, *figures))
    assert found is not None
    assert found.severity < 0.5


@pytest.mark.parametrize(
    ("rings", "stray", "rest", "what"),
    [
        (17.0, 2.0, 30.0, "ringing"),
        (2.0, 17.0, 30.0, "stray"),
        (0.2, 0.0, 20.0, "background"),
        (0.0, 0.0, None, "noise"),
    ],
)
def test_noise(
    measured: Callable[..., Facts], rings: float, stray: float, rest: float | None, what: str
) -> None:
    figures: list[tuple[Any, ...]] = [
        ("noise.ring_overs", rings, "per 100 notes"),
        ("noise.stray", stray, "per 100 notes"),
    ]
    figures += [] if rest is None else [("noise.rest_db", rest, "dB")]
    found = noise(measured("noise_control", 0.4, *figures))
    assert found is not None
    assert found.what == what


def test_wrong_notes_are_named_most_frequent_first(facts_of: FactsOf, a_fact: AFact) -> None:
    names = [
        a_fact(f"scale.wrong_note.{name}", times, "count", metric="scale_conformity", place=name)
        for name, times in (("C#4", 4), ("A#3", 2))
    ]
    found = scale(facts_of({"scale_conformity": 0.8}, *names))
    assert found is not None
    assert found.words["counted"] == "C#4 (4 times), A#3 (2 times)"
    assert found.words["names"] == "C#4 and A#3"


def test_nothing_is_found_where_nothing_was_measured(facts_of: FactsOf) -> None:
    assert [look(facts_of()) for look in (scale, pitch, timing, noise)] == [None] * 4
