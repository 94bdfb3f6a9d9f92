"""Frames of every kind that the engine meets, at the rates that sources give."""

import numpy as np
import pytest

from dsp.kernel.engine import CompiledEstimator, CompiledRanking
from dsp.pitch import PitchEstimator
from dsp.salience import OnsetPitch
from dsp.synth import pluck

F0_HZ = (70.0, 1400.0)
LONGEST_S = 1536 / 44_100
SHARES = (0.01, 0.1, 0.2, 0.35, 0.5, 0.67, 0.84, 1.0)
"""Lengths of frames, as shares of the longest."""
RATES = (8_000, 16_000, 44_100, 48_000, 96_000)


@pytest.fixture(params=RATES)
def rate(request):
    return request.param


@pytest.fixture(scope="session")
def sounds():
    """Stretches of 80 ms at a rate: strings, two strings, noise, a string in noise, an offset, silence."""

    def make(rate):
        length = round(0.08 * rate)
        noise = np.random.default_rng(rate).standard_normal(length).astype(np.float32)
        strings = [
            pluck(midi, 0.3, sample_rate=rate)[length : 2 * length] for midi in (40, 47, 55, 64, 76, 86)
        ]
        return [
            *strings,
            strings[0] + strings[3],
            0.1 * noise,
            strings[2] + np.float32(0.02) * noise,
            np.full(length, 0.25, np.float32) + strings[1],
            np.zeros(length, np.float32),
        ]

    return make


@pytest.fixture(scope="session")
def frames(sounds):
    """The sounds at a rate, each cut to frames of several lengths."""

    def make(rate):
        longest = round(LONGEST_S * rate)
        return [sound[: max(1, round(share * longest))] for sound in sounds(rate) for share in SHARES]

    return make


@pytest.fixture(scope="session")
def estimators():
    """The reference and the compiled one at a rate."""

    def make(rate):
        return PitchEstimator(rate, *F0_HZ), CompiledEstimator(rate, *F0_HZ, round(LONGEST_S * rate))

    return make


@pytest.fixture(scope="session")
def rankings(estimators):
    """The reference and the compiled one at a rate."""

    def make(rate):
        plain, compiled = estimators(rate)
        longest = round(LONGEST_S * rate)
        return OnsetPitch(plain, longest), CompiledRanking(compiled, longest)

    return make
