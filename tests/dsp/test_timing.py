import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.errors import ParameterError
from dsp.timing import Click, deviations_ms, timing_stability

SEEDS = st.integers(0, 2**32 - 1)
STEP_S = 0.5
CLICK = Click(120.0, start_s=1.0)


def late_by(jitter_s, n=120, step_s=STEP_S):
    return 1.0 + step_s * np.arange(n) + np.broadcast_to(jitter_s, n)


def jitter(seed, n=120):
    return np.random.default_rng(seed).normal(size=n)


def test_a_click_track_played_20_ms_late_has_bias_20_and_no_spread(take):
    metric = timing_stability(take([60] * 64, onsets=late_by(0.020, 64)), CLICK)
    assert metric.detail["bias_ms"] == pytest.approx(20.0, abs=1e-6)
    assert metric.value == pytest.approx(0.0, abs=1e-6)
    assert metric.score == pytest.approx(1.0)
    assert (metric.detail["early"], metric.detail["late"]) == (0.0, 1.0)


def test_calibrated_latency_is_taken_off(take):
    click = Click(120.0, start_s=1.0, latency_s=0.020)
    metric = timing_stability(take([60] * 64, onsets=late_by(0.020, 64)), click)
    assert metric.detail["bias_ms"] == pytest.approx(0.0, abs=1e-6)


@given(SEEDS, st.floats(0.002, 0.02), st.floats(1.05, 3))
def test_more_jitter_scores_less_with_a_click(take, seed, jitter_s, factor):
    tight, loose = (
        timing_stability(take([60] * 120, onsets=late_by(sigma * jitter(seed))), CLICK)
        for sigma in (jitter_s, jitter_s * factor)
    )
    assert loose.value == pytest.approx(factor * tight.value)
    assert loose.score < tight.score


