"""What the server takes: each change once, at its own time, and nothing of another player's."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from workbench.store import deletion
from workbench.store.errors import StoreError
from workbench.store.items import Item, Items
from workbench.store.schema import SessionRow
from workbench.store.schema_coach import DeviceRow, PracticeItemRow, UserConfigRow
from workbench.store.sync import outbox, push
from workbench.store.transaction import transaction
from workbench.user import User

Place = Any
"""See conftest."""


@pytest.fixture
def lose_the_answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The next push is committed on the server, but this device never hears of it."""

    def once() -> None:
        confirm = push._confirm

        def lost(*_: object) -> None:
            monkeypatch.setattr(push, "_confirm", confirm)
            raise ConnectionResetError

        monkeypatch.setattr(push, "_confirm", lost)

    return once


def test_a_retry_after_a_lost_answer_overwrites_nothing(
    laptop: Place, pedal: Place, web: Place, lose_the_answer: Callable[[], None]
) -> None:
    session = laptop.practise()
    for device in (laptop, pedal):
        device.sync.run_once()
    laptop.comment(session, "first")
    lose_the_answer()
    with pytest.raises(ConnectionResetError):
        laptop.sync.run_once()
    assert web.row(session)["comment"] == "first"
    pedal.comment(session, "second")
    pedal.sync.run_once()
    laptop.sync.run_once()
    for place in (laptop, pedal, web):
        assert place.row(session)["comment"] == "second"


