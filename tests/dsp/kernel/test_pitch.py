import numpy as np
import pytest

LEAST_CLARITY_TOLD_APART = 0.301
"""A peak that is only just one may be none after other rounding."""


def clear(found):
    return np.array([(p.f0_hz, p.clarity) for p in found if p.clarity > LEAST_CLARITY_TOLD_APART])


def test_the_candidates_are_the_same(rate, frames, estimators):
    plain, compiled = estimators(rate)
    count = 0
    for frame in frames(rate):
        expected, found = clear(plain.candidates(frame)), clear(compiled.candidates(frame))
        np.testing.assert_allclose(found, expected, rtol=2e-6, atol=2e-6)
        count += len(expected)
    assert count > 100


def test_the_estimates_are_the_same(rate, frames, estimators):
    plain, compiled = estimators(rate)
    for frame in frames(rate):
        expected, found = plain.estimate(frame), compiled.estimate(frame)
        assert found.f0_hz == pytest.approx(expected.f0_hz, rel=2e-6)
        assert found.clarity == pytest.approx(expected.clarity, abs=2e-6)
