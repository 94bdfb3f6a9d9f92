import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.errors import ParameterError
from dsp.score import band, metric, score_map


@pytest.mark.parametrize(
    ("x", "x50", "score"),
    [
        (0, 25, 1.0),
        (5, 25, 0.96),
        (10, 25, 0.86),
        (50, 25, 0.20),
        (0.025, 0.075, 0.90),
        (0.05, 0.075, 0.69),
        (0.1, 0.075, 0.36),
    ],
)
def test_score_map_meets_the_published_anchors(x, x50, score):
    assert score_map(x, x50) == pytest.approx(score, abs=0.005)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0.01, 1e3))
def test_more_error_never_earns_more(a, b, x50):
    less, more = sorted((a, b))
    assert 0.0 <= score_map(more, x50) <= score_map(less, x50) <= 1.0


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (1.0, "excellent"),
        (0.9, "excellent"),
        (0.89, "good"),
        (0.7, "good"),
        (0.69, "fair"),
        (0.5, "fair"),
        (0.49, "needs work"),
        (0.0, "needs work"),
    ],
)
def test_bands(score, word):
    assert band(score) == word


def test_a_percentage_is_no_score():
    with pytest.raises(ParameterError, match="is it a percentage"):
        band(86)


def test_a_score_waits_for_eight_notes():
    few = metric(5.0, "cents", (4.0, 6.0), n=7, score=0.96, detail={})
    enough = metric(5.0, "cents", (4.0, 6.0), n=8, score=0.96, detail={})
    assert (few.score, few.detail["reason"]) == (None, "not enough notes yet")
    assert (few.value, few.low, few.high) == (5.0, 4.0, 6.0)
    assert (enough.score, dict(enough.detail)) == (0.96, {})


def test_a_live_score_from_few_notes_is_marked():
    live = metric(5.0, "cents", (4.0, 6.0), n=7, score=0.96, detail={}, minimum=3)
    assert (live.score, live.detail["provisional"]) == (0.96, True)
