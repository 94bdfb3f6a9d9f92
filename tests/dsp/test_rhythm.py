import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.rhythm import find_rhythm
from dsp.timing import timing_stability

# Note values in units of the grid, and how many units the shortest of them has.
PATTERNS = {
    "quarters and eighths": ([2, 1, 1, 2, 1, 1, 1, 1, 2], 1),
    "dotted quarters": ([3, 1, 2, 2], 1),
    "dotted eighths": ([3, 1], 1),
    "swing": ([2, 1], 1),
    "runs with a held note": ([1] * 7 + [4], 1),
    "triplets and eighths": ([2, 2, 2, 3, 3], 2),
    "quarters, triplets and eighths": ([6, 2, 2, 2, 3, 3, 6], 2),
    "sixteenths, triplets and eighths": ([12, 6, 6, 4, 4, 4, 3, 3, 3, 3, 9, 3], 3),
}


def played(name, n, jitter, seed, step_s=0.3):
    values, shortest = PATTERNS[name]
    places = np.concatenate([[0], np.cumsum(np.resize(values, n - 1))])
    return 1.0 + step_s * (places / shortest + np.random.default_rng(seed).normal(0, jitter, n))


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("jitter", [0.0, 0.02])
@pytest.mark.parametrize("n", [32, 100])
def test_mixed_note_values_played_steadily_score_well(take, name, jitter, n):
    metric = timing_stability(take([60] * n, onsets=played(name, n, jitter, seed=7)))
    values, shortest = PATTERNS[name]
    assert metric.score > (0.999 if jitter == 0 else 0.85)
    assert metric.detail["step_ms"] == pytest.approx(300.0, rel=0.01)
    assert set(metric.detail["ratios"]) == {value / shortest for value in values}


@pytest.mark.parametrize("name", PATTERNS)
def test_the_jitter_of_mixed_note_values_is_judged_like_that_of_even_ones(take, name):
    mixed = timing_stability(take([60] * 200, onsets=played(name, 200, 0.04, seed=8)))
    assert mixed.value == pytest.approx(0.04, rel=0.2)


def test_loose_eighths_are_not_mistaken_for_a_finer_grid(take):
    readings = [find_rhythm(np.sort(played("swing", 40, 0.10, seed))).name for seed in range(20)]
    assert readings.count("long and short notes") >= 18


@pytest.mark.parametrize("n", [32, 64, 120])
def test_random_intervals_score_near_nothing(take, n):
    scores = []
    for seed in range(100):
        onsets = np.cumsum(np.random.default_rng(seed).uniform(0.25, 0.75, n))
        scores.append(timing_stability(take([60] * n, onsets=onsets)).score)
    assert np.mean(scores) < 0.10
    assert np.percentile(scores, 95) < 0.10


@given(st.integers(0, 2**32 - 1), st.sampled_from(["exponential", "lognormal"]))
@settings(max_examples=20)
def test_other_random_intervals_score_near_nothing_either(take, seed, kind):
    rng = np.random.default_rng(seed)
    drawn = (
        0.1 + rng.exponential(0.3, 64) if kind == "exponential" else 0.4 * np.exp(0.4 * rng.normal(size=64))
    )
    # One in some hundred random takes is lucky; none may pass for steady playing.
    assert timing_stability(take([60] * 64, onsets=np.cumsum(drawn))).score < 0.6


def test_random_ratios_from_a_grid_are_a_rhythm_but_not_random_times(take):
    rng = np.random.default_rng(9)
    on_grid = 0.3 * np.cumsum(rng.integers(1, 4, 64))
    off_grid = np.cumsum(0.3 * rng.uniform(0.5, 3.5, 64))
    assert find_rhythm(on_grid).found
    assert not find_rhythm(off_grid).found


@pytest.mark.parametrize("pause_s", [3.3, 20.05])
def test_a_pause_starts_the_beat_anew(take, pause_s):
    onsets = np.concatenate([0.5 * np.arange(16) + i * (8.0 + pause_s) for i in range(4)])
    metric = timing_stability(take([60] * 64, onsets=onsets))
    assert metric.score > 0.999
    assert [(p.start, p.stop) for p in find_rhythm(onsets).phrases] == [(0, 16), (16, 32), (32, 48), (48, 64)]


def test_another_tempo_after_a_pause_is_no_error(take):
    onsets = np.concatenate([0.5 * np.arange(80), 50 + 0.3 * np.arange(80), 90 + 0.4 * np.arange(80)])
    assert timing_stability(take([60] * 240, onsets=onsets)).score > 0.99


def test_stretches_at_one_tempo_run_on_and_others_do_not():
    same, other = np.full(128, 0.5), np.repeat([0.5, 0.3], 64)
    phrases = [find_rhythm(np.append(0.0, np.cumsum(gaps))).phrases for gaps in (same, other)]
    assert [[(p.start, p.stop) for p in found] for found in phrases] == [[(0, 129)], [(0, 65), (64, 129)]]


@given(st.lists(st.floats(0.02, 8.0), min_size=1, max_size=200))
@settings(max_examples=60)
def test_every_note_lies_in_a_phrase_and_places_never_go_back(intervals):
    onsets = np.concatenate([[0.0], np.cumsum(intervals)])
    phrases = find_rhythm(onsets).phrases
    assert {i for phrase in phrases for i in range(phrase.start, phrase.stop)} >= set(
        range(onsets.size)
    ) - _alone(intervals)
    for phrase in phrases:
        assert phrase.positions.size == phrase.stop - phrase.start
        assert (np.diff(phrase.positions) >= 0).all()


def _alone(intervals):
    """Notes with a pause on both sides may stand outside every phrase."""
    paused = np.array(intervals) > 4.5 * np.median(intervals)
    return set(np.flatnonzero(np.append(paused, True) & np.insert(paused, 0, True)).tolist())


def test_the_same_notes_give_the_same_rhythm():
    onsets = np.cumsum(np.random.default_rng(10).uniform(0.25, 0.75, 60))
    one, other = find_rhythm(onsets), find_rhythm(onsets)
    assert one.name == other.name
    assert [p.positions.tolist() for p in one.phrases] == [p.positions.tolist() for p in other.phrases]
