"""The faults of noise are where `dsp.noise` looks for them."""

import numpy as np
import pytest

from coach.evals.planted.noise import Knocks, NoisyRests, RingingOn
from coach.evals.player import SyntheticPlayer, practise
from dsp.noise import noise_control


def _noise(*faults):
    played = practise(SyntheticPlayer("one", faults, sessions=1, notes=300))[0]
    return played, noise_control(played.notes)


def test_strings_ring_on_as_often_as_was_planted():
    _, metric = _noise(RingingOn(0.4))
    assert metric.detail["ring_overs"] / metric.n == pytest.approx(0.4, abs=0.07)


def test_knocks_are_events_without_a_note_in_order_of_time():
    clean, spoiled = _noise()[0], _noise(Knocks(0.35))[0]
    added = len(spoiled.notes) - len(clean.notes)
    assert added / len(clean.notes) == pytest.approx(0.35, abs=0.07)
    assert [note.number for note in spoiled.notes] == list(range(len(spoiled.notes)))
    assert min(np.diff([note.onset_s for note in spoiled.notes])) > 0.0


def test_noisy_rests_lower_floor_and_sustain_by_what_was_planted():
    (_, clean), (_, noisy) = _noise(), _noise(NoisyRests(20.0))
    assert clean.detail["rest_floor_db"] - noisy.detail["rest_floor_db"] == pytest.approx(20.0, abs=0.01)
    assert clean.detail["hnr_db"] - noisy.detail["hnr_db"] == pytest.approx(10.0, abs=0.01)
