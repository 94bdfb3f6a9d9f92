import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dsp.convert import midi_to_hz
from dsp.pitch import UNVOICED, PitchEstimator, nsdf
from dsp.synth import pluck

RATE = 44_100
ESTIMATOR = PitchEstimator(RATE, 62.0, 1400.0)


def tone(f0, harmonics=6, size=1536, phase=0.7):
    time = np.arange(size) / RATE
    wave = sum(np.sin(2 * np.pi * k * f0 * time + k * phase) / k for k in range(1, harmonics + 1))
    return (0.2 * wave).astype(np.float32)


def cents(f0, truth):
    return abs(1200 * np.log2(f0 / truth))


@given(st.floats(80.0, 1300.0), st.integers(1, 12), st.floats(0.0, 6.0))
def test_a_periodic_sound_has_its_f0(f0, harmonics, phase):
    pitch = ESTIMATOR.estimate(tone(f0, harmonics, phase=phase))
    assert cents(pitch.f0_hz, f0) < 10.0
    assert pitch.clarity > 0.9


@pytest.mark.parametrize("midi", range(40, 89, 4))
def test_a_plucked_string_has_its_pitch(midi):
    frame = pluck(midi, 0.2, sample_rate=RATE)[2000 : 2000 + 1536]
    assert cents(ESTIMATOR.estimate(frame).f0_hz, float(midi_to_hz(midi))) < 5.0


def test_a_missing_fundamental_is_heard():
    frame = tone(110.0) - tone(110.0, harmonics=1)
    assert cents(ESTIMATOR.estimate(frame).f0_hz, 110.0) < 5.0


@given(st.floats(-0.5, 0.5), st.floats(0.01, 4.0))
def test_gain_and_offset_change_nothing(offset, gain):
    plain = ESTIMATOR.estimate(tone(196.0))
    other = ESTIMATOR.estimate(np.float32(gain) * tone(196.0) + np.float32(offset))
    assert cents(other.f0_hz, plain.f0_hz) < 0.05
    assert other.clarity == pytest.approx(plain.clarity, abs=1e-4)


def test_noise_is_less_clear_than_any_tone():
    noise = np.random.default_rng(3).standard_normal(1536).astype(np.float32)
    assert ESTIMATOR.estimate(noise).clarity < 0.5


@pytest.mark.parametrize(
    "frame", [np.zeros(1536, np.float32), np.ones(1536, np.float32), tone(110.0, size=5)]
)
def test_silence_an_offset_and_a_scrap_are_unvoiced(frame):
    assert ESTIMATOR.estimate(frame) == UNVOICED
    assert ESTIMATOR.candidates(frame) == []


def test_candidates_are_the_period_and_its_multiples():
    f0s = [pitch.f0_hz for pitch in ESTIMATOR.candidates(tone(440.0))]
    assert f0s == sorted(f0s, reverse=True)
    np.testing.assert_allclose(f0s, [440.0 / k for k in range(1, len(f0s) + 1)], rtol=2e-3)


def obvious_nsdf(frame, lags):
    frame = frame.astype(np.float64)
    curve = []
    for lag in range(lags):
        left, right = frame[: frame.size - lag], frame[lag:]
        curve.append(2 * (left @ right) / (left @ left + right @ right))
    return curve


@given(arrays(np.float32, 40, elements=st.floats(-1, 1, width=32)), st.integers(1, 20))
def test_the_fast_nsdf_is_the_slow_one(frame, lags):
    assume(np.abs(frame[:20]).max() > 1e-2 and np.abs(frame[20:]).max() > 1e-2)
    np.testing.assert_allclose(nsdf(frame, lags), obvious_nsdf(frame, lags), atol=1e-3)
