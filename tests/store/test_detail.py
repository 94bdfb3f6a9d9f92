"""A summary as JSON and back."""

import json
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.summary import Counts, Metric, Overall, Summary
from workbench.store.detail import detail_to_summary, summary_to_detail, to_json

NUMBERS = st.none() | st.floats(0.0, 1.0)
DETAILS = st.dictionaries(
    st.text(max_size=8), st.none() | st.booleans() | st.floats(-1e6, 1e6) | st.text(max_size=8)
)
METRICS = st.builds(
    Metric, value=NUMBERS, unit=st.text(max_size=5), low=NUMBERS, high=NUMBERS, n=st.integers(0, 10**6),
    score=NUMBERS, detail=DETAILS,
)  # fmt: skip
SUMMARIES = st.builds(
    Summary,
    metrics=st.dictionaries(st.sampled_from(["pitch_accuracy", "noise_control"]), METRICS),
    overall=st.builds(
        Overall,
        NUMBERS,
        st.dictionaries(st.text(max_size=5), st.floats(0, 1)),
        st.tuples(st.text(max_size=5)),
    ),
    counts=st.builds(Counts, *[st.integers(0, 10**6)] * 4),
)


@given(SUMMARIES)
def test_every_summary_survives_the_way_through_json(summary: Summary) -> None:
    text = json.dumps(summary_to_detail(summary), allow_nan=False)
    assert detail_to_summary(json.loads(text)) == summary


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float32(0.5), 0.5),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (np.array([1.0, np.nan]), [1.0, None]),
        (float("inf"), None),
        ((1, (2.5, None)), [1, [2.5, None]]),
        (frozenset({"b", "a"}), ["a", "b"]),
        (MappingProxyType({1: True}), {"1": True}),
        (np.bool_(True), True),
        ("naïve ♯", "naïve ♯"),
        (1 + 2j, "(1+2j)"),
    ],
)
def test_anything_becomes_something_that_json_holds(value: object, expected: object) -> None:
    assert to_json(value) == expected
    assert type(to_json(value)) is type(expected)
    json.dumps(to_json(value), allow_nan=False)
