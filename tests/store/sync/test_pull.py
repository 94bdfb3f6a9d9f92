"""What a device fetches: everything, once, whatever commits late and wherever it is broken off."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
import pytest
from sqlalchemy import Engine, func, insert, select, update

from workbench.store import rows
from workbench.store.bulk import insert_new
from workbench.store.columns import new_id
from workbench.store.schema import NoteRow, SessionRow
from workbench.store.sync import outbox, pull
from workbench.store.sync.tables import SESSIONS
from workbench.store.transaction import transaction

Place = Any
"""See conftest."""


@pytest.mark.postgres
def test_what_commits_late_is_not_missed(new_device: Callable[..., Place], app_engine: Engine) -> None:
    """With a bare sequence the pedal would take the later number first, and never ask for the earlier one."""
    laptop, pedal = (new_device(name, app_engine) for name in ("laptop", "pedal"))
    session = laptop.practise()
    laptop.sync.run_once()
    late = new_id()
    with transaction(app_engine, laptop.user) as server:
        server.execute(insert(SessionRow), rows.session_row(replace(laptop.start, session_id=late)))
        pedal.sync.pull()
        assert set(pedal.contents()["sessions"]) == {str(session)}
    laptop.comment(session, "meanwhile")
    for device in (laptop, pedal):
        device.sync.run_once()
    assert set(pedal.contents()["sessions"]) == {str(session), str(late)}
    assert pedal.row(session)["comment"] == "meanwhile"


def many_sessions(place: Place, count: int) -> None:
    """Sessions on the server, all of one transaction and so with one number there."""
    columns = rows.session_row(replace(place.start, user=place.user))
    columns |= {"session_id": None, "enabled_metrics": "[]", "end_timestamp": place.start.started_at}
    frame = pl.DataFrame([columns | {"session_id": str(new_id())} for _ in range(count)])
    with transaction(place.engine, place.user) as server:
        insert_new(server, SESSIONS.table, frame)


def test_a_first_pull_of_3000_sessions_goes_on_where_it_broke_off(laptop: Place, web: Place) -> None:
    many_sessions(web, 3000)
    seen = []

    def breaks(step: Any) -> None:
        seen.append(step)
        if step.done >= 1400:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        laptop.sync.pull(breaks)
    assert (seen[0].done, seen[0].total) == (pull.ROWS_AT_ONCE, 3000)
    count = select(func.count()).select_from(SessionRow)
    with laptop.engine.begin() as here:
        assert here.execute(count).scalar_one() == 1400
    assert laptop.sync.pull() == 1600
    with laptop.engine.begin() as here:
        assert here.execute(count).scalar_one() == 3000
    assert laptop.sync.waiting() == 0


def test_a_pull_overwrites_nothing_that_is_still_to_be_sent(laptop: Place, pedal: Place) -> None:
    session = laptop.practise()
    for device in (laptop, pedal):
        device.sync.run_once()
    pedal.comment(session, "from the pedal")
    analysis = pedal.rescore(session)
    pedal.sync.run_once()
    laptop.comment(session, "not sent yet")
    laptop.sync.pull()
    row = laptop.row(session)
    assert (row["comment"], row["current_analysis_id"]) == ("not sent yet", str(analysis))
    assert laptop.sync.waiting() == 1


def test_what_is_fetched_does_not_enter_the_outbox(laptop: Place, pedal: Place) -> None:
    session = laptop.practise()
    laptop.sync.run_once()
    laptop.comment(session, "words")
    laptop.rescore(session)
    laptop.delete(session)
    laptop.sync.run_once()
    pedal.sync.run_once()
    assert pedal.sync.waiting() == 0
    pedal.undo(session)
    assert pedal.sync.waiting() == 1


def test_a_devices_own_changes_come_back_without_their_notes(
    laptop: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.practise()
    asked: list[list[str]] = []
    fetch = pull.transport.fetch_notes
    monkeypatch.setattr(
        pull.transport, "fetch_notes", lambda server, user, ids: asked.append(ids) or fetch(server, user, ids)
    )
    laptop.sync.push()
    asked.clear()
    assert laptop.sync.pull() == 0
    assert asked == [[]]


def test_pages_are_cut_by_notes_too(laptop: Place, pedal: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        laptop.practise()
    monkeypatch.setattr(outbox, "NOTES_AT_ONCE", 9)
    laptop.sync.run_once()
    pages: list[int] = []
    pedal.sync.pull(lambda step: pages.append(step.done))
    assert pages == [5, 7, 9, 10]
    assert pedal.contents() == laptop.contents()


@pytest.mark.postgres
def test_a_session_of_100_000_notes_travels_whole(
    new_device: Callable[..., Place], app_engine: Engine
) -> None:
    laptop, pedal = (new_device(name, app_engine) for name in ("laptop", "pedal"))
    session = laptop.practise()
    with transaction(laptop.engine, laptop.user) as here:
        note = here.execute(select(NoteRow.__table__).limit(1)).mappings().one()
        more = pl.DataFrame({"position": range(4, 100_000)}).with_columns(
            pl.lit(str(note[name])).alias(name) for name in ("analysis_id", "session_id", "user_id")
        )
        insert_new(here, NoteRow.__table__, more.with_columns(onset_s=pl.col("position") * 0.1))
    laptop.sync.push()
    pedal.sync.pull()
    with pedal.engine.begin() as here:
        of_it = select(func.count()).where(NoteRow.session_id == session)
        assert here.execute(of_it).scalar_one() == 100_000


def test_a_recording_goes_when_the_server_has_purged_its_session(
    laptop: Place, pedal: Place, tmp_path: Path
) -> None:
    session = laptop.practise()
    recording = tmp_path / f"{session}.flac"
    recording.write_bytes(b"sound")
    with transaction(laptop.engine, laptop.user) as here:
        here.execute(update(SessionRow).values(recording_path=str(recording)))
    for device in (laptop, pedal):
        device.sync.run_once()
    pedal.repository.delete_now(pedal.user, UUID(str(session)))
    for device in (pedal, laptop):
        device.sync.run_once()
    assert not recording.exists()
    assert laptop.row(session)["purged_at"] is not None
