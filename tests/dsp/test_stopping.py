import numpy as np
import pytest

from dsp.stopping import harmonics_db, is_stopped

RATE = 44_100
ONSET_S = 0.4


def string(f0_hz, *, after=1.0, decay_s=1.0, silent_for_s=0.0):
    """A decaying string; from the onset on it is `after` times as loud and dies with its own decay."""
    time = np.arange(RATE) / RATE
    since = np.maximum(time - ONSET_S, 0.0)
    gain = np.where(time < ONSET_S, np.exp(-time), after * np.exp(-since / decay_s))
    gain[(time >= ONSET_S) & (since < silent_for_s)] = 0.01
    return (gain * sum(0.1 / k * np.sin(2 * np.pi * k * f0_hz * time + k) for k in range(1, 9))).astype(
        np.float32
    )


def reader(samples):
    return lambda start_s, stop_s: samples[max(round(start_s * RATE), 0) : round(stop_s * RATE)]


def stopped(samples, f0_hz, onset_s=ONSET_S):
    return is_stopped(reader(samples), onset_s, f0_hz, RATE)


@pytest.mark.parametrize("f0_hz", [41.2, 82.4, 220.0, 1318.5])
def test_a_string_that_dies_within_a_tenth_of_a_second_is_stopped(f0_hz):
    assert stopped(string(f0_hz, after=0.8, decay_s=0.03), f0_hz)


@pytest.mark.parametrize("f0_hz", [41.2, 82.4, 220.0, 1318.5])
@pytest.mark.parametrize("after", [0.8, 1.0, 2.0])
def test_a_string_that_rings_on_is_not(f0_hz, after):
    assert not stopped(string(f0_hz, after=after), f0_hz)


def test_a_soft_pluck_on_a_string_that_was_damped_first_is_not():
    assert not stopped(string(220.0, after=0.2, silent_for_s=0.04), 220.0)


def test_a_loud_staccato_pluck_is_not():
    assert not stopped(string(220.0, after=3.0, decay_s=0.03), 220.0)


@pytest.mark.parametrize("onset_s", [0.01, 0.97])
def test_at_the_edges_of_a_take_nothing_can_be_said(onset_s):
    assert not stopped(string(220.0, after=0.8, decay_s=0.03), 220.0, onset_s)


def test_the_power_of_a_full_scale_sine_is_half():
    sine = np.sin(2 * np.pi * 220.0 * np.arange(4096) / RATE).astype(np.float32)
    assert harmonics_db(sine, 220.0, RATE) == pytest.approx(-3.01, abs=0.05)
    assert harmonics_db(sine / 2, 220.0, RATE) == pytest.approx(-9.03, abs=0.05)
