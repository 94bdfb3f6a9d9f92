"""A practice from start to stored, however it ends."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile as sf
from sqlalchemy import Engine, select

from dsp.scales import parse_scale
from workbench.audio.bundled import take_file
from workbench.audio.recording import Take
from workbench.audio.source import SourceError, SourceLost
from workbench.practice.goal import Goal
from workbench.practice.session import Practice
from workbench.store.schema import NoteRow, SessionRow

Start = Callable[..., Practice]
Eventually = Callable[[Callable[[], Any]], None]


def session_row(engine: Engine, practice: Practice) -> Any:
    with engine.connect() as connection:
        return connection.execute(
            select(SessionRow).where(SessionRow.session_id == practice.session_id)
        ).one()


def note_rows(engine: Engine, practice: Practice) -> list[Any]:
    query = select(NoteRow).where(NoteRow.session_id == practice.session_id).order_by(NoteRow.position)
    with engine.connect() as connection:
        return list(connection.execute(query))


def test_the_row_stands_from_the_start_without_an_end(
    start_practice: Start, source: Any, sqlite_engine: Engine
) -> None:
    practice = start_practice(source)
    row = session_row(sqlite_engine, practice)
    assert row.end_timestamp is None
    assert (row.user_id, row.scale_chosen, row.scale_type) == ("ada", "C Major", "natural")
    assert row.device_type == "take"


def test_a_take_to_its_end_is_stored_with_every_note(
    start_practice: Start, source: Any, sqlite_engine: Engine, tmp_path: Path
) -> None:
    practice = start_practice(source)
    source.play(4.0)
    source.finish()
    assert practice.wait(10.0)
    assert (practice.state, practice.ended_because, practice.saved) == ("ended", "The take is over.", True)
    row = session_row(sqlite_engine, practice)
    assert row.end_timestamp is not None
    assert (row.total_notes_played, row.correct_notes_played, row.bad_notes_played) == (12, 10, 2)
    assert row.scale_conformity == pytest.approx(10 / 12)
    assert row.duration_seconds == pytest.approx(4.0)
    notes = note_rows(sqlite_engine, practice)
    assert [note.midi for note in notes[:3]] == [60.0, 62.0, 64.0]
    assert [note.in_scale for note in notes] == [True] * 10 + [False] * 2
    assert not list(tmp_path.glob("journal/*"))


def test_stop_stores_what_was_heard(start_practice: Start, source: Any, eventually: Eventually) -> None:
    practice = start_practice(source)
    source.play(2.0)
    eventually(lambda: practice.snapshot().t_s == pytest.approx(2.0))
    summary = practice.stop()
    assert practice.ended_because == "Stopped."
    assert summary is not None
    assert summary.counts.played == 6
    assert practice.stop() is summary


@pytest.mark.parametrize(
    "death",
    [
        SourceLost("The sound card stopped; was it unplugged?"),
        SourceLost("The browser's microphone is gone: the page was closed."),
        SourceLost("take.wav breaks off after 2.0 s: the file was cut."),
    ],
    ids=["unplugged", "tab closed", "file cut"],
)
def test_a_source_that_dies_ends_the_session_with_what_was_heard(
    start_practice: Start, source: Any, sqlite_engine: Engine, death: SourceLost
) -> None:
    practice = start_practice(source)
    source.play(2.0)
    source.finish(death)
    assert practice.wait(10.0)
    assert practice.ending is not None
    assert (practice.ending.kind, practice.ending.message) == ("lost", str(death))
    assert practice.snapshot().message == str(death)
    assert session_row(sqlite_engine, practice).total_notes_played == 6


def test_a_fault_of_ours_still_keeps_what_was_heard(
    start_practice: Start, source: Any, sqlite_engine: Engine
) -> None:
    practice = start_practice(source)
    source.play(2.0)
    source.finish(ZeroDivisionError("a fault"))
    assert practice.wait(10.0)
    assert practice.ended_because.startswith("Listening failed because of a fault in FretCoach")
    assert session_row(sqlite_engine, practice).total_notes_played == 6


def test_a_source_that_cannot_be_opened_stores_no_session(
    start_practice: Start, tmp_path: Path, sqlite_engine: Engine
) -> None:
    with pytest.raises(SourceError, match="There is no file"):
        start_practice(Take(tmp_path / "none.wav"))
    with sqlite_engine.connect() as connection:
        assert connection.execute(select(SessionRow)).all() == []
    assert not list(tmp_path.glob("journal/*"))


def test_what_is_played_in_a_pause_is_not_judged_and_time_runs_on(
    start_practice: Start, source: Any, sqlite_engine: Engine, eventually: Eventually
) -> None:
    practice = start_practice(source)
    source.play(1.0)
    eventually(lambda: practice.snapshot().t_s == pytest.approx(1.0))
    practice.pause()
    assert practice.snapshot().state == "paused"
    source.play(1.0)
    eventually(lambda: practice.snapshot().t_s == pytest.approx(2.0))
    assert practice.snapshot().note is None
    assert practice.snapshot().levels.level_dbfs > -40.0
    practice.resume()
    source.play(2.0)
    eventually(lambda: practice.snapshot().t_s == pytest.approx(4.0))
    practice.stop()
    assert practice.end is not None
    assert practice.end.engine_settings["pauses_s"] == [[1.0, 2.0]]
    assert session_row(sqlite_engine, practice).duration_seconds == pytest.approx(3.0)


def test_a_time_limit_cuts_to_the_sample(start_practice: Start, source: Any) -> None:
    practice = start_practice(source, seconds=1.2345)
    source.play(4.0)
    assert practice.wait(10.0)
    assert practice.ended_because == "The time is up."
    assert practice.end is not None
    assert practice.end.duration_s == pytest.approx(1.2345, abs=1 / 8_000)


def test_the_live_view_follows_the_notes(start_practice: Start, source: Any, eventually: Eventually) -> None:
    practice = start_practice(source)
    source.play(0.6)
    eventually(lambda: practice.snapshot().note)
    snapshot = practice.snapshot()
    assert snapshot.note is not None
    assert (snapshot.note.name, snapshot.note.judged.verdict, snapshot.note.judged.degree) == (
        "C4",
        "right",
        1,
    )
    assert snapshot.note_delay_ms == pytest.approx(40.0)
    first, cursor = practice.events_since(0)
    assert [judged.name for judged in first] == ["C4"]
    source.play(3.4)
    eventually(lambda: practice.snapshot().t_s == pytest.approx(4.0))
    changed, end = practice.events_since(cursor)
    assert [judged.number for judged in changed] == list(range(12))
    assert changed[0].over
    assert practice.events_since(end) == ([], end)
    counts = practice.snapshot().counts
    assert (counts.played, counts.right, counts.wrong) == (12, 10, 2)


@pytest.fixture(params=["percussive", "polyphonic"])
def doubtful(request: pytest.FixtureRequest, scripted: Any, run_of_notes: Any) -> tuple[str, Any]:
    """What the engine takes its last, wrong note back for, and that engine."""
    return request.param, scripted(run_of_notes(12, wrong=1), taken_back=request.param)


def test_a_claim_that_is_taken_back_leaves_the_counts_the_scores_and_the_rows(
    start_practice: Start,
    source: Any,
    doubtful: Any,
    sqlite_engine: Engine,
    eventually: Eventually,
) -> None:
    kind, analyzer = doubtful
    practice = start_practice(source, analyzer=analyzer)
    source.play(3.3)
    eventually(lambda: practice.snapshot().counts.wrong == 1)
    _, cursor = practice.events_since(0)
    source.play(0.7)
    eventually(lambda: practice.snapshot().t_s == pytest.approx(4.0))
    snapshot = practice.snapshot()
    assert (snapshot.counts.played, snapshot.counts.wrong, snapshot.counts.unjudged) == (12, 0, 1)
    assert snapshot.metrics["scale_conformity"].score == 1.0
    assert snapshot.overall is not None
    assert snapshot.overall > 0.5
    assert snapshot.note is not None
    assert (snapshot.note.judged.verdict, snapshot.note.judged.over) == ("unsure", True)
    (judged,) = practice.events_since(cursor)[0]
    assert (judged.number, judged.verdict, judged.note.kind) == (11, "unsure", kind)
    source.finish()
    assert practice.wait(10.0)
    row = session_row(sqlite_engine, practice)
    assert (row.total_notes_played, row.correct_notes_played, row.bad_notes_played) == (12, 11, 0)
    assert row.scale_conformity == 1.0
    notes = note_rows(sqlite_engine, practice)
    assert len(notes) == 12
    assert (notes[-1].in_scale, notes[-1].articulation) == (None, kind)


def test_the_payload_is_the_one_of_the_feed(
    start_practice: Start, source: Any, eventually: Eventually
) -> None:
    practice = start_practice(source)
    source.play(3.0)
    eventually(lambda: practice.snapshot().t_s == pytest.approx(3.0))
    payload = practice.snapshot().payload()
    assert set(payload) == {
        "t_s",
        "state",
        "note",
        "level_dbfs",
        "metrics",
        "counts",
        "enabled_metrics",
        "dropped_blocks",
    }
    assert set(payload["metrics"]) == {
        "pitch_accuracy",
        "scale_conformity",
        "timing_stability",
        "noise_control",
        "overall",
    }
    assert payload["metrics"]["scale_conformity"] == 1.0
    assert payload["state"] == "running"
    assert payload["counts"] == {"played": 10, "correct": 10, "wrong": 0, "unjudged": 0}


def test_a_recording_keeps_the_time_of_the_stream(
    start_practice: Start, source: Any, eventually: Eventually, sqlite_engine: Engine
) -> None:
    practice = start_practice(source, recordings=True)
    for seconds, control in ((1.0, practice.pause), (2.0, practice.resume), (3.0, practice.stop)):
        source.play(1.0)
        eventually(lambda until=seconds: practice.snapshot().t_s == pytest.approx(until))
        control()
    path = session_row(sqlite_engine, practice).recording_path
    samples, rate = sf.read(path)
    assert (rate, len(samples)) == (8_000, 24_000)
    assert abs(samples[8_000:16_000]).max() == 0.0
    assert abs(samples[16_000:]).max() == pytest.approx(0.1, abs=1e-3)


def test_a_real_take_is_heard_by_the_real_engine(repository: Any, ada: Any, tmp_path: Path) -> None:
    goal = Goal(parse_scale("C major"))
    practice = Practice(ada, goal, Take(take_file("r_wrong_02.flac"), realtime=False), repository, tmp_path)
    practice.start()
    assert practice.wait(60.0)
    summary = practice.summary
    assert summary is not None
    assert summary.counts.wrong == 4
    assert 32 <= summary.counts.played <= 38
    assert practice.snapshot().engine["name"]
