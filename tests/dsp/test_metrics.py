import json
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.errors import ParameterError
from dsp.metrics import METRICS, counts, measure, overall, summarize
from dsp.scales import parse_scale
from dsp.summary import Metric
from dsp.timing import Click

SCALE = parse_scale("A minor pentatonic")
RUN = [57, 60, 62, 64, 67, 69]
SCORES = st.one_of(st.none(), st.floats(0, 1))


def scored(score):
    return Metric(score, "score", score, score, 0 if score is None else 20, score)


def test_the_stored_overall_weighs_pitch_0_475_and_the_rest_evenly():
    whole = overall({name: scored(0.5) for name in METRICS})
    assert whole.weights == {"pitch_accuracy": 0.475, **dict.fromkeys(METRICS[1:], pytest.approx(0.175))}
    assert (whole.score, whole.left_out) == (pytest.approx(0.5), ())


def test_what_was_not_measured_drops_out_and_is_named():
    part = overall(
        {"pitch_accuracy": scored(1.0), "scale_conformity": scored(0.0), "noise_control": scored(None)}
    )
    assert part.weights == {"pitch_accuracy": 0.475, "scale_conformity": pytest.approx(0.525)}
    assert part.left_out == ("timing_stability", "noise_control")
    assert part.score == pytest.approx(0.475)


def test_nothing_measured_has_no_overall():
    assert overall({name: scored(None) for name in METRICS}).score is None


@given(st.fixed_dictionaries(dict.fromkeys(METRICS, SCORES)), st.floats(0.4, 0.55))
def test_the_overall_is_a_weighted_mean(scores, pitch_weight):
    whole = overall({name: scored(score) for name, score in scores.items()}, pitch_weight=pitch_weight)
    measured = [score for score in scores.values() if score is not None]
    assert set(whole.weights) | set(whole.left_out) == set(METRICS)
    if measured:
        assert sum(whole.weights.values()) == pytest.approx(1.0)
        assert min(measured) - 1e-9 <= whole.score <= max(measured) + 1e-9


@given(st.lists(st.sampled_from(["right", "wrong", "unsure"]), max_size=40))
def test_every_event_is_right_wrong_or_unjudged(take, verdicts):
    kinds = ["unsure" if verdict == "unsure" else "note" for verdict in verdicts]
    counted = counts(take([58 if verdict == "wrong" else 57 for verdict in verdicts], kind=kinds), SCALE)
    assert counted.played == len(verdicts) == counted.right + counted.wrong + counted.unjudged
    assert (counted.right, counted.wrong) == (verdicts.count("right"), verdicts.count("wrong"))


def test_noise_control_cannot_be_switched_off(take):
    summary = summarize(take(RUN * 4), scale=SCALE, enabled=["pitch_accuracy"])
    assert list(summary.metrics) == ["pitch_accuracy", "noise_control"]
    assert summary.overall.left_out == ("scale_conformity", "timing_stability")


def test_a_metric_that_does_not_exist_is_refused(take):
    with pytest.raises(ParameterError, match='"swing" is not a metric'):
        summarize(take(RUN), scale=SCALE, enabled=["swing"])


def test_a_perfect_take_is_perfect_throughout(take):
    notes = take(RUN * 4, rest_dbfs=-70.0, hnr_db=25.0)
    for click in (None, Click(120.0, start_s=1.0)):
        summary = summarize(notes, scale=SCALE, click=click)
        assert {name: metric.score for name, metric in summary.metrics.items()} == dict.fromkeys(
            METRICS, pytest.approx(1.0)
        )
        assert summary.overall.score == pytest.approx(1.0)
        assert summary.counts.right == 24


@pytest.mark.parametrize("n", [0, 1, 3, 7])
def test_few_notes_have_no_overall(take, n):
    summary = summarize(take((RUN * 2)[:n]), scale=SCALE)
    assert summary.overall.score is None
    assert summary.overall.left_out == METRICS
    assert {metric.detail["reason"] for metric in summary.metrics.values()} == {"not enough notes yet"}


def test_playing_more_earns_no_bonus(take):
    def player(n):
        rng = np.random.default_rng(11)
        pitches = np.resize(RUN, n) + rng.normal(0, 0.08, n)
        return take(
            pitches, onsets=1 + 0.5 * np.arange(n) + rng.normal(0, 0.02, n), rest_dbfs=-45.0, hnr_db=16.0
        )

    short, long = (summarize(player(n), scale=SCALE).overall.score for n in (400, 4000))
    assert long == pytest.approx(short, abs=0.03)


def test_intervals_narrow_with_the_notes(take):
    rng = np.random.default_rng(12)
    pitches, onsets = (
        np.resize(RUN, 2000) + rng.normal(0, 0.08, 2000),
        0.5 * np.arange(2000) + rng.normal(0, 0.02, 2000),
    )
    few, many = (summarize(take(pitches[:n], onsets=onsets[:n]), scale=SCALE).metrics for n in (50, 2000))
    for name in ("pitch_accuracy", "scale_conformity", "timing_stability"):
        assert many[name].high - many[name].low < few[name].high - few[name].low


def test_a_summary_is_plain_data_and_the_same_each_time(take):
    rng = np.random.default_rng(13)
    notes = take(np.resize(RUN, 64) + rng.normal(0, 0.1, 64), onsets=np.cumsum(rng.uniform(0.2, 0.6, 64)))
    first, second = (json.dumps(asdict(summarize(notes, scale=SCALE))) for _ in range(2))
    assert first == second


def test_live_meters_may_ask_for_fewer_notes(take):
    metrics = measure(take(RUN[:4]), scale=SCALE, minimum=3)
    assert {name for name, metric in metrics.items() if metric.score is not None} == set(METRICS)
    assert all(metric.detail["provisional"] for metric in metrics.values())
