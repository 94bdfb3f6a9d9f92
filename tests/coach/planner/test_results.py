"""What sessions measured, from the store's own frames."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from sqlalchemy import Engine

from coach.planner.results import Result, results
from coach.planner.target import Target
from dsp.anchors import MIN_NOTES
from workbench.archive import Archive
from workbench.insight.scope import scope_of
from workbench.store.repository import Repository
from workbench.user import User

Practised = Callable[[str, int], list[Any]]
Frames = tuple[pl.DataFrame, pl.DataFrame]


@pytest.fixture
def frames(sqlite_engine: Engine, practised: Practised) -> Frames:
    """Sessions and notes of two weeks of somebody who practised."""
    Repository(sqlite_engine).add_finished(practised("demo-ada", 2))
    archive = Archive(User("demo-ada"), sqlite_engine)
    sessions = archive.sessions()
    return sessions, archive.played(scope_of(sessions))


def of(found: list[Result], keep: Callable[[Target], bool]) -> list[Result]:
    return [result for result in found if keep(result.target)]


def test_each_score_is_the_sessions(frames: Frames) -> None:
    sessions, played = frames
    found = results(sessions, played)
    assert [result.at for result in found] == sorted(result.at for result in found)
    for row in sessions.iter_rows(named=True):
        scale = (row["scale_chosen"], row["scale_type"])
        here = {result.target: result for result in found if result.at == row["start_timestamp"]}
        notes = here[Target("notes", *scale)]
        assert notes.score == row["scale_conformity"]
        assert notes.notes == row["correct_notes_played"] + row["bad_notes_played"]
        assert here[Target("intonation", *scale)].score == row["pitch_accuracy"]
        assert here[Target("clean", *scale)].score == row["noise_control"]
        tempi = [result for target, result in here.items() if target.kind == "tempo"]
        assert len(tempi) == (row["bpm"] is not None)
        for tempo in tempi:
            assert tempo.score == row["timing_stability"]
            assert abs((tempo.target.bpm or 0) - row["bpm"]) <= 2.5
            assert tempo.target.notes_per_beat == 2, "the demo plays quavers"


def test_a_degree_is_the_share_of_its_notes_without_a_fault(frames: Frames) -> None:
    sessions, played = frames
    one = sessions.filter(scale_chosen="A Minor").row(0, named=True)
    notes = played.filter(session_id=one["session_id"])
    flawless = notes.with_columns(cents=0.0, midi=pl.col("midi").round())
    found = of(results(sessions, flawless), lambda target: target.degree == 1)
    assert len(found) == 1
    tonics = flawless.filter("in_scale", pl.col("midi").cast(pl.Int64) % 12 == 9).height
    assert tonics <= found[0].notes, "the wrong notes that were probably meant as this one count too"
    assert found[0].score == pytest.approx(tonics / found[0].notes)
    for cents in (30.0, -30.0):
        off = flawless.with_columns(cents=pl.when("in_scale").then(cents), midi=pl.col("midi") + cents / 100)
        degrees = of(results(sessions, off), lambda target: target.kind == "degree")
        assert {each.score for each in degrees} == {0.0}


def test_a_degree_of_few_notes_has_no_result(frames: Frames) -> None:
    sessions, played = frames
    few = played.group_by("session_id", maintain_order=True).head(30)
    counts = [each.notes for each in of(results(sessions, few), lambda target: target.kind == "degree")]
    assert counts
    assert min(counts) >= MIN_NOTES


def test_what_was_not_measured_has_no_result(frames: Frames) -> None:
    sessions, played = frames
    silent = sessions.with_columns(timing_stability=None, correct_notes_played=5, bad_notes_played=2)
    assert of(results(silent, played), lambda target: target.kind != "degree") == []
    assert of(results(sessions, played.clear()), lambda target: target.kind in {"degree", "tempo"}) == []
    assert results(sessions.clear(), played.clear()) == []


def test_a_scale_that_nobody_knows_and_a_session_that_runs_are_left_out(frames: Frames) -> None:
    sessions, played = frames
    unknown = sessions.with_columns(scale_chosen=pl.lit("H Mol"))
    assert results(unknown, played.with_columns(scale_chosen=pl.lit("H Mol"))) == []
    assert results(sessions.with_columns(end_timestamp=None), played) == []
