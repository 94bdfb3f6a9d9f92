"""Every field of a record has a column, and every column is a table's."""

from collections.abc import Callable
from dataclasses import fields

from workbench.store import rows
from workbench.store.records import SessionEnd, SessionStart, StoredNote
from workbench.store.schema import AnalysisRow, NoteRow, SessionRow

Finish = Callable[[SessionStart], SessionEnd]


def test_columns_exist(start: SessionStart, finish: Finish) -> None:
    end = finish(start)
    session = {**rows.session_row(start), **rows.ending_columns(end), **rows.summary_columns(end.analysis)}
    assert set(session) <= set(SessionRow.__table__.columns.keys())
    assert set(rows.analysis_columns(end.analysis)) <= set(AnalysisRow.__table__.columns.keys())
    assert set(rows.note_columns(end.notes[0])) <= set(NoteRow.__table__.columns.keys())


def test_only_the_stores_own_columns_are_left_to_it(start: SessionStart, finish: Finish) -> None:
    end = finish(start)
    session = {**rows.session_row(start), **rows.ending_columns(end), **rows.summary_columns(end.analysis)}
    assert set(SessionRow.__table__.columns.keys()) - set(session) == {
        "current_analysis_id", "created_at", "updated_at", "deleted_at", "purged_at", "change_seq",
        "legacy_id",
    }  # fmt: skip


def test_a_note_keeps_every_field(start: SessionStart, finish: Finish) -> None:
    note = finish(start).notes[0]
    assert rows.note_columns(note) == {field.name: getattr(note, field.name) for field in fields(StoredNote)}


def test_a_metric_that_was_off_or_too_short_has_no_score(start: SessionStart, finish: Finish) -> None:
    columns = rows.summary_columns(finish(start).analysis)
    assert columns["pitch_accuracy"] == 0.94
    assert columns["timing_stability"] is None
    assert columns["scale_conformity"] is None
