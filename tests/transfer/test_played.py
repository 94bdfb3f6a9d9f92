"""A session as music: which notes count, how long they last, where they lie, and which beat is meant."""

from collections.abc import Callable

import polars as pl
import pytest
from sqlalchemy import Engine

from workbench.transfer.manifest import TransferError
from workbench.transfer.played import Played, played, played_session
from workbench.user import User

History = Callable[[Engine, User, User], list[str]]


@pytest.fixture
def session(any_engine: Engine, history: list[str], ada: User) -> Played:
    return played_session(any_engine, ada, history[1])


def test_only_sure_notes_count(session: Played) -> None:
    assert [note.midi for note in session.notes] == [57.0, 60.04, 61.0]
    assert session.events.height == 4


def test_a_note_without_an_end_lasts_to_the_next_or_a_second(session: Played) -> None:
    assert [note.duration_s for note in session.notes] == [0.45, 0.45, 1.0]
    row, events = session.row, session.events.with_columns(pl.lit(None, pl.Float64).alias("duration_s"))
    assert [note.duration_s for note in played(row, {}, events).notes] == [0.5, 0.5, 1.0]


def test_strings_are_counted_as_guitarists_do(session: Played) -> None:
    # The lowest string of six has the number 0 in the store and 6 on paper.
    settings = {"tuning": [40, 45, 50, 55, 59, 64]}
    first = played(session.row, settings, session.events).notes[0]
    assert (first.string, first.fret) == (4, 7)
    # Nobody can count strings of an unknown instrument.
    assert session.notes[0].string is None


def test_the_click_is_heard_late_by_the_latency(session: Played) -> None:
    assert session.click is not None
    assert (session.click.bpm, session.click.notes_per_beat) == (90.0, 2)
    assert session.click.start_s == pytest.approx(0.5 + 0.0125)
    free = played({**session.row, "bpm": None}, session.settings, session.events)
    assert free.click is None


def test_the_newest_or_the_one_that_is_named(
    sqlite_engine: Engine, store_history: History, ada: User, ben: User
) -> None:
    first, second = store_history(sqlite_engine, ada, ben)
    assert played_session(sqlite_engine, ada, None).row["session_id"] == second
    named = played_session(sqlite_engine, ada, first.upper())
    assert (named.row["session_id"], named.engine_version, len(named.notes)) == (first, "2.0", 2)
    with pytest.raises(TransferError, match=f"The player ben has no finished session {first}"):
        played_session(sqlite_engine, ben, first)


def test_a_session_without_a_sure_note_can_not_be_written_down(session: Played) -> None:
    unsure = session.events.with_columns(pl.lit(None, pl.Boolean).alias("in_scale"))
    with pytest.raises(TransferError, match="No note of this session is sure enough"):
        played(session.row, {}, unsure)
