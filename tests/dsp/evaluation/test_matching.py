import sys

import mir_eval as field
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.convert import midi_to_hz
from dsp.evaluation.annotation import TrueNote
from dsp.evaluation.matching import MissingPackageError, compare, right_pairs, rightness
from dsp.events import Note

PLAYED = [(0.5, 57.0), (1.0, 60.0), (1.5, 64.0)]


def test_every_note_claimed_as_played_is_right(outcome, heard):
    found = outcome(PLAYED, [heard(*note) for note in PLAYED])
    assert found.pairs == ((0, 0), (1, 1), (2, 2))
    assert (found.missed, found.invented, found.errors, found.onsets_right) == ((), (), 0, 3)


@pytest.mark.parametrize(
    ("late_s", "sharp", "right"),
    [(0.049, 0.0, True), (-0.049, 0.0, True), (0.051, 0.0, False), (0.0, 0.49, True), (0.0, 0.51, False)],
)
def test_right_is_within_50_ms_and_50_cents(outcome, heard, late_s, sharp, right):
    found = outcome([(1.0, 60.0)], [heard(1.0 + late_s, 60.0 + sharp)])
    assert len(found.pairs) == right
    assert (len(found.missed), len(found.invented)) == (1 - right, 1 - right)


def test_a_note_pays_for_one_claim_only(outcome, heard):
    found = outcome([(1.0, 60.0)], [heard(0.99, 60.0), heard(1.02, 60.0)])
    assert (len(found.pairs), len(found.invented), found.errors) == (1, 1, 1)


def test_a_wrong_pitch_at_the_right_time_has_a_right_onset(outcome, heard):
    found = outcome([(1.0, 60.0)], [heard(1.0, 63.0)])
    assert (found.onsets_right, len(found.pairs), found.octave_errors) == (1, 0, 0)


@pytest.mark.parametrize("octaves", [-2, -1, 1, 2])
def test_an_octave_slip_is_told_from_other_errors(outcome, heard, octaves):
    found = outcome([(1.0, 60.0), (2.0, 62.0)], [heard(1.0, 60.0 + 12 * octaves), heard(2.0, 65.0)])
    assert (found.errors, found.octave_errors) == (4, 1)


def test_an_octave_of_a_note_that_was_found_is_no_octave_error(outcome, heard):
    assert outcome([(1.0, 60.0)], [heard(1.0, 60.0), heard(1.01, 72.0)]).octave_errors == 0


def test_events_that_are_no_claim_are_neither_right_nor_invented(outcome, heard):
    found = outcome(PLAYED, [heard(0.5, 57.0, kind="unsure"), heard(1.0, None, kind="percussive")])
    assert (found.claims, found.pairs, len(found.missed)) == ((), (), 3)
    assert len(found.notes) == 2


def test_events_that_were_not_sure_enough_can_come_true(played, heard):
    events = [heard(0.5, 57.0, kind="unsure", confidence=0.3), heard(1.0, None, kind="percussive")]
    events += [heard(1.5, 57.0, kind="polyphonic"), heard(1.8, 57.0, kind="unsure"), heard(2.0, 60.0)]
    pitched, right = rightness([played(0.5, 57.0)], events)
    assert [note.onset_s for note in pitched] == [0.5, 2.0]
    assert right.tolist() == [True, False]


SECONDS, PITCH = st.integers(0, 40).map(lambda step: step / 20), st.integers(57, 60).map(float)


@given(st.lists(st.tuples(SECONDS, PITCH), max_size=6), st.lists(st.tuples(SECONDS, PITCH), max_size=6))
def test_counts_give_the_scores_of_mir_eval(notes, claims):
    truth = [TrueNote(onset, onset + 0.2, midi) for onset, midi in notes]
    said = [Note(0, onset, onset, midi, 0.9, -20.0) for onset, midi in claims]
    right = len(right_pairs(truth, said))
    if not truth or not said:
        assert right == 0
        return
    spans, pitches = zip(
        *((_spans(side), midi_to_hz([p for _, p in side])) for side in (notes, claims)), strict=True
    )
    precision, recall, f1, _ = field.transcription.precision_recall_f1_overlap(
        spans[0], pitches[0], spans[1], pitches[1], offset_ratio=None
    )
    assert (right / len(said), right / len(truth)) == pytest.approx((precision, recall))
    assert 2 * right / (len(said) + len(truth)) == pytest.approx(f1)


def _spans(side):
    onsets = np.array([onset for onset, _ in side])
    return np.column_stack([onsets, onsets + 0.2])


def test_without_mir_eval_a_sentence_says_how_to_get_it(monkeypatch, annotation, played, heard):
    monkeypatch.setitem(sys.modules, "mir_eval.transcription", None)
    with pytest.raises(MissingPackageError, match=r"needs mir_eval, .*: pip install mir-eval$"):
        compare("take", annotation(played(1.0, 60.0)), [heard(1.0, 60.0)])
