import numpy as np
import polars as pl
import pytest

from workbench.scoring import frames


def test_right_notes_of_monophonic_takes_with_their_errors(scored):
    notes = frames.right_notes(scored)
    assert dict(notes.schema) == dict(frames.NOTES_SCHEMA)
    assert (notes.height, set(notes["take"])) == (8, {"good", "short"})
    assert notes["latency_ms"].min() > 0
    assert notes["cents"].abs().max() < 50
    medians = notes.group_by("take").agg(pl.col("onset_within_take_ms").median())
    assert medians["onset_within_take_ms"].to_list() == [pytest.approx(0.0, abs=1e-9)] * 2


def test_groups_carry_every_figure(scored):
    groups = frames.groups(scored)
    assert groups["group"].to_list() == ["expressive", "other", "polyphonic", "all"]
    assert groups.filter(group="all")["played"].item() == 9
    assert groups.schema["f1_low"] == pl.Float64


def test_bins_and_curve_of_the_confidence(scored):
    found = scored.report.calibration
    assert frames.bins(found)["n"].sum() == found.n
    assert frames.risks(found)["coverage"][-1] == 1.0


def test_a_roll_holds_what_was_played_and_what_was_heard(scored):
    (short,) = scored.report.worst
    things = frames.roll(short)
    assert dict(things.schema) == dict(frames.ROLL_SCHEMA)
    counts = dict(things.group_by("what").len().iter_rows())
    assert (counts["played"], counts["missed"], counts["right"]) == (4, 1, 4)
    missed = things.filter(what="missed").row(0, named=True)
    assert (missed["name"], missed["words"]) == ("D3", "hammer")


def test_a_track_is_where_f0_was_voiced(scored):
    track = frames.track(scored.heard[0])
    assert 0 < track.height < scored.heard[0].f0.time_s.size
    assert np.isfinite(track["midi"].to_numpy()).all()
