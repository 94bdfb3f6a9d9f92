"""The same playing at any rate from 16 to 192 kHz gives the same notes, most at the same moment."""

from math import gcd

import numpy as np
import pytest
from scipy.signal import resample_poly

from dsp.synth import melody, run
from workbench.audio.bundled import take_file
from workbench.audio.recording import load_take

HERE = 44_100
RATES = (16_000, 22_050, 32_000, 48_000, 88_200, 96_000, 176_400, 192_000)
EXCERPT_S = 8.0
ONSET_S, PITCH_CENTS = 0.003, 10.0
LEAST_SHARE = {"r_clean_01": 1.0, "strings": 0.85, "r_wrong_02": 0.85}
"""An onset may fall on the next period of a low string, or on the scrape of the pick before it: the lower the
notes, the more often."""


def converted(samples, rate):
    factor = gcd(HERE, rate)
    return resample_poly(samples, rate // factor, HERE // factor).astype(np.float32)


def judged(hear, samples, rate):
    return [note for note in hear(samples, rate) if note.judged]


@pytest.fixture(scope="module")
def playing():
    """Takes at 44.1 kHz: excerpts, and strings whose truth is known."""
    takes = {}
    for name in ("r_clean_01", "r_wrong_02"):
        samples, rate = load_take(take_file(f"{name}.flac"))
        assert rate == HERE
        takes[name] = samples[: round(EXCERPT_S * rate)]
    strings = melody(run([40, 47, 52, 57, 64, 69, 76], step_s=0.4), sample_rate=HERE, noise_dbfs=-70)
    return {**takes, "strings": strings}


@pytest.fixture(scope="module")
def at_home(hear, playing):
    """What is heard at 44.1 kHz."""
    return {name: judged(hear, samples, HERE) for name, samples in playing.items()}


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("name", LEAST_SHARE)
def test_the_notes_are_those_of_44_1_khz(hear, playing, at_home, name, rate):
    expected, found = at_home[name], judged(hear, converted(playing[name], rate), rate)
    assert len(expected) >= 7
    assert [round(note.pitch) for note in found] == [round(note.pitch) for note in expected]
    pairs = list(zip(found, expected, strict=True))
    apart_s = np.array([abs(theirs.onset_s - ours.onset_s) for theirs, ours in pairs])
    assert np.median(apart_s) < 0.001
    assert np.mean(apart_s < ONSET_S) >= LEAST_SHARE[name]
    assert max(abs(theirs.pitch - ours.pitch) for theirs, ours in pairs) < PITCH_CENTS / 100
