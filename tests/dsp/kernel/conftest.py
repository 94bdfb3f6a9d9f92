"""Frames of every kind that the engine meets, at the rates that sources give."""

import numpy as np
import pytest
from hypothesis import settings

from dsp.synth import pluck

settings.register_profile("kernel", deadline=None)
settings.load_profile("kernel")

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
