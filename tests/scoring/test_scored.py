import json

import pytest

from workbench.scoring.hearing import Failure
from workbench.scoring.scored import score

KEYS = ["folder", "engine", "groups", "calibration", "f0", "polyphonic", "cost", "worst", "failed"]


def test_takes_are_measured_in_groups(scored):
    groups = scored.report.groups
    assert (groups["all"].played, groups["all"].right, groups["all"].missed) == (9, 8, 1)
    assert groups["all"].invented == 0
    assert scored.report.polyphonic.takes == 1
    assert [outcome.name for outcome in scored.report.worst] == ["short"]
    assert scored.cost.audio_s == pytest.approx(6.0)


def test_the_f0_is_measured_where_its_truth_is_known(scored):
    assert scored.report.f0.takes == 1
    assert scored.report.f0.raw_pitch_accuracy > 0.8


def test_as_json_it_holds_plain_values_only(scored, tmp_path):
    failure = Failure(tmp_path / "x.json", "It broke.")
    told = json.loads(json.dumps(scored.to_json(tmp_path, [failure])))
    assert list(told) == KEYS
    assert told["groups"]["all"]["right"] == 8
    assert told["engine"]["name"] == "fretcoach"
    assert told["failed"] == [{"file": str(tmp_path / "x.json"), "error": "It broke."}]
    (worst,) = told["worst"]
    assert (worst["take"], worst["group"], worst["played"], worst["invented"]) == (
        "short",
        "expressive",
        5,
        [],
    )
    assert [note["midi"] for note in worst["missed"]] == [50.0]


def test_nothing_heard_is_measured_too(tmp_path):
    told = score([]).to_json(tmp_path)
    assert (told["engine"], told["calibration"], told["f0"], told["worst"]) == (None, None, None, [])
