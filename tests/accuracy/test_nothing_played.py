"""What is no note must not be claimed as one."""

import numpy as np
import pytest

from dsp.synth import melody

RATE = 44_100
TIME = np.arange(3 * RATE) / RATE
RNG = np.random.default_rng(8)


def hum(mains_hz, level):
    return level * sum(np.sin(2 * np.pi * k * mains_hz * TIME + k) / k for k in range(1, 12))


def bumps(modes_hz, decay_s=0.015, level=0.4):
    """A guitar's body struck five times: a few damped modes that are no harmonics of each other."""
    samples = 3e-4 * RNG.standard_normal(TIME.size)
    for start in range(RATE // 2, TIME.size - RATE // 4, RATE // 2):
        since = TIME[: RATE // 4]
        blow = sum(np.exp(-since / decay_s) * np.sin(2 * np.pi * hz * since) for hz in modes_hz)
        samples[start : start + since.size] += level * blow / len(modes_hz)
    return samples


def rubs():
    """A hand on the strings: noise that swells and fades."""
    return (
        0.05
        * np.sin(np.pi * TIME / 3.0) ** 2
        * (1 + np.sin(2 * np.pi * 2 * TIME))
        * RNG.standard_normal(TIME.size)
    )


SOUNDS = {
    "silence": np.zeros(TIME.size),
    "an offset": np.full(TIME.size, 0.3),
    "faint hiss": 1e-4 * RNG.standard_normal(TIME.size),
    "loud hiss": 0.2 * RNG.standard_normal(TIME.size),
    "50 Hz hum": hum(50.0, 0.05),
    "60 Hz hum with hiss": hum(60.0, 0.02) + 1e-3 * RNG.standard_normal(TIME.size),
    "hum that sets in": hum(50.0, 0.02) * (TIME > 1.0) + 1e-4 * RNG.standard_normal(TIME.size),
    "clicks": np.where(np.arange(TIME.size) % 20_000 == 15_000, 0.8, 0.0),
    "knocks on the body": bumps([103.0, 187.0, 262.0, 411.0]),
    "rubbing": rubs(),
}


@pytest.mark.parametrize("name", SOUNDS)
@pytest.mark.parametrize("gain", [1.0, 0.1])
def test_nothing_is_claimed(hear, name, gain):
    claims = [note for note in hear((gain * SOUNDS[name]).astype(np.float32), RATE) if note.judged]
    assert [(note.name, note.onset_s) for note in claims] == []


@pytest.mark.parametrize("rate", [8_000, 48_000, 192_000])
def test_nothing_is_claimed_in_hiss_at_any_rate(hear, rate):
    assert [
        note
        for note in hear(melody([], sample_rate=rate, duration_s=2.0, noise_dbfs=-35), rate)
        if note.judged
    ] == []
