import importlib
import json

import numpy as np
import pytest
import soundfile as sf

from dsp.synth import melody, run

RATE = 44_100


@pytest.fixture
def trackers():
    return importlib.import_module("peer_trackers")


def test_a_note_is_the_median_of_the_voiced_f0_after_its_onset(trackers):
    times = np.arange(0.0, 1.0, 0.01)
    f0 = np.where(times < 0.5, 220.0, 440.0)
    f0[[3, 60]] = np.nan
    notes = trackers.notes_at([0.0, 0.5], (times, f0, 0.02))
    assert [note.midi for note in notes] == [pytest.approx(57.0), pytest.approx(69.0)]
    assert notes[1].reported_s == pytest.approx(0.59, abs=0.011)


def test_an_onset_after_which_nothing_is_voiced_is_no_note(trackers):
    times = np.arange(0.0, 1.0, 0.01)
    assert trackers.notes_at([0.2], (times, np.full(times.size, np.nan), 0.02)) == []


def test_what_is_not_installed_is_named_with_the_way_to_get_it(trackers, monkeypatch):
    monkeypatch.setattr(trackers, "find_spec", lambda name: name == "librosa")
    assert [line.split(" ")[0] for line in trackers.missing()] == ["swift_f0", "basic_pitch"]
    assert all("pip install" in line for line in trackers.missing())
    assert [name for name, _ in trackers.installed()] == ["librosa.yin", "librosa.pyin"]


def test_trackers_are_compared_on_the_same_takes(tmp_path, trackers, monkeypatch):
    peers = importlib.import_module("peers")
    monkeypatch.setattr(trackers, "PEERS", {"librosa.yin": trackers.PEERS["librosa.yin"]})
    notes = run([57, 64, 60], step_s=0.3)
    sf.write(tmp_path / "a.flac", melody(notes, sample_rate=RATE, noise_dbfs=-65, duration_s=1.6), RATE)
    played = [{"onset_s": note.onset_s, "offset_s": note.offset_s, "midi": note.midi} for note in notes]
    truth = {"audio": "a.flac", "duration_s": 1.6, "notes": played}
    (tmp_path / "a.json").write_text(json.dumps(truth), encoding="utf-8")
    ours, causal, offline, *_ = peers.rows(peers.run_all(tmp_path / "a.json"))
    assert [row[0] for row in (ours, causal, offline)] == [
        "fretcoach",
        "librosa.yin, our onsets",
        "librosa.yin, librosa onsets",
    ]
    assert (ours[7], ours[-1]) == ("1.000", "1.0")
    assert causal[7] == "1.000"
    assert causal[8].endswith(" ms")
    assert offline[8] == "offline"
    assert all(float(row[-2]) > 0 for row in (ours, causal, offline))
