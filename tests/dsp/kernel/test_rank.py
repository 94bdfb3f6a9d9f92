import numpy as np

from dsp.kernel.rank import _lift
from dsp.salience import LIFT_S, lifted

LEAST_CLARITY_TOLD_APART = 0.301
"""A peak that is only just one may be none after other rounding."""


def by_pitch(candidate):
    return candidate.pitch.f0_hz


def scores(ranked):
    return np.array([(c.pitch.f0_hz, c.pitch.clarity, c.score) for c in sorted(ranked, key=by_pitch)])


def test_the_ranks_are_the_same(rate, frames, rankings):
    plain, compiled = rankings(rate)
    count = 0
    for after, before in zip(frames(rate), frames(rate)[::-1], strict=True):
        expected, found = plain.rank(after, before), compiled.rank(after, before)
        assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
        if not expected or min(c.pitch.clarity for c in expected) > LEAST_CLARITY_TOLD_APART:
            np.testing.assert_allclose(scores(found), scores(expected), rtol=5e-5, atol=5e-5)
            count += len(expected)
    assert count > 100


def test_the_past_may_be_shorter_than_the_present(sounds, rankings):
    plain, compiled = rankings(44_100)
    after, before = sounds(44_100)[0][:1400], sounds(44_100)[2][:900]
    expected, found = plain.rank(after, before), compiled.rank(after, before)
    np.testing.assert_allclose(scores(found), scores(expected), rtol=5e-5)


def test_lifting_is_the_same(rate, frames):
    half = round(LIFT_S / 2 * rate)
    for samples in frames(rate):
        out = np.empty_like(samples)
        _lift(samples, half, out)
        np.testing.assert_allclose(out, lifted(samples, half), atol=2e-6)
