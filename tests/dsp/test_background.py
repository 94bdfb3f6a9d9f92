import numpy as np
import pytest

from dsp.background import LENGTH_S, measure_background
from dsp.convert import SILENCE_DBFS, midi_to_hz
from dsp.synth import pluck

RATE = 44_100


def string(midi, rate=RATE):
    """A settled string, as long as is looked at."""
    start = round(0.06 * rate)
    return pluck(midi, 0.5, sample_rate=rate, level=0.3)[start : start + round(LENGTH_S * rate)].astype(float)


def white(dbfs, size, seed=1):
    return 10.0 ** (dbfs / 20.0) * np.random.default_rng(seed).standard_normal(size)


def hum(mains_hz, dbfs, size, rate=RATE):
    """Odd and even multiples, as rectifiers make them, in phase with nothing."""
    time = np.arange(size) / rate + 0.123
    wave = sum(np.sin(2 * np.pi * mains_hz * n * time + n) / n for n in range(1, 7))
    return 10.0 ** (dbfs / 20.0) * wave / np.std(wave)


def background(samples, midi, rate=RATE):
    return measure_background(samples.astype(np.float32), float(midi_to_hz(midi)), rate)


@pytest.mark.parametrize("midi", [40, 52, 64, 76])
@pytest.mark.parametrize("dbfs", [-60.0, -45.0, -30.0])
@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_hiss_is_heard_between_the_partials(midi, dbfs, rate):
    note = string(midi, rate)
    heard = np.mean([background(note + white(dbfs, note.size, s), midi, rate).noise_dbfs for s in range(5)])
    assert heard == pytest.approx(dbfs, abs=2.0)


@pytest.mark.parametrize("midi", [40, 45, 52, 57, 64, 76])
def test_a_clean_string_has_little_besides(midi):
    note = string(midi)
    level = 20 * np.log10(note.std())
    heard = background(note, midi)
    assert heard.noise_dbfs < level - 42.0


@pytest.mark.parametrize("midi", [47, 53, 64, 69])
def test_hum_is_told_from_hiss_and_from_the_other_mains(midi):
    note = string(midi) + white(-70.0, string(midi).size)
    at_50, at_60 = (background(note + hum(mains, -35.0, note.size), midi) for mains in (50.0, 60.0))
    assert at_50.hum50_dbfs > at_50.hum60_dbfs
    assert at_60.hum60_dbfs > at_60.hum50_dbfs
    assert at_50.hum50_dbfs == pytest.approx(-38.0, abs=5.0)
    assert at_50.noise_dbfs < -45.0


def test_silence_has_no_background():
    silent = background(np.zeros(4000), 57)
    assert (silent.noise_dbfs, silent.hum50_dbfs, silent.hum60_dbfs) == (SILENCE_DBFS,) * 3