def test_what_is_changed_after_a_lost_answer_is_sent(
    laptop: Place, web: Place, lose_the_answer: Callable[[], None]
) -> None:
    session = laptop.practise()
    lose_the_answer()
    with pytest.raises(ConnectionResetError):
        laptop.sync.run_once()
    laptop.comment(session, "later")
    laptop.sync.run_once()
    assert laptop.sync.waiting() == 0
    assert web.contents() == laptop.contents()
    assert web.row(session)["comment"] == "later"


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_deletion_counts_from_the_servers_time(
    laptop: Place, web: Place, year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, unsent = laptop.practise(), laptop.practise()
    laptop.sync.run_once()
    right, wrong = deletion.clock, datetime(year, 1, 1, tzinfo=UTC)
    own = laptop.engine
    monkeypatch.setattr(deletion, "clock", lambda here: wrong if here.engine is own else right(here))
    later = laptop.practise()
    for deleted in (session, unsent, later):
        laptop.delete(deleted)
    laptop.sync.run_once()
    for deleted in (session, unsent, later):
        for place in (web, laptop):
            assert abs(place.row(deleted)["deleted_at"] - datetime.now(UTC)) < timedelta(minutes=5)


def test_a_deletion_that_counts_already_keeps_its_time(laptop: Place, pedal: Place, web: Place) -> None:
    session = laptop.practise()
    for device in (laptop, pedal):
        device.sync.run_once()
        device.delete(session)
    laptop.sync.run_once()
    first = web.row(session)["deleted_at"]
    pedal.sync.run_once()
    assert web.row(session)["deleted_at"] == first
    assert pedal.row(session)["deleted_at"] == first


def test_a_purge_wins_over_whatever_comes_later(laptop: Place, pedal: Place, web: Place) -> None:
    session = laptop.practise(comment="private")
    for device in (laptop, pedal):
        device.sync.run_once()
    pedal.comment(session, "too late")
    pedal.rescore(session)
    laptop.repository.delete_now(laptop.user, session)
    for device in (laptop, pedal, laptop):
        device.sync.run_once()
    for place in (laptop, pedal, web):
        row = place.row(session)
        assert row["purged_at"] is not None
        assert (row["comment"], row["pitch_accuracy"], row["scale_chosen"]) == (None, None, "")
        assert "notes" not in place.contents()
        assert [a["metric_detail"] for a in place.contents()["analyses"].values()] == [{}, {}]
    assert laptop.contents() == pedal.contents() == web.contents()


def test_a_purge_before_the_first_sync_sends_no_more_than_a_tombstone(laptop: Place, web: Place) -> None:
    session = laptop.practise(comment="private")
    laptop.repository.delete_now(laptop.user, session)
    laptop.sync.run_once()
    assert web.row(session)["purged_at"] is not None
    assert web.row(session)["comment"] is None
    assert "notes" not in web.contents()
    assert web.contents() == laptop.contents()


def test_another_players_id_is_refused(laptop: Place, central: Engine, web: Place, ben: User) -> None:
    session = laptop.practise()
    laptop.sync.run_once()
    with laptop.engine.begin() as here:
        here.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in ("notes", "analyses", "sessions", "sync_outbox"):
            here.exec_driver_sql(f"UPDATE {table} SET user_id = 'ben'")
    bens = replace(laptop, user=ben)
    bens.rescore(session)
    bens.comment(session, "mine now")
    with laptop.engine.begin() as here:
        outbox.refill(here, ben)
    with pytest.raises(StoreError, match="belongs to another player"):
        bens.sync.push()
    assert web.row(session)["comment"] is None
    with transaction(central, ben) as server:
        mine = select(SessionRow.session_id).where(SessionRow.user_id == "ben")
        assert server.execute(mine).all() == []


def test_settings_and_practice_items_are_whole_rows(laptop: Place, pedal: Place, web: Place) -> None:
    def set_to(device: Place, value: int) -> None:
        with transaction(device.engine, device.user) as here:
            changed = here.execute(update(UserConfigRow).values(value={"bpm": value}))
            if changed.rowcount == 0:
                row = {"user_id": device.user.id, "name": "click", "value": {"bpm": value}}
                here.execute(UserConfigRow.__table__.insert(), row)

    set_to(laptop, 90)
    set_to(pedal, 120)
    for device in (pedal, laptop, pedal):
        device.sync.run_once()
    for place in (laptop, pedal, web):
        assert place.contents()["user_configs"]["click"]["value"] == {"bpm": 90}
    set_to(pedal, 60)
    for device in (pedal, laptop):
        device.sync.run_once()
    assert laptop.contents()["user_configs"]["click"]["value"] == {"bpm": 60}


def test_a_practice_item_that_moved_on_moves_everywhere(laptop: Place, pedal: Place) -> None:
    item = {
        "item_id": laptop.start.session_id,
        "user_id": laptop.user.id,
        "kind": "scale",
        "content": {"scale": "A minor pentatonic"},
        "due_at": laptop.start.started_at,
    }
    with transaction(laptop.engine, laptop.user) as here:
        here.execute(PracticeItemRow.__table__.insert(), item)
    for device in (laptop, pedal):
        device.sync.run_once()
    with transaction(pedal.engine, pedal.user) as here:
        here.execute(update(PracticeItemRow).values(stability=6.0, step=1, repetitions=2))
    for device in (pedal, laptop):
        device.sync.run_once()
    found = laptop.contents()["practice_items"][str(item["item_id"])]
    assert (found["stability"], found["step"], found["repetitions"]) == (6.0, 1, 2)


def test_an_item_that_two_devices_made_on_their_own_is_one(laptop: Place, pedal: Place, web: Place) -> None:
    item = Item(laptop.start.session_id, "degree", {"degree": 6}, laptop.start.started_at)
    for device in (laptop, pedal):
        Items(device.engine).put(device.user, [item])
    Items(pedal.engine).put(pedal.user, [replace(item, stability=3.5, step=1, repetitions=1)])
    for device in (laptop, pedal, laptop):
        device.sync.run_once()
    reviewed = replace(item, stability=3.5, step=1, repetitions=1)
    for place in (laptop, pedal, web):
        assert Items(place.engine).all(place.user) == [reviewed]


def test_the_server_lists_the_devices(laptop: Place, pedal: Place, central: Engine) -> None:
    for device in (laptop, pedal):
        device.practise()
        device.sync.run_once()
    with transaction(central, laptop.user) as server:
        names = select(DeviceRow.name).where(DeviceRow.user_id == laptop.user.id)
        assert sorted(server.execute(names).scalars()) == ["laptop", "pedal"]


@pytest.mark.postgres
def test_many_devices_that_send_at_once_all_get_through(
    new_device: Callable[..., Place], app_engine: Engine
) -> None:
    devices = [new_device(f"device {number}", app_engine) for number in range(3)]
    shared = devices[0].practise()
    for device in devices:
        device.sync.run_once()

    def work(device: Place) -> None:
        for number in range(3):
            device.practise()
            device.comment(shared, f"{device.name}, {number}")
            device.sync.run_once()

    with ThreadPoolExecutor(len(devices)) as pool:
        list(pool.map(work, devices))
    for device in devices:
        device.sync.run_once()
    assert len(devices[0].contents()["sessions"]) == 10
    for device in devices[1:]:
        assert device.contents() == devices[0].contents()
