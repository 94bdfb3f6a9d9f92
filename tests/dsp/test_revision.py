"""Claims looked at again: mended, taken back, found in company."""

from dataclasses import replace

import numpy as np
import pytest

from dsp.attack import Hop
from dsp.convert import midi_to_hz
from dsp.events import Note
from dsp.pitch import Pitch, PitchEstimator
from dsp.revision import Revision, take_back
from dsp.salience import Candidate, OnsetPitch
from dsp.sounding import Sounding
from dsp.synth import pluck

RATE, LONGEST, ONSET = 44_100, 1536, 4410
CLAIM = Note(3, 0.1, 0.13, 43.0, 0.9, -15.0)


@pytest.fixture(scope="module")
def revision():
    return Revision(RATE, 440.0, OnsetPitch(PitchEstimator(RATE, 65.0, 1400.0), LONGEST))


def sounding(**changes):
    return Sounding(replace(CLAIM, **changes), ONSET, np.zeros(LONGEST, np.float32), None)


def hop_at(seconds, sound=None):
    """The hop that ends so long after the onset, in a take of silence and then `sound`."""
    size = round(seconds * RATE)
    played = np.zeros(size, np.float32) if sound is None else sound[:size]
    window = np.concatenate([np.zeros(ONSET, np.float32), played])
    return Hop(ONSET + size, window, False, -20.0, -80.0)


def ranked(*pairs):
    return [Candidate(Pitch(float(midi_to_hz(midi)), 0.95), score) for midi, score in pairs]


def mended(revision, hops):
    """The events of hops that each prefer a pitch by some score over the claim."""
    note = sounding()
    events = []
    for count, (midi, lead) in enumerate(hops):
        hop = hop_at(0.03 + 0.006 * count)
        note.follow(hop.end, midi, Pitch(float(midi_to_hz(midi)), 0.95))
        events += revision.mend(note, hop, ranked((midi, 1.0 + lead), (43.0, 1.0)))
    return note, events


def test_three_hops_that_clearly_prefer_another_pitch_mend_the_claim(revision):
    note, events = mended(revision, [(55.0, 0.5), (55.1, 0.5), (55.0, 0.5)])
    (event,) = events
    assert (event.kind, event.note.number, event.note.midi) == ("revise", 3, 55.0)
    assert event.note.revised
    assert event.note.reported_s > CLAIM.reported_s
    assert note.note is event.note


@pytest.mark.parametrize(
    "hops",
    [
        [(55.0, 0.5), (55.0, 0.5)],
        [(55.0, 0.5), (55.0, 0.05), (55.0, 0.5)],
        [(55.0, 0.5), (58.0, 0.5), (55.0, 0.5)],
        [(55.0, 0.5), (43.1, 0.5), (55.0, 0.5)],
    ],
    ids=["too few", "not clearly", "not of one mind", "the claim again"],
)
def test_anything_less_leaves_it(revision, hops):
    note, events = mended(revision, hops)
    assert events == []
    assert note.note == CLAIM


def test_what_is_taken_back_keeps_its_number_and_is_judged_no_more():
    note = sounding()
    event = take_back(note, hop_at(0.1), RATE)
    assert (event.kind, event.note.number, event.note.kind) == ("revise", 3, "percussive")
    assert event.note.revised
    assert not event.note.judged
    assert event.note.reported_s == pytest.approx(0.2)
    assert note.note is event.note


def look(revision, note, sound, level_dbfs=-16.0):
    """What is found in the hops up to 0.12 s after the onset."""
    events = []
    for count in range(20):
        events += revision.look_again(note, hop_at(0.006 * (count + 1), sound), level_dbfs)
    return events


def thump():
    time = np.arange(RATE // 5) / RATE
    parts = ((98.0, 1.0, 0.03), (203.0, 0.7, 0.02), (397.0, 0.3, 0.012))
    sound = sum(height * np.exp(-time / tau) * np.sin(2 * np.pi * hz * time) for hz, height, tau in parts)
    return (0.2 * sound).astype(np.float32)


def test_a_string_stays_a_note(revision):
    note = sounding()
    assert look(revision, note, pluck(43, 0.2, sample_rate=RATE)) == []
    assert note.note == CLAIM
    assert not note.unproven


def test_a_thump_is_taken_back_once(revision):
    (event,) = look(revision, sounding(), thump(), level_dbfs=-35.0)
    assert (event.kind, event.note.kind) == ("revise", "percussive")
    assert event.note.reported_s - CLAIM.onset_s >= 0.1


@pytest.mark.parametrize("changes", [{"articulation": "hammer"}, {"kind": "unsure"}])
def test_only_picked_claims_are_doubted(revision, changes):
    assert look(revision, sounding(**changes), thump(), level_dbfs=-35.0) == []


def test_the_note_before_is_measured_once_if_it_was_left_to_ring(revision):
    new, old = pluck(64, 0.4, sample_rate=RATE), pluck(57, 0.4, sample_rate=RATE)
    note = sounding(midi=64.0)
    note.previous_hz = float(midi_to_hz(57))
    revision.look_again(note, hop_at(0.07, new + old), -16.0)
    assert note.note.ring_over_db is None
    revision.look_again(note, hop_at(0.085, new + old), -16.0)
    assert note.previous_hz is None
    assert note.note.ring_over_db is not None
    assert note.note.ring_over_db > -20.0


def test_a_note_before_that_was_damped_says_nothing(revision):
    note = sounding(midi=64.0)
    note.previous_hz = float(midi_to_hz(57))
    revision.look_again(note, hop_at(0.085, pluck(64, 0.4, sample_rate=RATE)), -16.0)
    assert note.note.ring_over_db is None


def test_two_strings_are_found_in_company(revision):
    sound = 0.5 * (pluck(43, 0.4, sample_rate=RATE) + pluck(52, 0.4, sample_rate=RATE))
    events = look(revision, sounding(), sound)
    assert [event.note.kind for event in events] == ["polyphonic"]
    assert events[0].note.number == 3
