"""Scores of a whole crowd at once are those that the engine's metrics give, session by session."""

import json

import numpy as np
import polars as pl
import pytest

from dsp.events import Note
from dsp.metrics import summarize
from dsp.scales import scale_from
from dsp.summary import METRICS, Summary
from dsp.timing import Click
from workbench.demo.ensemble import Takes, play_all
from workbench.demo.players import DEMO_PLAYERS
from workbench.demo.playing import KINDS
from workbench.demo.tally import median, tally
from workbench.store.detail import detail_to_summary

PLAYER = DEMO_PLAYERS[1]
COUNTS = np.array([150, 40, 90, 8, 7, 1, 120, 64])


@pytest.fixture(scope="module")
def takes() -> Takes:
    return play_all(PLAYER, np.linspace(0.0, 1.0, COUNTS.size), COUNTS, np.random.default_rng(3))


def as_the_engine_hears(takes: Takes, row: int) -> Summary:
    """The same session through `dsp.metrics`."""
    notes = []
    for i in range(int(takes.played[row].sum())):
        judged = bool(takes.judged[row, i])
        level, quiet = float(takes.level[row, i]), float(takes.quiet_db[row, i])
        notes.append(
            Note(
                number=i,
                onset_s=float(takes.onset[row, i]),
                reported_s=float(takes.onset[row, i]),
                midi=float(takes.pitch[row, i]) if judged else None,
                confidence=float(takes.confidence[row, i]),
                level_dbfs=level,
                kind="note" if judged else KINDS[takes.kind[row, i]],
                offset_s=float(takes.onset[row, i] + takes.duration[row, i]),
                steady_midi=float(takes.pitch[row, i]) if judged else None,
                hnr_db=float(takes.hnr_db[row, i]) if judged else None,
                floor_dbfs=level - quiet - 3.0,
                rest_dbfs=level - quiet if takes.rest[row, i] else None,
                ring_over_db=-10.0 if takes.rings_on[row, i] else -35.0,
            )
        )
    chosen, kind = PLAYER.scales[takes.scale[row]]
    bpm = takes.bpm[row]
    click = None if np.isnan(bpm) else Click(float(bpm), 2, 0.0)
    return summarize(notes, scale=scale_from(chosen, kind), click=click)


def test_every_score_is_the_one_of_the_metrics(takes: Takes) -> None:
    rows = tally(takes).scores.to_dicts()
    assert len(rows) == COUNTS.size
    for index, row in enumerate(rows):
        summary = as_the_engine_hears(takes, index)
        counts = summary.counts
        assert row["total_notes_played"] == counts.played == COUNTS[index]
        assert (row["correct_notes_played"], row["bad_notes_played"], row["unjudged_notes"]) == (
            counts.right,
            counts.wrong,
            counts.unjudged,
        )
        free = np.isnan(takes.bpm[index])
        for name in METRICS:
            if name == "timing_stability" and free:
                continue  # the engine has to find the beat first
            score = summary.metrics[name].score
            assert row[name] == (None if score is None else pytest.approx(score, abs=1e-9)), (index, name)
        if not free:
            overall = summary.overall.score
            assert row["overall"] == (None if overall is None else pytest.approx(overall, abs=1e-9))


def test_both_ways_of_keeping_time_are_there(takes: Takes) -> None:
    free = np.isnan(takes.bpm)
    assert free.any()
    assert not free.all()
    stable = tally(takes).scores["timing_stability"].to_numpy()
    assert ((stable > 0.0) & (stable < 1.0))[COUNTS > 20].all()


def test_the_detail_is_a_whole_summary(takes: Takes) -> None:
    scores, details = tally(takes)
    for index, text in enumerate(details):
        summary = detail_to_summary(json.loads(text))
        engine = as_the_engine_hears(takes, index)
        assert set(summary.metrics) == set(METRICS)
        assert summary.counts == engine.counts
        assert summary.overall.score == scores["overall"][index]
        if COUNTS[index] < 20:
            continue
        for name in METRICS:
            ours, theirs = summary.metrics[name], engine.metrics[name]
            assert ours.n == theirs.n
            assert ours.unit == theirs.unit
            assert ours.low is not None
            assert ours.value is not None
            assert ours.high is not None
            assert ours.low <= ours.value <= ours.high
            assert set(ours.detail) <= set(theirs.detail) | {
                "spread_ms",
                "bias_ms",
                "early",
                "late",
                "x50_ms",
            }


def test_intervals_are_about_as_wide_as_the_engines(takes: Takes) -> None:
    detail = detail_to_summary(json.loads(tally(takes).detail[0]))
    engine = as_the_engine_hears(takes, 0)
    for name in ("pitch_accuracy", "scale_conformity"):
        ours, theirs = detail.metrics[name], engine.metrics[name]
        width = (theirs.high or 0.0) - (theirs.low or 0.0)
        assert (ours.high or 0.0) - (ours.low or 0.0) == pytest.approx(width, rel=0.5)


def test_too_few_notes_have_no_score(takes: Takes) -> None:
    scores = tally(takes).scores.filter(pl.Series(COUNTS < 8))
    assert scores.select(*METRICS, "overall").null_count().row(0) == (2,) * 5


def test_the_median_is_numpys() -> None:
    rng = np.random.default_rng(1)
    values, mask = rng.normal(size=(50, 9)), rng.random((50, 9)) < 0.5
    mask[0], mask[1] = False, True
    expected = [
        np.median(row[which]) if which.any() else np.nan for row, which in zip(values, mask, strict=True)
    ]
    np.testing.assert_allclose(median(values, mask), expected)
