import numpy as np
import pytest

from dsp.convert import midi_to_hz
from dsp.pluck import LOOK_AGAIN_S, LOOK_LENGTH_S, Sustain, rings_through, rose
from dsp.synth import pluck

RATES = (16_000, 44_100, 48_000)
ONSET_S, HEARD_S = 0.5, 0.05
BODIES = (
    ((98.0, 1.0, 0.03), (203.0, 0.7, 0.02), (397.0, 0.3, 0.012)),
    ((104.0, 1.0, 0.04), (191.0, 1.0, 0.03), (412.0, 0.5, 0.02)),
)
"""Frequency, amplitude, time constant: what a thumped body answers with."""


def thump(rate, body):
    time = np.arange(round(0.3 * rate)) / rate
    sound = sum(height * np.exp(-time / tau) * np.sin(2 * np.pi * hz * time) for hz, height, tau in body)
    return (0.3 * sound / np.abs(sound).max()).astype(np.float32)


def knock(rate):
    """A tap on the wood: a short burst of noise."""
    size = round(0.003 * rate)
    return (0.2 * np.random.default_rng(1).standard_normal(size)).astype(np.float32)


def ringing(midi, rate):
    """A string that was plucked half a second before the onset, and the index of that."""
    sound = pluck(midi, 1.0, sample_rate=rate)
    onset = round(ONSET_S * rate)
    return sound[: onset + round(HEARD_S * rate)].copy(), onset


def is_string(sound, f0_hz, rate):
    """What is found when the claim is looked at again."""
    sustain = Sustain(rate, round(LOOK_LENGTH_S * rate))
    now = round(LOOK_AGAIN_S * rate)
    hop = round(0.006 * rate)
    levels = 10 * np.log10([np.var(sound[start : start + hop]) + 1e-12 for start in range(0, now - hop, hop)])
    fall_db = float(levels.max() - levels[-3:].max())
    return sustain.is_string(sound[now - sustain.length : now], f0_hz, fall_db)


@pytest.mark.parametrize(
    ("rise_db", "rest_db", "sounded", "expected"),
    [
        (6.0, 3.0, False, True),
        (0.0, 0.0, False, False),
        (-2.0, 5.0, True, True),
        (-2.0, 5.0, False, False),
        (-2.0, 40.0, True, False),
        (-12.0, 0.0, True, False),
    ],
)
def test_harmonics_come_with_a_pluck(rise_db, rest_db, sounded, expected):
    assert rose(rise_db, rest_db, sounded=sounded) is expected


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("midi", [43, 55, 64])
def test_a_string_rings_through_a_knock(midi, rate):
    sound, onset = ringing(midi, rate)
    sound[onset : onset + knock(rate).size] += knock(rate)
    assert rings_through(sound, onset, rate / float(midi_to_hz(midi)), 0.3, rate)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("midi", [43, 55, 64])
def test_nothing_rings_through_when_its_level_rose(midi, rate):
    sound, onset = ringing(midi, rate)
    assert not rings_through(sound, onset, rate / float(midi_to_hz(midi)), 6.0, rate)


@pytest.mark.parametrize("rate", RATES)
def test_a_string_that_is_plucked_again_does_not_ring_through(rate):
    sound, onset = ringing(64, rate)
    period = rate / float(midi_to_hz(64))
    sound[onset:] = pluck(64, 0.4, sample_rate=rate)[: sound.size - onset]
    assert not rings_through(sound, onset, period, 0.3, rate)


@pytest.mark.parametrize("rate", RATES)
def test_too_little_past_is_no_proof_of_ringing(rate):
    sound, onset = ringing(43, rate)
    start = onset - round(0.01 * rate)
    assert not rings_through(sound[start:], onset - start, rate / float(midi_to_hz(43)), 0.3, rate)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("midi", [40, 43, 47, 55, 64, 76])
def test_a_plucked_string_is_a_string(midi, rate):
    assert is_string(pluck(midi, 0.3, sample_rate=rate), float(midi_to_hz(midi)), rate)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("f0_hz", [98.0, 101.0])
def test_a_thump_of_the_body_is_no_string(f0_hz, body, rate):
    assert not is_string(thump(rate, body), f0_hz, rate)


@pytest.mark.parametrize("rate", RATES)
def test_noise_is_no_string(rate):
    noise = np.random.default_rng(3).standard_normal(round(0.3 * rate)).astype(np.float32)
    assert not is_string(0.1 * noise, 196.0, rate)


@pytest.mark.parametrize("rate", RATES)
def test_neither_gain_nor_offset_matters(rate):
    sustain = Sustain(rate, round(LOOK_LENGTH_S * rate))
    look = pluck(43, 0.3, sample_rate=rate)[: sustain.length]
    expected = sustain.periodicity(look, 98.0)
    assert sustain.periodicity(0.01 * look + np.float32(0.2), 98.0) == pytest.approx(expected, abs=1e-3)
    sound, onset = ringing(55, rate)
    sound[onset : onset + knock(rate).size] += knock(rate)
    period = rate / float(midi_to_hz(55))
    assert rings_through(0.05 * sound + np.float32(0.2), onset, period, 0.3, rate)
