"""Against an independent implementation of both halves: YIN for pitch, offline flux for onsets."""

import librosa
import numpy as np
import pytest

from dsp.pitch import PitchEstimator
from dsp.synth import melody, pluck, run

RATE = 44_100


@pytest.mark.parametrize("midi", [40, 47, 52, 59, 64, 71, 76, 83])
def test_steady_tones_have_the_pitch_that_yin_hears(midi):
    tone = pluck(midi, 0.6, sample_rate=RATE)
    theirs = np.median(librosa.yin(tone, fmin=65.0, fmax=1400.0, sr=RATE, frame_length=4096)[4:10])
    ours = PitchEstimator(RATE, 65.0, 1400.0).estimate(tone[8000:9536]).f0_hz
    assert abs(1200 * np.log2(ours / theirs)) < 5.0


def test_a_melody_has_the_onsets_that_librosa_finds(hear):
    played = run([45, 52, 57, 60, 64, 67, 69, 64, 57, 45], step_s=0.3)
    samples = melody(played, sample_rate=RATE, noise_dbfs=-60)
    found = librosa.onset.onset_detect(y=samples, sr=RATE, hop_length=256, units="time")
    # Where the take begins, its noise begins: no note.
    theirs = [time for time in found if time > 0.1]
    ours = [note.onset_s for note in hear(samples, RATE)]
    assert ours == pytest.approx(theirs, abs=0.025)
    truth = [note.onset_s for note in played]
    assert np.abs(np.subtract(ours, truth)).max() < np.abs(np.subtract(theirs, truth)).max()
