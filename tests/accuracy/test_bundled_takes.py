"""The takes that come with the project, against what was really played in them."""

import numpy as np
import pytest

from workbench.audio.bundled import TITLES, take_file, truth
from workbench.audio.recording import load_take

LEAST_F1 = 0.97


@pytest.fixture(scope="module")
def heard(hear):
    """What the engine makes of each bundled take."""
    return {name: hear(*load_take(take_file(f"{name}.flac"))) for name in (*TITLES, "r_silence_noise")}


def claims(notes):
    return [(note.onset_s, note.midi) for note in notes if note.judged]


@pytest.mark.parametrize("name", TITLES)
def test_the_notes_are_the_ones_that_were_played(heard, match, name):
    played = [(note["onset_s"], note["midi"]) for note in truth(name)["notes"]]
    found = claims(heard[name])
    f1 = 2 * len(match(played, found)) / (len(played) + len(found))
    assert f1 >= LEAST_F1


@pytest.mark.parametrize("name", TITLES)
def test_their_pitch_is_right_to_10_cents_when_they_are_over(heard, match, name):
    played = [(note["onset_s"], note["midi"]) for note in truth(name)["notes"]]
    judged = [note for note in heard[name] if note.judged]
    pairs = match(played, claims(heard[name]))
    errors = 100 * np.array([judged[theirs].pitch - played[ours][1] for ours, theirs in pairs])
    assert np.median(np.abs(errors)) < 3.0
    assert np.percentile(np.abs(errors), 95) < 10.0


def test_no_note_is_claimed_where_none_was_played(heard):
    assert truth("r_silence_noise")["notes"] == []
    assert claims(heard["r_silence_noise"]) == []
