import numpy as np
import pytest

from dsp.chords import KINDS, LEAST_S, name_chord, note_strengths, recognize_chord
from dsp.synth import PluckedNote, melody

RATE = 44_100
LOW_E = 40
VOICINGS = {
    "": (0, 7, 12, 16, 19, 24),
    "m": (0, 7, 12, 15, 19, 24),
    "5": (0, 7, 12),
    "7": (0, 7, 10, 16, 19, 24),
    "sus2": (0, 2, 7, 12, 14),
    "sus4": (0, 7, 12, 17, 19, 24),
}
"""Semitones above the lowest string of a barre or an open shape."""


def strum(lowest, shape, *, rate=RATE, duration_s=0.45, noise_dbfs=-55.0, seed=0):
    """Strings one after another, 8 ms apart, each a little out of tune and as loud as it likes."""
    rng = np.random.default_rng(seed)
    notes = [
        PluckedNote(
            0.01 + 0.008 * i, duration_s, lowest + step + rng.normal(0, 0.04), 0.15 * rng.uniform(0.5, 1)
        )
        for i, step in enumerate(shape)
    ]
    return melody(notes, sample_rate=rate, duration_s=duration_s, noise_dbfs=noise_dbfs, seed=seed)


@pytest.mark.parametrize("kind", KINDS)
def test_every_chord_on_every_root_is_named(kind):
    named = []
    for root in range(12):
        lowest = LOW_E + (root - LOW_E) % 12
        chord = recognize_chord(strum(lowest, VOICINGS[kind], seed=root), RATE)
        named.append(chord is not None and (chord.root, chord.kind) == (root, kind))
    assert sum(named) >= 11


@pytest.mark.parametrize("rate", [22_050, 48_000, 96_000])
@pytest.mark.parametrize("duration_s", [0.3, 1.5])
def test_at_other_rates_and_lengths(rate, duration_s):
    chord = recognize_chord(strum(45, VOICINGS["m"], rate=rate, duration_s=duration_s), rate)
    assert chord.name == "Am"
    assert 0.8 < chord.confidence <= 1.0


def test_the_bass_decides_between_chords_of_the_same_notes():
    assert recognize_chord(strum(48, (0, 2, 7, 12)), RATE).name == "Csus2"
    assert recognize_chord(strum(43, (0, 5, 7, 12)), RATE).name == "Gsus4"


def test_an_inversion_has_the_name_of_its_root():
    assert recognize_chord(strum(52, (0, 8, 12, 15)), RATE).name == "C"


def test_the_reference_is_followed():
    half_up = 440.0 * 2 ** (0.5 / 12)
    samples = strum(45.5, VOICINGS[""])
    assert recognize_chord(samples, RATE, a4_hz=half_up).name == "A"


@pytest.mark.parametrize("midi", range(40, 80, 3))
def test_one_note_is_no_chord(midi):
    assert recognize_chord(strum(midi, (0,)), RATE) is None


def test_an_octave_noise_silence_and_a_cluster_are_none():
    rng = np.random.default_rng(1)
    assert recognize_chord(strum(45, (0, 12)), RATE) is None
    assert recognize_chord(0.1 * rng.standard_normal(RATE).astype(np.float32), RATE) is None
    assert recognize_chord(np.zeros(RATE, np.float32), RATE) is None
    assert recognize_chord(strum(52, (0, 1, 2, 3)), RATE) is None


def test_too_short_a_stretch_is_none():
    assert recognize_chord(strum(45, VOICINGS[""])[: round(0.9 * LEAST_S * RATE)], RATE) is None


def test_strengths_show_what_was_plucked():
    strengths = note_strengths(strum(45, (0, 7, 16)), RATE)
    assert strengths.shape == (49,)
    assert set(np.flatnonzero(strengths > 0.3) + 36) == {45, 52, 61}


def test_nothing_has_no_name():
    assert name_chord(np.zeros(49)) is None
