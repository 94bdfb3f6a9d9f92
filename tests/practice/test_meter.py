"""The snapshot and its message for the feed."""

import json

import numpy as np
import pytest

from dsp.events import Note
from dsp.summary import Counts, Metric
from workbench.practice.judged import JudgedNote
from workbench.practice.levels import Levels
from workbench.practice.meter import Meter, NoteNow, Snapshot

NOTE = NoteNow(
    "A3",
    57.04,
    4.0,
    0.9,
    JudgedNote(Note(0, 1.0, 1.04, 57.04, 0.9, -20.0), "right", True, 1, None, 4.0, "A3", False),
)


def test_the_feed_gets_plain_json_whatever_numbers_come_in() -> None:
    snapshot = Snapshot(
        t_s=1.5,
        state="running",
        note=NOTE,
        levels=Levels(float(np.float64(-20.0)), -10.0),
        metrics={"pitch_accuracy": Metric(6.0, "cents", 5.0, 7.0, 64, float(np.float64(0.86)))},
        overall=0.82,
        counts=Counts(66, 62, 2, 2),
        enabled_metrics=("noise_control", "pitch_accuracy"),
        dropped_blocks=3,
    )
    assert json.loads(json.dumps(snapshot.payload(), allow_nan=False)) == {
        "t_s": 1.5,
        "state": "running",
        "note": {"name": "A3", "midi": 57.04, "cents": 4.0, "confidence": 0.9},
        "level_dbfs": -20.0,
        "metrics": {
            "pitch_accuracy": 0.86,
            "scale_conformity": None,
            "timing_stability": None,
            "noise_control": None,
            "overall": 0.82,
        },
        "counts": {"played": 66, "correct": 62, "wrong": 2, "unjudged": 2},
        "enabled_metrics": ["noise_control", "pitch_accuracy"],
        "dropped_blocks": 3,
    }


@pytest.mark.parametrize(
    ("state", "told"), [("idle", "idle"), ("running", "running"), ("paused", "paused"), ("ended", "idle")]
)
def test_the_feed_knows_three_states(state: str, told: str) -> None:
    payload = Snapshot(state=state).payload()  # type: ignore[arg-type]
    assert (payload["state"], payload["note"]) == (told, None)


def test_only_the_newest_snapshot_is_kept() -> None:
    meter = Meter()
    assert meter.latest.state == "idle"
    meter.publish(Snapshot(t_s=1.0))
    meter.publish(Snapshot(t_s=2.0))
    assert meter.latest.t_s == 2.0
