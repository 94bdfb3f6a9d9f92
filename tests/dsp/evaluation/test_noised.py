import numpy as np
import pytest

from dsp.evaluation.noised import gained, hiss, hum, knocks, noise_level
from dsp.synth import melody, run

RATE = 44_100
TAKE = melody(run([45, 57, 64, 52], step_s=0.4), sample_rate=RATE)


def rms(samples):
    return float(np.sqrt(np.mean(np.square(samples.astype(np.float64)))))


@pytest.mark.parametrize("spoil", [hiss, hum])
@pytest.mark.parametrize("snr_db", [30.0, 10.0])
def test_noise_comes_at_its_level(spoil, snr_db):
    noise = spoil(TAKE, RATE, snr_db, 1) - TAKE
    assert rms(noise) == pytest.approx(noise_level(TAKE, RATE, snr_db), rel=0.01)


def test_hum_is_mains_and_its_harmonics():
    spectrum = np.abs(np.fft.rfft(hum(TAKE, RATE, 0.0, 2) - TAKE))
    loudest_hz = np.fft.rfftfreq(TAKE.size, 1 / RATE)[int(np.argmax(spectrum))]
    assert min(abs(loudest_hz - mains) for mains in (50.0, 60.0)) < 1.0


def test_knocks_are_short_and_as_loud_as_asked():
    noise = knocks(TAKE, RATE, 6.0, 3, per_s=1.0) - TAKE
    assert np.abs(noise).max() == pytest.approx(noise_level(TAKE, RATE, 6.0), rel=0.35)
    assert 0.0 < np.mean(np.abs(noise) > 0.05 * np.abs(noise).max()) < 0.2


@pytest.mark.parametrize("spoil", [hiss, hum, knocks])
def test_the_same_seed_gives_the_same_noise(spoil):
    assert np.array_equal(spoil(TAKE, RATE, 10.0, 4), spoil(TAKE, RATE, 10.0, 4))
    assert not np.array_equal(spoil(TAKE, RATE, 10.0, 4), spoil(TAKE, RATE, 10.0, 5))


def test_rests_do_not_lower_the_level():
    silence = np.zeros(TAKE.size, np.float32)
    assert noise_level(np.r_[TAKE, silence], RATE, 0.0) == pytest.approx(noise_level(TAKE, RATE, 0.0))
    assert noise_level(TAKE, RATE, 20.0) == pytest.approx(noise_level(TAKE, RATE, 0.0) / 10)


def test_gain_clips_at_full_scale():
    assert np.abs(gained(TAKE, 40.0)).max() == 1.0
    assert rms(gained(TAKE, -20.0)) == pytest.approx(rms(TAKE) / 10, rel=1e-3)
