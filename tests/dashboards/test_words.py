"""The live figures in words."""

import pytest

from dashboards.parts.words import judgement, minutes, physical, tally
from dsp.summary import Counts, Metric


def metric(
    value: float | None, unit: str, n: int = 16, score: float | None = 0.8, **detail: object
) -> Metric:
    return Metric(value, unit, None, None, n, score, detail)


@pytest.mark.parametrize(
    ("name", "measured", "words"),
    [
        ("pitch_accuracy", metric(6.2, "cents"), "6.2 cents off · last 16 notes"),
        ("scale_conformity", metric(0.875, "share", wrong=2), "2 wrong of 16"),
        ("scale_conformity", metric(1.0, "share", wrong=0), "none wrong of 16"),
        ("timing_stability", metric(9.0, "ms", bias_ms=18.2), "18 ms late ± 9 ms · last 16 notes"),
        ("timing_stability", metric(9.0, "ms", bias_ms=-7.0), "7 ms early ± 9 ms · last 16 notes"),
        ("timing_stability", metric(9.0, "ms", bias_ms=0.4), "on the click ± 9 ms · last 16 notes"),
        ("timing_stability", metric(9.0, "ms", bias_ms=None), "9 ms spread · last 16 notes"),
        ("noise_control", metric(0.9, "score", rest_floor_db=31.4), "rests 31 dB down · last 16 notes"),
        ("noise_control", metric(0.9, "score", hnr_db=19.6), "20 dB clean · last 16 notes"),
        ("noise_control", metric(0.9, "score"), "last 16 notes"),
        ("pitch_accuracy", metric(None, "cents"), ""),
    ],
)
def test_the_physical_value_has_its_unit(name: str, measured: Metric, words: str) -> None:
    assert physical(name, measured) == words


def test_a_score_has_its_band() -> None:
    assert judgement(metric(6.0, "cents", score=0.86)) == (86, "good")


def test_a_provisional_score_says_so() -> None:
    assert judgement(metric(6.0, "cents", n=4, score=0.95, provisional=True)) == (
        95,
        "excellent, first guess",
    )


def test_no_score_gives_its_reason() -> None:
    assert (
        judgement(metric(None, "cents", score=None, reason="not enough notes yet"))[1]
        == "not enough notes yet"
    )
    assert judgement(None) == (None, "off")


def test_counts_have_their_marks() -> None:
    assert tally(Counts(66, 62, 2, 2)) == "played 66   ● right 62   ✕ wrong 2   ○ not sure 2"


def test_minutes_read_like_a_clock() -> None:
    assert [minutes(seconds) for seconds in (0.0, 65.9, 3600.0)] == ["0:00", "1:05", "60:00"]
