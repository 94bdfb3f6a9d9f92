import numpy as np
import pytest

from dsp.convert import hz_to_midi, midi_to_hz
from dsp.pitch import Pitch, PitchEstimator
from dsp.salience import LIFT_S, Candidate, OnsetPitch, lifted, sharpened
from dsp.synth import pluck

RATE, LENGTH = 44_100, 1536
QUIET = np.zeros(LENGTH, np.float32)


@pytest.fixture(scope="module")
def ranking():
    return OnsetPitch(PitchEstimator(RATE, 65.0, 1400.0), LENGTH)


def string(midi, after_s=0.0, level=0.3):
    """A frame of a plucked string, from `after_s` after its attack."""
    start = round(after_s * RATE)
    return pluck(midi, 1.0, sample_rate=RATE, level=level)[start : start + LENGTH]


@pytest.mark.parametrize("midi", range(40, 89, 3))
def test_the_plucked_pitch_comes_first(ranking, midi):
    ranked = ranking.rank(string(midi), QUIET)
    assert hz_to_midi(ranked[0].pitch.f0_hz) == pytest.approx(midi, abs=0.2)
    scores = [candidate.score for candidate in ranked]
    assert scores == sorted(scores, reverse=True)
    assert max(scores) <= 2.0


@pytest.mark.parametrize(("ringing", "plucked"), [(40, 57), (45, 50), (45, 59), (50, 59), (59, 55), (64, 50)])
def test_a_string_that_rings_on_has_no_vote(ranking, ringing, plucked):
    # As loud as the new one, two strings may share a period that neither has alone.
    before = string(ringing, after_s=0.2, level=0.1)
    after = string(ringing, after_s=0.2 + LENGTH / RATE, level=0.1) + string(plucked, level=0.2)
    best = ranking.rank(after, before)[0]
    assert hz_to_midi(best.pitch.f0_hz) == pytest.approx(plucked, abs=0.15)


@pytest.mark.parametrize("length", [0, 3, 300, 700, LENGTH])
def test_silence_of_any_length_has_no_candidates(ranking, length):
    assert ranking.rank(np.zeros(length, np.float32), np.zeros(length, np.float32)) == []


def test_harmonics_of_a_pluck_rise_and_those_of_a_ringing_string_do_not(ranking):
    a2 = float(midi_to_hz(45))
    assert ranking.rise_db(string(45), QUIET, a2)[0] > 40.0
    harmonics, between = ranking.rise_db(string(45, after_s=0.2), string(45, after_s=0.15), a2)
    assert -3.0 < harmonics < 0.0
    assert between < 3.0


def test_a_knock_on_a_ringing_string_fills_the_gaps_between_its_harmonics(ranking):
    knock = np.random.default_rng(4).standard_normal(LENGTH).astype(np.float32) * 0.1
    harmonics, between = ranking.rise_db(
        string(45, after_s=0.2) + knock, string(45, after_s=0.15), float(midi_to_hz(45))
    )
    assert between > 15.0
    assert between > harmonics + 10.0


def test_ringing_over_is_measured_in_db_above_the_new_note(ranking):
    e2, a3 = float(midi_to_hz(40)), float(midi_to_hz(57))
    levels = [
        ranking.ring_over_db(string(57, 0.08) + string(40, 0.3, level), a3, e2)
        for level in (0.3, 0.03, 0.003)
    ]
    assert levels[0] - levels[1] == pytest.approx(20.0, abs=3.0)
    assert levels[0] > -10.0
    assert levels[2] < -20.0


def test_an_octave_of_the_new_note_can_not_be_told_from_its_harmonics(ranking):
    a2, a3 = float(midi_to_hz(45)), float(midi_to_hz(57))
    assert ranking.ring_over_db(string(45), a2, a3) == -np.inf


@pytest.mark.parametrize(("hz", "least_db", "most_db"), [(100.0, -26.0, -20.0), (1000.0, -0.5, 2.0)])
def test_lifting_turns_the_lowest_octaves_down(hz, least_db, most_db):
    tone = np.sin(2 * np.pi * hz * np.arange(RATE) / RATE).astype(np.float32)
    inner = lifted(tone, round(LIFT_S / 2 * RATE))[1000:-1000]
    assert least_db < 20 * np.log10(np.std(inner) / np.std(tone)) < most_db


@pytest.mark.parametrize("size", [1, 7, 40, 1536])
def test_lifting_takes_away_the_mean_of_what_is_there(size):
    samples = np.random.default_rng(size).standard_normal(size).astype(np.float32)
    half = 10
    means = [samples[max(i - half, 0) : i + half + 1].mean(dtype=np.float64) for i in range(size)]
    np.testing.assert_allclose(lifted(samples, half), samples - means, atol=1e-6)
    np.testing.assert_allclose(lifted(samples + np.float32(0.5), half), lifted(samples, half), atol=1e-6)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], 220.0),
        ([(110.5, 0.9)], 221.0),
        ([(110.5, 0.9), (44.1, 0.9)], 220.5),
        ([(110.5, 0.5)], 220.0),
        ([(105.0, 0.9)], 220.0),
    ],
    ids=["alone", "two periods", "five periods", "too unclear", "too far off"],
)
def test_more_periods_place_one_more_finely(others, expected):
    found = [Candidate(Pitch(220.0, 0.95), 1.9), *(Candidate(Pitch(hz, c), 1.0) for hz, c in others)]
    assert sharpened(found) == pytest.approx(expected)


@pytest.mark.parametrize("midi", [57.31, 64.42, 71.07, 76.38])
def test_a_sharpened_pitch_is_right_to_3_cents(ranking, midi):
    ranked = ranking.rank(string(midi), QUIET)
    assert 100 * abs(hz_to_midi(sharpened(ranked)) - midi) < 3.0
