"""Strings that are known: how many are heard, and that one string is never taken for two."""

import numpy as np
import pytest

from dsp.convert import midi_to_hz
from dsp.polyphony import find_strings
from dsp.synth import PluckedNote, melody

RATE = 44_100
ONSET_S, HEARD_S = 0.5, 0.09
SEEN_BEFORE = 1536


def evidence(claimed, played, *, ringing=(), noise_dbfs=-65.0, heard_s=HEARD_S):
    """What is found when `claimed` is the claim, `played` is plucked and `ringing` sounded before."""
    notes = [PluckedNote(0.1, 1.0, midi, 0.2) for midi in ringing]
    notes += [PluckedNote(ONSET_S + 0.004 * i, 1.0, midi, 0.2) for i, midi in enumerate(played)]
    samples = melody(notes, sample_rate=RATE, noise_dbfs=noise_dbfs)
    onset = round(ONSET_S * RATE)
    after = samples[onset : onset + round(heard_s * RATE)]
    return find_strings(after, samples[onset - SEEN_BEFORE : onset], float(midi_to_hz(claimed)), RATE)


@pytest.mark.parametrize("midi", range(40, 84, 3))
def test_one_string_is_one_string(midi):
    assert not evidence(midi, [midi]).polyphonic
    assert not evidence(midi + 0.3, [midi]).polyphonic


@pytest.mark.parametrize("midi", [45, 52, 60])
@pytest.mark.parametrize("interval", [1, 2, 3, 4, 5, 6, 7, 8, 9])
def test_two_strings_are_told_from_one(midi, interval):
    found = evidence(midi, [midi, midi + interval])
    assert found.polyphonic
    octaves = np.log2(found.voice_hz / float(midi_to_hz(midi + interval)))
    assert octaves == pytest.approx(round(octaves), abs=0.03)


@pytest.mark.parametrize(
    ("claimed", "played"),
    [(40, (52, 59)), (41, (60, 65)), (36, (60, 64)), (36, (60, 64, 67)), (41, (60, 69))],
)
def test_a_period_that_strings_only_share_is_no_string(claimed, played):
    found = evidence(claimed, played)
    assert found.own_db < -30.0
    assert found.polyphonic


@pytest.mark.parametrize("ringing", [(45,), (40, 47), (64,)])
def test_a_string_that_rings_on_is_no_chord(ringing):
    assert not evidence(57, [57], ringing=ringing).polyphonic


def test_an_octave_cannot_be_told_and_is_not_guessed():
    assert not evidence(52, [52, 64]).polyphonic


def test_noise_is_no_string():
    assert not evidence(52, [52], noise_dbfs=-40.0).polyphonic


def test_too_little_sound_and_silence_say_nothing():
    assert evidence(52, [52, 56], heard_s=0.03) is None
    silent = np.zeros(4000, np.float32)
    assert find_strings(silent, silent, 110.0, RATE) is None