@given(SEEDS)
@settings(max_examples=20)
def test_more_jitter_scores_less_without_a_click(take, seed):
    scores = [
        timing_stability(take([60] * 120, onsets=late_by(share * STEP_S * jitter(seed)))).score
        for share in (0.0, 0.01, 0.025, 0.05, 0.1, 0.2)
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0.999


@pytest.mark.parametrize("share", [0.01, 0.025, 0.05, 0.1])
@pytest.mark.parametrize("seed", range(5))
def test_both_modes_agree_on_the_same_player(take, seed, share):
    notes = take([60] * 300, onsets=late_by(share * STEP_S * jitter(seed, 300), 300))
    assert timing_stability(notes).score == pytest.approx(timing_stability(notes, CLICK).score, abs=0.03)


def test_neighbouring_errors_widen_the_interval(take):
    apart = np.random.default_rng(14).normal(0, 0.012, 200)
    alone, together = (
        timing_stability(take([60] * 800, onsets=late_by(errors, 800)), CLICK)
        for errors in (np.tile(apart, 4), np.repeat(apart, 4))
    )
    assert together.value == pytest.approx(alone.value)
    assert together.high - together.low > 1.4 * (alone.high - alone.low)


def test_the_spread_estimates_the_players_jitter(take):
    metric = timing_stability(take([60] * 2000, onsets=late_by(0.012 * jitter(5, 2000), 2000)), CLICK)
    assert metric.value == pytest.approx(12.0, rel=0.05)
    assert metric.low < 12.0 < metric.high
    assert metric.high - metric.low < 2.5


@pytest.mark.parametrize(
    ("bpm", "notes_per_beat", "x50_ms"), [(60, 1, 50.0), (120, 1, 37.5), (120, 2, 18.75), (180, 4, 15.0)]
)
def test_the_anchor_follows_the_step_within_15_to_50_ms(bpm, notes_per_beat, x50_ms):
    assert Click(bpm, notes_per_beat).x50_ms == pytest.approx(x50_ms)


def test_an_unknown_click_start_leaves_the_bias_open(take):
    onsets = 0.137 + late_by(0.010 * jitter(2))
    metric = timing_stability(take([60] * 120, onsets=onsets), Click(120.0))
    known = timing_stability(take([60] * 120, onsets=onsets), Click(120.0, start_s=1.137))
    assert metric.detail["bias_ms"] is None
    assert metric.detail["bias_reason"] == "the start of the click is unknown"
    assert metric.value == pytest.approx(known.value)


def test_drift_is_the_slope_in_ms_per_minute(take):
    onsets = late_by(0.0) * 1.0005
    drift = timing_stability(take([60] * 120, onsets=onsets), CLICK).detail["drift_ms_per_min"]
    assert drift == pytest.approx(30.0, rel=0.01)


def test_half_a_step_late_is_not_torn_apart(take):
    metric = timing_stability(take([60] * 120, onsets=late_by(0.249 + 0.004 * jitter(3))), CLICK)
    assert metric.value == pytest.approx(4.0, rel=0.25)


def test_bias_is_kept_out_of_the_score(take):
    onsets = late_by(0.010 * jitter(4))
    early, late = (timing_stability(take([60] * 120, onsets=onsets + d), CLICK) for d in (-0.04, 0.04))
    assert early.score == pytest.approx(late.score)
    assert late.detail["bias_ms"] - early.detail["bias_ms"] == pytest.approx(80.0)


def test_a_free_take_shows_its_tempo_apart(take):
    metric = timing_stability(take([60] * 64, step_s=0.4))
    assert metric.unit == "step"
    assert metric.detail["beat"] == "one interval"
    assert metric.detail["tempo"]["steps_per_minute"] == pytest.approx([150.0] * 64)


def test_random_intervals_have_no_steady_beat_and_score_their_variation(take):
    intervals = np.random.default_rng(6).uniform(0.25, 0.75, 100)
    metric = timing_stability(take([60] * 100, onsets=np.cumsum(intervals)))
    assert metric.detail["beat"] == "no steady beat found"
    assert metric.value == pytest.approx(intervals[1:].std(ddof=1) / intervals[1:].mean(), rel=0.01)
    assert metric.detail["tempo"] is None
    assert metric.score < 0.1


def test_deviations_stand_beside_their_notes(take):
    notes = [*take([60] * 8, onsets=late_by(0.005, 8)), *take([60], onsets=[9.0], kind="unsure")]
    late = deviations_ms(notes, CLICK)
    assert late[:8] == pytest.approx([5.0] * 8)
    assert late[8] is None
    assert deviations_ms(notes[::-1], CLICK) == late[::-1]


def test_free_deviations_are_from_the_players_own_beat(take):
    moved = np.zeros(64)
    moved[30] = 0.030
    late = deviations_ms(take([60] * 64, onsets=late_by(moved, 64)))
    assert late[30] == pytest.approx(30.0, abs=2.0)
    assert np.abs(np.delete(late, 30)).max() < 2.0
    random = np.cumsum(np.random.default_rng(6).uniform(0.25, 0.75, 100))
    assert deviations_ms(take([60] * 100, onsets=random)) == [None] * 100


def test_notes_at_the_same_moment_count_once(take):
    onsets = np.repeat(late_by(0.0, 20), 2)
    assert timing_stability(take([60] * 40, onsets=onsets)).n == 20
    assert deviations_ms(take([60] * 40, onsets=onsets)) == pytest.approx([0.0] * 40, abs=1e-6)


@pytest.mark.parametrize("click", [None, CLICK])
@pytest.mark.parametrize("n", [0, 1, 2, 3, 7])
def test_few_notes_have_no_score(take, n, click):
    metric = timing_stability(take([60] * n), click)
    assert (metric.score, metric.detail["reason"]) == (None, "not enough notes yet")
    assert deviations_ms(take([60] * n), click) is not None


@pytest.mark.parametrize(
    ("bpm", "notes_per_beat"), [(0, 1), (1000, 1), (120, 0), (120, 64), (float("nan"), 1)]
)
def test_a_click_that_nobody_could_play_to_is_refused(bpm, notes_per_beat):
    with pytest.raises(ParameterError):
        Click(bpm, notes_per_beat)


@pytest.mark.parametrize("notes_per_beat", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("bpm", [60, 100])
def test_every_division_of_the_beat_has_its_grid(take, notes_per_beat, bpm):
    click = Click(bpm, notes_per_beat, start_s=1.0)
    sigma = 0.05 * click.step_s
    onsets = late_by(0.008 + sigma * jitter(21, 144), 144, click.step_s)
    metric = timing_stability(take([60] * 144, onsets=onsets), click)
    assert metric.value == pytest.approx(1000 * sigma, rel=0.2)
    assert metric.detail["bias_ms"] == pytest.approx(8.0, abs=300 * sigma)


@pytest.mark.parametrize("click", [CLICK, None])
@pytest.mark.parametrize("share", [0.1, 0.3])
def test_missed_notes_are_no_error_of_timing(take, click, share):
    whole = late_by(0.01 * jitter(22))
    kept = whole[np.random.default_rng(23).uniform(size=whole.size) > share]
    full, gappy = (timing_stability(take([60] * o.size, onsets=o), click) for o in (whole, kept))
    assert gappy.score == pytest.approx(full.score, abs=0.05)


@pytest.mark.parametrize("click", [CLICK, None])
def test_a_few_added_notes_spoil_little(take, click):
    whole = late_by(0.01 * jitter(24))
    added = np.sort(np.append(whole, whole[20:100:16] + np.array([0.1, 0.2, 0.3, 0.15, 0.25])))
    alone, more = (timing_stability(take([60] * o.size, onsets=o), click) for o in (whole, added))
    assert more.score == pytest.approx(alone.score, abs=0.1)


@pytest.mark.parametrize("pattern", [(1,), (2, 1, 1), (3, 1, 2, 2)])
@pytest.mark.parametrize("share", [0.02, 0.05])
def test_both_modes_agree_on_mixed_note_values(take, pattern, share):
    places = np.concatenate([[0], np.cumsum(np.resize(pattern, 239))])
    onsets = 1.0 + STEP_S * (places + share * jitter(25, 240))
    free, clicked = (timing_stability(take([60] * 240, onsets=onsets), click) for click in (None, CLICK))
    assert free.score == pytest.approx(clicked.score, abs=0.03)
