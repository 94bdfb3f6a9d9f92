"""Takes made worse on purpose: hiss, hum and knocks at a known level, so that confidence meets bad days too.

Conventions
-----------
`snr_db` compares the RMS of the take where it sounds (frames of 20 ms, less than 30 dB below the loudest)
with the RMS of the noise; for knocks with their peak. Everything is seeded.
"""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

_FRAME_S = 0.02
_SOUNDING = 10.0 ** (-30.0 / 20.0)
_HUM_HARMONICS = 12
_BODY_MODES_HZ = (103.0, 187.0, 262.0, 411.0)
"""Resonances of an acoustic guitar's body and top (Fletcher & Rossing, ch. 9): no harmonics of each other."""
_KNOCK_DECAY_S, _KNOCK_S = 0.015, 0.15


def hiss(take: Samples, sample_rate: float, snr_db: float, seed: int) -> Samples:
    """The take with white noise, as of a long cable or a cheap input."""
    noise = np.random.default_rng(seed).standard_normal(take.size)
    return _mixed(take, noise, noise_level(take, sample_rate, snr_db))


def hum(take: Samples, sample_rate: float, snr_db: float, seed: int) -> Samples:
    """The take with mains hum, 50 or 60 Hz and its harmonics, as of a single-coil pickup."""
    rng = np.random.default_rng(seed)
    mains_hz = rng.choice([50.0, 60.0])
    time = np.arange(take.size) / sample_rate
    phases = rng.uniform(0.0, 2 * np.pi, _HUM_HARMONICS)
    noise = sum(
        np.sin(2 * np.pi * mains_hz * number * time + phase) / number
        for number, phase in enumerate(phases, start=1)
    )
    noise = np.asarray(noise) / np.sqrt(np.mean(np.square(noise)))
    return _mixed(take, noise, noise_level(take, sample_rate, snr_db))


def knocks(take: Samples, sample_rate: float, snr_db: float, seed: int, *, per_s: float = 0.5) -> Samples:
    """The take with knocks on the guitar's body at random moments, `per_s` of them a second."""
    rng = np.random.default_rng(seed)
    since = np.arange(round(_KNOCK_S * sample_rate)) / sample_rate
    noise = np.zeros(take.size)
    for start in rng.integers(0, max(take.size - since.size, 1), round(per_s * take.size / sample_rate)):
        modes = np.array(_BODY_MODES_HZ) * rng.uniform(0.9, 1.1)
        blow = np.sin(2 * np.pi * modes[:, None] * since).sum(axis=0) * np.exp(-since / _KNOCK_DECAY_S)
        room = noise[start : start + since.size]
        room += (blow / np.abs(blow).max())[: room.size]
    return _mixed(take, noise, noise_level(take, sample_rate, snr_db))


def gained(take: Samples, gain_db: float) -> Samples:
    """The take louder or quieter; what would clip does."""
    return np.asarray(np.clip(take * 10.0 ** (gain_db / 20.0), -1.0, 1.0), np.float32)


def noise_level(take: Samples, sample_rate: float, snr_db: float) -> float:
    """RMS, full scale = 1, of a noise at this distance from where the take sounds."""
    length = max(round(_FRAME_S * sample_rate), 1)
    whole = take[: take.size // length * length].astype(np.float64).reshape(-1, length)
    rms = np.sqrt(np.mean(np.square(whole), axis=1))
    sounding = rms[rms >= _SOUNDING * rms.max()]
    return float(np.sqrt(np.mean(np.square(sounding))) * 10.0 ** (-snr_db / 20.0))


def _mixed(take: Samples, noise: NDArray[np.float64], level: float) -> Samples:
    return np.asarray(take + level * noise, np.float32)
