from difflib import SequenceMatcher

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.conformity import scale_conformity
from dsp.scales import SCALE_KINDS, TONICS, parse_scale

A_MINOR = parse_scale("A minor")
RUN = [57, 59, 60, 62, 64, 65, 67, 69]


@given(st.sampled_from(TONICS), st.sampled_from(SCALE_KINDS), st.integers(1, 3))
def test_a_scale_up_and_down_scores_one(take, tonic, kind, octaves):
    scale = parse_scale(f"{tonic} {kind}")
    up = [40 + semitone for semitone in range(12 * octaves + 1) if scale.contains(40 + semitone)]
    metric = scale_conformity(take(up + up[::-1] + up), scale)
    assert metric.score >= 0.99
    assert metric.detail["coverage"] == 1.0


@given(st.sets(st.integers(0, 63), max_size=60), st.integers(0, 63))
def test_each_wrong_note_costs(take, wrong, one_more):
    def conformity(places):
        played = [58 if i in places else midi for i, midi in enumerate(np.resize(RUN, 64))]
        return scale_conformity(take(played), A_MINOR)

    before, after = conformity(wrong), conformity(wrong | {one_more})
    assert before.score == pytest.approx(1 - len(wrong) / 64)
    assert (after.score < before.score) is (one_more not in wrong)
    assert before.detail["wrong"] == len(wrong)
    assert before.low <= before.value <= before.high


def test_evenness_stands_beside_the_score_and_not_in_it(take):
    one_note, all_notes = (
        scale_conformity(take([57] * 21), A_MINOR),
        scale_conformity(take(RUN[:7] * 3), A_MINOR),
    )
    assert one_note.score == all_notes.score == 1.0
    assert (one_note.detail["evenness"], one_note.detail["coverage"]) == (0.0, pytest.approx(1 / 7))
    assert all_notes.detail["evenness"] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("next_midi", "gap_s", "forgiven"), [(59, 0.2, 1), (59, 0.5, 0), (60, 0.2, 0), (57, 0.2, 1), (58, 0.2, 0)]
)
def test_a_short_passing_note_that_resolves_by_a_semitone_is_forgiven(take, next_midi, gap_s, forgiven):
    onsets = [0.0, 1.0, 1.0 + gap_s, 3.0]
    metric = scale_conformity(take([57, 58, next_midi, 57], onsets=onsets), A_MINOR, passing_s=0.25)
    assert metric.detail["forgiven"] == forgiven
    assert scale_conformity(take([57, 58, next_midi, 57], onsets=onsets), A_MINOR).detail["forgiven"] == 0


@pytest.mark.parametrize(
    ("played", "precision", "recall"),
    [
        (RUN, 1.0, 1.0),
        ([*RUN[:4], 63, *RUN[4:]], 8 / 9, 1.0),  # one added
        (RUN[:3] + RUN[4:], 1.0, 7 / 8),  # one missing
        ([*RUN[:7], 57], 7 / 8, 7 / 8),  # one wrong octave
    ],
)
def test_a_pattern_counts_added_missing_and_wrong_notes(take, played, precision, recall):
    metric = scale_conformity(take(played), A_MINOR, pattern=RUN, minimum=3)
    assert metric.detail["precision"] == pytest.approx(precision)
    assert metric.detail["recall"] == pytest.approx(recall)
    assert metric.score == pytest.approx(2 * precision * recall / (precision + recall))


@given(
    st.lists(st.integers(57, 62), min_size=1, max_size=12),
    st.lists(st.integers(57, 62), min_size=1, max_size=12),
)
def test_the_alignment_is_the_longest_common_subsequence(take, played, pattern):
    lengths = np.zeros((len(played) + 1, len(pattern) + 1), dtype=int)
    for i, one in enumerate(played):
        for j, other in enumerate(pattern):
            either = max(lengths[i, j + 1], lengths[i + 1, j])
            lengths[i + 1, j + 1] = lengths[i, j] + 1 if one == other else either
    matches = scale_conformity(take(played), A_MINOR, pattern=pattern).detail["recall"] * len(pattern)
    assert matches == pytest.approx(lengths[-1, -1])
    assert matches >= sum(b.size for b in SequenceMatcher(None, played, pattern).get_matching_blocks()) - 1e-9


def test_unjudged_events_are_no_error(take):
    assert scale_conformity(take(RUN) + take([58] * 10, kind="unsure"), A_MINOR).score == 1.0


@pytest.mark.parametrize("n", [0, 7])
def test_few_notes_have_no_score(take, n):
    metric = scale_conformity(take(RUN[:n]), A_MINOR)
    assert (metric.score, metric.detail["reason"]) == (None, "not enough notes yet")
