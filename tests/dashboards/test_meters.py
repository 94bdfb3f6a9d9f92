"""What the meters get to see of a snapshot."""

import json

import pytest

from dashboards.parts.meters import shown
from dsp.summary import METRICS, Counts, Metric
from workbench.practice.levels import Levels
from workbench.practice.meter import Snapshot


def test_before_a_note_every_meter_says_so() -> None:
    live = shown(Snapshot(state="running", enabled_metrics=tuple(METRICS)))
    assert [meter["title"] for meter in live["meters"]] == ["Pitch", "Scale", "Timing", "Noise"]
    assert {meter["word"] for meter in live["meters"]} == {"not enough notes yet"}
    assert live["overall"] == {"score": None, "word": "not enough notes yet"}


def test_a_metric_that_is_off_says_off() -> None:
    live = shown(Snapshot(enabled_metrics=("noise_control",)))
    assert [meter["word"] for meter in live["meters"]][:3] == ["off", "off", "off"]


def test_scores_bands_and_counts() -> None:
    pitch = Metric(6.0, "cents", 4.0, 8.0, 16, 0.86)
    live = shown(
        Snapshot(metrics={"pitch_accuracy": pitch}, overall=0.82, counts=Counts(20, 18, 1, 1), t_s=61.0)
    )
    assert live["meters"][0]["score"] == 86
    assert live["meters"][0]["word"] == "good"
    assert live["overall"] == {"score": 82, "word": "good"}
    assert "played 20" in live["tally"]
    assert live["clock"] == "1:01"


@pytest.mark.parametrize(
    ("levels", "silent_s", "word"),
    [
        (Levels(-18.0, -6.0), 0.0, "-18 dB"),
        (Levels(-90.0, -90.0), 0.5, "quiet"),
        (Levels(-90.0, -90.0), 9.0, "no sound, turn up"),
        (Levels(-3.0, 0.0, clipped=True), 0.0, "too loud, turn down"),
    ],
)
def test_the_level_says_what_to_do(levels: Levels, silent_s: float, word: str) -> None:
    assert shown(Snapshot(levels=levels), silent_s)["level"]["word"] == word


def test_changes_that_nobody_sees_change_nothing() -> None:
    one = shown(Snapshot(t_s=3.01, levels=Levels(-18.01, -6.0)))
    other = shown(Snapshot(t_s=3.06, levels=Levels(-18.05, -6.0)))
    assert one == other
    assert json.loads(json.dumps(one)) == one
