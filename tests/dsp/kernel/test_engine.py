"""The compiled classes do what the reference does, up to rounding."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dsp.framing import HOP_S, Framer
from dsp.kernel.engine import CompiledDetector, CompiledEstimator, CompiledRanking, level_dbfs
from dsp.level import level_dbfs as reference_level
from dsp.onset import OnsetDetector
from dsp.pitch import PitchEstimator
from dsp.salience import OnsetPitch
from dsp.synth import melody, run

F0_HZ = (70.0, 1400.0)
LONGEST_S = 1536 / 44_100
SHARES = (0.01, 0.1, 0.2, 0.35, 0.5, 0.67, 0.84, 1.0)
"""Lengths of frames, as shares of the longest."""
LEAST_CLARITY_TOLD_APART = 0.301
"""A peak that is only just one may be none after other rounding."""


def pair(rate):
    """Reference and compiled, each an estimator and a ranking."""
    longest = round(LONGEST_S * rate)
    plain, compiled = PitchEstimator(rate, *F0_HZ), CompiledEstimator(rate, *F0_HZ, longest)
    return (plain, OnsetPitch(plain, longest)), (compiled, CompiledRanking(compiled, longest))


def frames(sounds, rate):
    longest = round(LONGEST_S * rate)
    return [sound[: max(1, round(share * longest))] for sound in sounds(rate) for share in SHARES]


def clear(found):
    return np.array([(p.f0_hz, p.clarity) for p in found if p.clarity > LEAST_CLARITY_TOLD_APART])


def test_the_candidates_are_the_same(rate, sounds):
    (plain, _), (compiled, _) = pair(rate)
    count = 0
    for frame in frames(sounds, rate):
        expected, found = clear(plain.candidates(frame)), clear(compiled.candidates(frame))
        np.testing.assert_allclose(found, expected, rtol=2e-6, atol=2e-6)
        count += len(expected)
    assert count > 100


def test_the_estimates_are_the_same(rate, sounds):
    (plain, _), (compiled, _) = pair(rate)
    for frame in frames(sounds, rate):
        expected, found = plain.estimate(frame), compiled.estimate(frame)
        assert found.f0_hz == pytest.approx(expected.f0_hz, rel=2e-6)
        assert found.clarity == pytest.approx(expected.clarity, abs=2e-6)


def scores(ranked):
    return np.array([(c.pitch.f0_hz, c.pitch.clarity, c.score) for c in sorted(ranked, key=by_pitch)])


def by_pitch(candidate):
    return candidate.pitch.f0_hz


def test_the_ranks_are_the_same(rate, sounds):
    (_, plain), (_, compiled) = pair(rate)
    befores = frames(lambda rate: sounds(rate)[::-1], rate)
    count = 0
    for after, before in zip(frames(sounds, rate), befores, strict=True):
        expected, found = plain.rank(after, before), compiled.rank(after, before)
        assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
        if not expected or min(c.pitch.clarity for c in expected) > LEAST_CLARITY_TOLD_APART:
            np.testing.assert_allclose(scores(found), scores(expected), rtol=5e-5, atol=5e-5)
            count += len(expected)
    assert count > 100


def test_the_past_may_be_shorter_than_the_present(sounds):
    (_, plain), (_, compiled) = pair(44_100)
    after, before = sounds(44_100)[0][:1400], sounds(44_100)[2][:900]
    expected, found = plain.rank(after, before), compiled.rank(after, before)
    np.testing.assert_allclose(scores(found), scores(expected), rtol=5e-5)


def test_what_rose_and_what_rings_are_the_same(rate, sounds):
    (_, plain), (_, compiled) = pair(rate)
    after, before = sounds(rate)[6][: plain.longest], sounds(rate)[3][: plain.longest]
    assert compiled.rise_db(after, before, 110.0) == pytest.approx(
        plain.rise_db(after, before, 110.0), abs=1e-3
    )
    assert compiled.ring_over_db(after, 110.0, 147.0) == pytest.approx(
        plain.ring_over_db(after, 110.0, 147.0), abs=1e-3
    )


def novelties(detector, hop, samples):
    framer, found, onsets = Framer(detector.frame_length, hop), [], []
    for _, frame in framer.push(samples):
        onsets.append(detector.push(frame))
        found.append(detector.novelty)
    return np.array(found), onsets


def test_the_novelty_and_the_onsets_are_the_same(rate, sounds):
    hop = round(HOP_S * rate)
    tune = melody(run([40, 52, 64, 76], step_s=0.12), sample_rate=rate, noise_dbfs=-60)
    samples = np.concatenate([tune, *sounds(rate)])
    plain, compiled = OnsetDetector(rate, hop), CompiledDetector(rate, hop)
    expected, expected_onsets = novelties(plain, hop, samples)
    found, onsets = novelties(compiled, hop, samples)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert onsets == expected_onsets
    assert sum(onsets) >= 4
    compiled.reset()
    np.testing.assert_array_equal(novelties(compiled, hop, samples)[0], found)


@given(arrays(np.float32, st.integers(1, 600), elements=st.floats(-1, 1, width=32)))
def test_the_level_is_the_same(samples):
    assert level_dbfs(samples) == pytest.approx(reference_level(samples), abs=1e-6)


def test_two_of_them_share_no_buffer(sounds):
    one, other = pair(44_100)[1][1], pair(44_100)[1][1]
    after, before = sounds(44_100)[6][:1536], sounds(44_100)[2][:1536]
    first = one.rank(after, before)
    other.rank(before, after)
    assert [row.tolist() for row in one.found[: len(first)]] == [
        [c.pitch.f0_hz, c.pitch.clarity, c.score] for c in first
    ]
