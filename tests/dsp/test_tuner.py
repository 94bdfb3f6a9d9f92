import numpy as np
import pytest

from dsp.convert import hz_to_midi, midi_to_hz
from dsp.synth import pluck
from dsp.tuner import EVERY_S, WINDOW_S, Tuner
from dsp.tuning import TUNINGS

LOWEST, HIGHEST = 28, 88
"""E1, the lowest string of a bass, to E6, the highest fret of a guitar."""
RATES = (44_100, 48_000)

TIMBRES = {
    "pure": lambda number: number == 1,
    "bright": lambda number: 1 / number,
    "no first partial": lambda number: (number > 1) / number,
    "strong octave": lambda number: (1.0 if number % 2 == 0 else 0.3) / number,
    "hollow": lambda number: (number % 2) / number,
}


def tone(midi, rate, timbre, duration_s=WINDOW_S):
    """Partials that last, of one of the timbres."""
    time = np.arange(round(duration_s * rate)) / rate
    f0 = float(midi_to_hz(midi))
    numbers = range(1, min(20, int(0.45 * rate / f0)) + 1)
    return np.float32(0.1 * sum(TIMBRES[timbre](n) * np.sin(2 * np.pi * n * f0 * time + n) for n in numbers))


def plucked(midi, rate, **settings):
    """A string after its attack, as long as a tuner looks at."""
    return pluck(midi, 0.15 + WINDOW_S + 0.03, sample_rate=rate, **settings)[round(0.15 * rate) :][
        : round(WINDOW_S * rate)
    ]


def off(reading, midi):
    """Cents between what is shown and what was played."""
    return 100 * (float(hz_to_midi(reading.f0_hz)) - midi)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("timbre", TIMBRES)
def test_any_steady_tone_is_read_to_a_tenth_of_a_cent(rate, timbre):
    tuner = Tuner(rate)
    for midi in np.arange(LOWEST, HIGHEST + 0.1, 3.35):
        reading = tuner.read(tone(midi, rate, timbre))
        assert abs(off(reading, midi)) < 0.1
        assert reading.steady
        assert reading.clarity > 0.9


@pytest.mark.parametrize("rate", RATES)
def test_a_stiff_string_is_read_to_the_cent_in_noise(rate):
    tuner = Tuner(rate)
    rng = np.random.default_rng(8)
    for midi in np.arange(LOWEST, HIGHEST + 0.1, 2.4):
        string = plucked(midi, rate)
        hiss = 0.003 * rng.standard_normal(string.size).astype(np.float32)
        assert abs(off(tuner.read(string + hiss), midi)) < 1.0


@pytest.mark.parametrize("tuning", TUNINGS.values(), ids=list(TUNINGS))
@pytest.mark.parametrize("rate", RATES)
def test_every_string_of_every_tuning_is_told_from_the_others(tuning, rate):
    tuner = Tuner(rate, tuning=tuning, a4_hz=432.0)
    for string, midi in enumerate(tuning.strings):
        for cents in (-49.0, 3.0, 49.0):
            reading = tuner.read(plucked(midi + cents / 100, rate, a4_hz=432.0))
            assert (reading.string, reading.target_midi) == (string, midi)
            assert reading.cents == pytest.approx(cents, abs=0.5)


def test_a_string_gone_flat_by_a_tone_still_knows_its_name():
    assert Tuner(44_100).read(plucked(38, 44_100)).string == 0
    assert Tuner(44_100).read(plucked(62.4, 44_100)).cents == pytest.approx(-160.0, abs=0.5)


def test_a_stream_is_read_twenty_times_a_second_however_it_is_cut():
    samples = pluck(45.1, 2.0, sample_rate=44_100)
    whole = Tuner(44_100).push(samples)
    tuner = Tuner(44_100)
    cut = [reading for part in np.array_split(samples, 37) for reading in tuner.push(part)]
    assert cut == whole
    assert len(whole) == pytest.approx((2.0 - WINDOW_S) / EVERY_S, abs=1)
    assert all(reading.cents == pytest.approx(10.0, abs=0.5) for reading in whole[2:])
    tuner.reset()
    assert tuner.push(samples) == whole


def test_a_pitch_that_moves_is_not_steady():
    bent = pluck(57, 0.6, sample_rate=44_100, curve=((0.0, 0.0), (0.6, 60.0)))
    tuner = Tuner(44_100)
    assert not tuner.read(bent[: tuner.window_length]).steady


def test_neither_silence_nor_noise_is_a_string():
    tuner = Tuner(44_100)
    assert tuner.read(np.zeros(tuner.window_length, np.float32)) is None
    noise = 0.1 * np.random.default_rng(3).standard_normal(44_100).astype(np.float32)
    assert tuner.push(noise) == []
