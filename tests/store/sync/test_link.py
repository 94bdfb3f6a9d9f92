"""Servers and files that go back in time, are replaced, or live twice: nothing is lost or doubled."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete

from workbench.store.columns import new_id
from workbench.store.engine import open_engine
from workbench.store.schema import AnalysisRow, NoteRow, SessionRow
from workbench.store.schema_coach import DeviceRow, SyncHeadRow
from workbench.store.sync.link import Finding, Link, compare, renew_device, renew_server
from workbench.store.transaction import transaction
from workbench.user import User

Place = Any
"""See conftest."""

SERVER = new_id()


@pytest.mark.parametrize(
    ("server_id", "has_through", "found"),
    [
        (SERVER, 10, Finding.IN_STEP),
        (SERVER, 20, Finding.ANSWER_LOST),
        (SERVER, 9, Finding.SERVER_BEHIND),
        (SERVER, 0, Finding.SERVER_BEHIND),
        (SERVER, 15, Finding.DEVICE_BEHIND),
        (SERVER, 21, Finding.DEVICE_BEHIND),
        (new_id(), 10, Finding.SERVER_BEHIND),
    ],
)
def test_what_the_servers_number_says(server_id: Any, has_through: int, found: Finding) -> None:
    link = Link(SERVER, pushed_through=10, sending_through=20)
    assert compare(link, server_id, has_through) is found


def copy_of(device: Place, path: Path) -> Place:
    """The device's file as it is now, as another file."""
    device.engine.dispose()
    shutil.copy(str(device.engine.url.database), path)
    return replace(device, engine=open_engine(f"sqlite:///{path}"))


def wipe(central: Engine, place: Place) -> None:
    """The server loses everything of the player's."""
    with transaction(central, place.user) as server:
        for model in (NoteRow, AnalysisRow, SessionRow, DeviceRow, SyncHeadRow):
            server.execute(delete(model).where(model.user_id == place.user.id))


@pytest.fixture
def admin(central: Engine, request: pytest.FixtureRequest) -> Engine:
    """The server as its owner sees it: no player may change who it is."""
    if central.dialect.name == "sqlite":
        return central
    engine: Engine = request.getfixturevalue("postgres_engine")
    return engine


def test_a_replaced_server_gets_everything_again(
    laptop: Place, pedal: Place, web: Place, central: Engine, admin: Engine
) -> None:
    sessions = [device.practise() for device in (laptop, pedal) for _ in range(2)]
    for device in (laptop, pedal, laptop):
        device.sync.run_once()
    laptop.comment(sessions[0], "not sent yet")
    wipe(central, laptop)
    with admin.begin() as server:
        renew_server(server)
    for device in (laptop, pedal, laptop):
        device.sync.run_once()
    assert set(web.contents()["sessions"]) == {str(session) for session in sessions}
    assert laptop.contents() == pedal.contents() == web.contents()
    assert web.row(sessions[0])["comment"] == "not sent yet"


def test_a_server_that_forgot_is_noticed_without_a_new_identity(
    laptop: Place, pedal: Place, web: Place, central: Engine
) -> None:
    session = laptop.practise()
    for device in (laptop, pedal):
        device.sync.run_once()
    wipe(central, laptop)
    for device in (pedal, laptop, pedal):
        device.sync.run_once()
    assert set(web.contents()["sessions"]) == {str(session)}
    assert laptop.contents() == pedal.contents() == web.contents()


def test_a_restored_file_loses_nothing_that_it_made_afterwards(
    laptop: Place, web: Place, tmp_path: Path
) -> None:
    laptop.practise()
    laptop.sync.run_once()
    restored = copy_of(laptop, tmp_path / "backup.sqlite")
    for _ in range(3):
        laptop.practise()
    laptop.sync.run_once()
    # The file of yesterday gives its new changes the numbers that the lost ones had.
    later = [restored.practise() for _ in range(2)]
    restored.sync.run_once()
    assert {str(session) for session in later} <= set(web.contents()["sessions"])
    assert len(web.contents()["sessions"]) == 6
    assert restored.contents() == web.contents()
    restored.engine.dispose()


def test_a_file_that_lives_twice_becomes_two_devices(laptop: Place, web: Place, tmp_path: Path) -> None:
    laptop.practise()
    laptop.sync.run_once()
    twin = copy_of(laptop, tmp_path / "twin.sqlite")
    for _ in range(2):
        for device in (laptop, twin):
            device.practise()
            device.sync.run_once()
    laptop.sync.run_once()
    assert len(web.contents()["sessions"]) == 5
    assert laptop.contents() == twin.contents() == web.contents()
    twin.engine.dispose()


def test_a_renewed_device_sends_what_waited(laptop: Place, web: Place) -> None:
    laptop.practise()
    laptop.sync.run_once()
    session = laptop.practise()
    with laptop.engine.begin() as here:
        renew_device(here)
    assert laptop.sync.run_once().waiting == 0
    assert str(session) in web.contents()["sessions"]


def test_two_players_share_a_device(laptop: Place, web: Place, ben: User) -> None:
    bens = replace(laptop, user=ben)
    laptop.practise()
    bens.practise()
    for player in (laptop, bens):
        assert player.sync.run_once().sent == 2
    assert laptop.contents() == web.contents()
    assert bens.contents() == replace(web, user=ben).contents()
