import numpy as np
import pytest

from dsp.evaluation.figures import figures, onsets_within_takes_ms

PLAYED = [(0.5 * number, 40.0 + 3 * number) for number in range(1, 9)]


def test_flawless_takes(outcome, heard):
    found = figures([outcome(PLAYED, [heard(*note) for note in PLAYED])] * 3)
    assert (found.takes, found.played, found.claimed, found.right) == (3, 24, 24, 24)
    assert (found.precision, found.recall, found.f1, found.onset_f1) == (1.0, 1.0, 1.0, 1.0)
    assert (found.f1_low, found.f1_high) == (1.0, 1.0)
    assert (found.octave_errors, found.missed, found.invented) == (0, 0, 0)


def test_counts_are_pooled_over_takes(outcome, heard):
    half = outcome(PLAYED, [heard(*note) for note in PLAYED[:4]])
    extra = outcome(PLAYED[:1], [heard(*PLAYED[0]), heard(3.0, 80.0), heard(3.5, 80.0)])
    found = figures([half, extra])
    assert (found.precision, found.recall) == (pytest.approx(5 / 7), pytest.approx(5 / 9))
    assert found.f1 == pytest.approx(10 / 16)
    assert found.f1_low < found.f1 < found.f1_high


def test_one_take_has_no_interval_and_few_takes_a_wide_one(outcome, heard):
    good, bad = (outcome(PLAYED, [heard(*note) for note in PLAYED[:count]]) for count in (8, 2))
    assert (figures([good]).f1_low, figures([good]).f1_high) == (None, None)
    few, many = figures([good, bad]), figures([good, bad] * 20)
    assert few.f1 == pytest.approx(many.f1)
    assert few.f1_high - few.f1_low > many.f1_high - many.f1_low > 0


def test_latency_runs_from_the_true_onset_to_the_report(outcome, heard):
    claims = [
        heard(onset + 0.01, midi, reported_s=onset + 0.02 * number)
        for number, (onset, midi) in enumerate(PLAYED, 1)
    ]
    found = figures([outcome(PLAYED, claims)])
    assert found.latency_ms == pytest.approx(90.0)
    assert found.latency_p95_ms == pytest.approx(153.0)
    assert found.low_latency_ms == pytest.approx(20.0), "only the first note lies below A2"


def test_a_second_pass_has_no_latency(outcome, heard):
    found = figures([outcome(PLAYED, [heard(*note) for note in PLAYED])], live=False)
    assert (found.latency_ms, found.latency_p95_ms, found.low_latency_ms) == (None, None, None)
    assert found.cents == pytest.approx(0.0)


def test_onset_spread_is_within_takes_and_their_offset_is_not_in_it(outcome, heard):
    jitter_ms = np.array([-3.0, -2.0, -1.0, 0.0, 0.0, 1.0, 2.0, 3.0])
    takes = [
        outcome(
            PLAYED,
            [
                heard(onset + (late + ms) / 1000, midi)
                for (onset, midi), ms in zip(PLAYED, jitter_ms, strict=True)
            ],
        )
        for late in (-20.0, 5.0, 20.0)
    ]
    found = figures(takes)
    assert found.onset_offset_ms == pytest.approx(5.0)
    assert found.onset_spread_ms == pytest.approx(1.4826 * 1.5)
    assert figures(takes[:1]).onset_spread_ms == pytest.approx(found.onset_spread_ms)


def test_takes_of_one_note_say_nothing_about_spread(outcome, heard):
    alone = outcome(PLAYED[:1], [heard(*PLAYED[0])])
    assert figures([alone] * 9).onset_spread_ms is None
    assert onsets_within_takes_ms([alone] * 9).size == 0


def test_cents_are_those_of_right_notes(outcome, heard):
    claims = [
        heard(onset, midi + sign * 0.1) for (onset, midi), sign in zip(PLAYED[:-1], (1, -1) * 4, strict=False)
    ]
    found = figures([outcome(PLAYED, [*claims, heard(PLAYED[-1][0], 90.0)])])
    assert (found.cents, found.cents_p95) == (pytest.approx(10.0), pytest.approx(10.0))
    assert (found.missed, found.invented) == (1, 1)


def test_where_nothing_was_played_only_inventions_count(outcome, heard):
    assert figures([outcome([], [])]).f1 is None
    invented = figures([outcome([], [heard(1.0, 60.0)])] * 2)
    assert (invented.f1, invented.precision, invented.recall, invented.invented) == (0.0, 0.0, None, 2)


def test_no_takes_at_all():
    nothing = figures([])
    assert (nothing.takes, nothing.f1, nothing.latency_ms, nothing.onset_offset_ms) == (0, None, None, None)
