"""What the timing metric says of takes whose every note has a known distance from the beat.

`pytest -s` prints the table. Two sources of error meet: onsets that are heard a little early or late, and
notes that are missed or invented.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dsp.timing import Click, timing_stability

COLLECTION = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "guitar"
OVERDRIVEN = (29, 30)
"""MIDI programs whose sound swells: the truth lies 5 to 25 ms before the steepest rise."""


def spread(values):
    return 1.4826 * float(np.median(np.abs(values - np.median(values))))


@pytest.fixture(scope="module")
def rows(hear):
    """(name, overdriven, true bias, heard bias, true spread, heard spread) in ms of each uneven take."""
    if not COLLECTION.is_dir():
        pytest.skip(f"no annotated takes in {COLLECTION}")
    table = []
    for path in sorted(COLLECTION.glob("r_*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if (
            not truth["notes"]
            or not truth.get("timing", {}).get("jitter_std_ms_requested")
            or truth["tempo_drift"]
        ):
            continue
        heard = hear(*soundfile.read(path.with_suffix(".flac"), dtype="float32"))
        metric = timing_stability(heard, Click(truth["bpm"], truth["notes_per_beat"], truth["lead_in_s"]))
        late = np.array([note["dev_ms"] for note in truth["notes"]])
        swells = truth["origin"].get("program") in OVERDRIVEN
        table.append(
            (path.stem, swells, float(np.median(late)), metric.detail["bias_ms"], spread(late), metric.value)
        )
    return table


def test_the_figures(rows):
    lines = [
        f"{name:18s} bias {bias:6.1f} heard {heard:6.1f}   spread {wide:5.1f} heard {seen:5.1f}"
        f"{'   overdriven' if swells else ''}"
        for name, swells, bias, heard, wide, seen in rows
    ]
    errors = np.array(
        [[heard - bias, seen - wide] for _, swells, bias, heard, wide, seen in rows if not swells]
    )
    middle, tail = np.median(np.abs(errors), axis=0), np.percentile(np.abs(errors), 95, axis=0)
    lines.append(
        f"{len(errors)} plucked takes: error of the bias {middle[0]:.1f} ms (95 %: {tail[0]:.1f}), "
        f"of the spread {middle[1]:.1f} ms (95 %: {tail[1]:.1f})"
    )
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert len(errors) > 15
    assert (middle <= [2.0, 2.0]).all()
    assert (tail <= [6.5, 5.0]).all()


def test_no_take_is_far_off(rows):
    for name, swells, bias, heard, wide, seen in rows:
        assert abs(heard - bias) < (25.0 if swells else 12.0), name
        assert abs(seen - wide) < (18.0 if swells else 6.0), name


def test_wider_playing_is_heard_as_wider(rows):
    plucked = sorted((wide, seen) for _, swells, _, _, wide, seen in rows if not swells)
    rank = np.argsort(np.argsort([seen for _, seen in plucked]))
    assert np.corrcoef(rank, np.arange(len(plucked)))[0, 1] > 0.85
