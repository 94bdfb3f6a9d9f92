import numpy as np
import pytest

from dsp.evaluation.voicing import TrackPair, f0_figures

TIME = np.arange(0.0, 2.0, 0.005)
TRUE = np.where((TIME > 0.5) & (TIME < 1.5), 220.0, 0.0)


def pair(f0_hz, time=TIME):
    return TrackPair(TIME, TRUE, time, f0_hz)


def test_the_truth_itself_is_perfect():
    found = f0_figures([pair(TRUE)] * 2)
    assert (found.takes, found.voicing_recall, found.voicing_false_alarm, found.raw_pitch_accuracy) == (
        2,
        1,
        0,
        1,
    )


@pytest.mark.parametrize(("cents", "accuracy"), [(45.0, 1.0), (55.0, 0.0), (1200.0, 0.0)])
def test_pitch_counts_within_50_cents_octave_included(cents, accuracy):
    found = f0_figures([pair(TRUE * 2 ** (cents / 1200))])
    assert (found.raw_pitch_accuracy, found.voicing_recall) == (pytest.approx(accuracy), 1.0)


def test_a_track_that_never_stops_is_all_recall_and_all_false_alarm():
    found = f0_figures([pair(np.full(TIME.size, 220.0))])
    assert (found.voicing_recall, found.voicing_false_alarm) == (1.0, 1.0)


def test_a_track_that_hears_half_recalls_half():
    found = f0_figures([pair(np.where(TIME < 1.0, TRUE, 0.0))])
    assert found.voicing_recall == pytest.approx(0.5, abs=0.01)
    assert found.voicing_false_alarm == 0.0


def test_any_time_grid_will_do():
    hop = np.arange(0.003, 2.0, 256 / 44_100)
    found = f0_figures([pair(np.where((hop > 0.5) & (hop < 1.5), 220.0, 0.0), hop)])
    assert found.voicing_recall > 0.98
    assert found.raw_pitch_accuracy > 0.98
    assert found.voicing_false_alarm < 0.02


def test_takes_weigh_by_their_length():
    long = TrackPair(np.r_[TIME, 2 + TIME], np.r_[TRUE, TRUE], np.r_[TIME, 2 + TIME], np.zeros(2 * TIME.size))
    assert f0_figures([pair(TRUE), long]).voicing_recall == pytest.approx(1 / 3)


def test_without_a_true_track_there_is_no_figure():
    assert f0_figures([]) is None
