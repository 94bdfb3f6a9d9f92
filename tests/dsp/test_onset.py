import numpy as np
import pytest

from dsp.framing import Framer
from dsp.onset import OnsetDetector, filterbank
from dsp.synth import melody, run

RATE, HOP = 44_100, 256
TAKE = run([45, 52, 57, 64], step_s=0.3)
ONSETS = [note.onset_s for note in TAKE]
SAMPLES = melody(TAKE, sample_rate=RATE, noise_dbfs=-70)


def onsets(samples, detector=None):
    """Ends, in seconds, of the hops that showed an onset."""
    detector = detector or OnsetDetector(RATE, HOP)
    framer = Framer(detector.frame_length, HOP)
    return [end / RATE for end, frame in framer.push(samples.astype(np.float32)) if detector.push(frame)]


def test_each_pluck_shows_within_three_hops():
    # The noise itself begins with the stream.
    delays = np.array([time for time in onsets(SAMPLES) if time > 0.1]) - ONSETS
    assert (delays > 0).all()
    assert (delays < 3 * HOP / RATE).all()


@pytest.mark.parametrize("gain", [0.01, 0.25, 4.0])
def test_gain_changes_nothing(gain):
    assert onsets(gain * SAMPLES) == onsets(SAMPLES)


def test_reset_is_new():
    detector = OnsetDetector(RATE, HOP)
    first = onsets(SAMPLES, detector)
    detector.reset()
    assert onsets(SAMPLES, detector) == first


def test_vibrato_is_no_onset():
    time = np.arange(2 * RATE) / RATE
    phase = 2 * np.pi * 220 * time - 6.0 * np.cos(2 * np.pi * 5.5 * time)
    steady = sum(np.sin(number * phase) / number for number in range(1, 9))
    assert [time for time in onsets(0.1 * steady) if time > 0.1] == []


def test_steady_noise_is_no_onset():
    noise = 0.05 * np.random.default_rng(2).standard_normal(2 * RATE)
    assert [time for time in onsets(noise) if time > 0.1] == []


def test_silence_is_no_onset():
    assert onsets(np.zeros(RATE)) == []


def test_two_onsets_are_45_ms_apart():
    bursts = np.zeros(RATE)
    for number in range(40):
        bursts[4000 + 900 * number] = 0.5
    assert np.diff(onsets(bursts)).min() >= 0.045


@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000])
def test_each_band_weighs_one(rate):
    bank = filterbank(rate, round(2048 / 44_100 * rate))
    assert (bank >= 0).all()
    np.testing.assert_allclose(bank.sum(axis=1), 1.0, rtol=1e-5)
    centres = bank.argmax(axis=1)
    assert (np.diff(centres) > 0).all()
