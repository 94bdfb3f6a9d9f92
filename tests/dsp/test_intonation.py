import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.errors import ParameterError
from dsp.intonation import pitch_accuracy

SEMITONES = np.resize([57, 60, 62, 64, 67, 69], 120)
SEEDS = st.integers(0, 2**32 - 1)


def scattered(seed, scatter_cents, n=120):
    """The same throw of the dice at any scatter."""
    return SEMITONES[:n] + np.random.default_rng(seed).normal(0.0, 1.0, n) * scatter_cents / 100


def test_a_perfect_take_scores_one(take):
    metric = pitch_accuracy(take(SEMITONES))
    assert (metric.value, metric.score, metric.n, metric.unit) == (0.0, 1.0, 120, "cents")
    assert metric.detail["below_resolution"]


@given(SEEDS, st.floats(0.5, 5), st.floats(1.1, 3))
def test_more_detune_scatter_never_scores_more(take, seed, scatter, factor):
    steady, loose = (pitch_accuracy(take(scattered(seed, cents))) for cents in (scatter, scatter * factor))
    assert loose.value > steady.value
    assert loose.score < steady.score


@given(SEEDS, st.floats(1, 12))
def test_the_value_is_the_median_of_the_absolute_scatter(take, seed, scatter):
    pitches = scattered(seed, scatter)
    metric = pitch_accuracy(take(pitches))
    assert metric.value == pytest.approx(np.median(np.abs(pitches - SEMITONES)) * 100, abs=1e-6)
    assert metric.low <= metric.value <= metric.high


def test_ten_cents_off_throughout_is_bias_and_scores_as_ten_cents(take):
    metric = pitch_accuracy(take(SEMITONES + 0.10))
    assert metric.value == metric.detail["bias_cents"] == pytest.approx(10.0)
    assert metric.detail["mad_cents"] == pytest.approx(0.0, abs=1e-9)
    assert metric.detail["within_25"] == 1.0
    assert metric.score == pytest.approx(0.86, abs=0.005)
    assert metric.detail["tuning"] == "includes your tuning"


@given(SEEDS, st.floats(-49, 49))
def test_a_constant_detune_moves_only_the_set_up_once_calibrated(take, seed, detune):
    played = scattered(seed, 6)
    strings = [0] * played.size
    tuned = pitch_accuracy(take(played), strings=strings, offsets_cents={0: 0.0})
    detuned = pitch_accuracy(take(played + detune / 100), strings=strings, offsets_cents={0: detune})
    assert detuned.score == pytest.approx(tuned.score, abs=1e-6)
    assert detuned.value == pytest.approx(tuned.value, abs=1e-6)
    assert detuned.detail["set_up"][0]["offset_cents"] == detune
    assert "tuning" not in detuned.detail


@given(SEEDS, st.floats(-40, 40))
def test_eight_notes_on_a_string_tell_its_offset(take, seed, detune):
    metric = pitch_accuracy(take(scattered(seed, 1) + detune / 100), strings=[3] * 120)
    found = metric.detail["set_up"][3]
    assert found["offset_cents"] == pytest.approx(detune, abs=1.0)
    assert (found["source"], found["n"]) == ("estimated", 120)
    assert metric.score > 0.99


def test_fewer_than_eight_notes_on_a_string_keep_its_tuning_in(take):
    strings = [0] * 7 + [1] * 8
    metric = pitch_accuracy(take(SEMITONES[:15] + 0.2), strings=strings)
    assert set(metric.detail["set_up"]) == {1}
    assert metric.detail["tuning"] == "includes your tuning"


def test_a_guitar_almost_half_a_semitone_sharp_keeps_its_bias(take):
    metric = pitch_accuracy(take(scattered(7, 4) + 0.49))
    assert abs(abs(metric.detail["bias_cents"]) - 49.5) < 1.5
    assert metric.detail["mad_cents"] < 5


def test_the_steady_pitch_counts_once_it_is_known(take):
    claimed = take(SEMITONES + 0.3, steady_midi=[float(midi) for midi in SEMITONES])
    assert pitch_accuracy(claimed).value == 0.0


def test_targets_multiply_in_the_share_of_right_notes(take):
    played = SEMITONES[:20].astype(float)
    played[:5] += 12  # the octave counts
    metric = pitch_accuracy(take(played), targets=list(SEMITONES[:20]))
    assert metric.detail["note_accuracy"] == 0.75
    assert metric.score == pytest.approx(0.75)
    assert metric.detail["note_accuracy_low"] < 0.75 < metric.detail["note_accuracy_high"]


def test_no_right_note_at_all_is_a_zero_and_not_a_gap(take):
    metric = pitch_accuracy(take(SEMITONES[:10] + 5), targets=list(SEMITONES[:10]))
    assert (metric.value, metric.score) == (None, 0.0)


def test_unjudged_events_are_no_error(take):
    unsure = take([57.45] * 20, kind="unsure")
    assert pitch_accuracy(take(SEMITONES) + unsure).score == 1.0


@pytest.mark.parametrize("n", [0, 1, 7])
def test_few_notes_have_no_score(take, n):
    metric = pitch_accuracy(take(SEMITONES[:n]))
    assert (metric.score, metric.detail["reason"], metric.n) == (None, "not enough notes yet", n)


def test_one_string_for_each_note(take):
    with pytest.raises(ParameterError, match="strings has 2 entries for 3 notes"):
        pitch_accuracy(take([57, 60, 62]), strings=[0, 1])
