"""What enters the outbox, in which order it travels, and what stays in it."""

from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from workbench.store.engine import open_engine, upgrade
from workbench.store.schema_sync import OutboxRow
from workbench.store.sync import outbox
from workbench.store.sync.outbox import Entry
from workbench.store.transaction import transaction
from workbench.user import User

Place = Any
"""See conftest."""


@pytest.fixture
def laptop(new_device: Any, sqlite_engine: Engine) -> Place:
    """A device whose server nobody asks."""
    return new_device("laptop", sqlite_engine)


def entries(device: Place) -> list[tuple[str, str]]:
    with transaction(device.engine, device.user) as here:
        return [(entry.table, entry.field) for entry in outbox.next_entries(here, device.user)]


def test_a_session_enters_when_it_has_ended_and_before_its_analysis(laptop: Place) -> None:
    start = laptop.begin()
    assert entries(laptop) == []
    laptop.repository.finish_session(laptop.user, laptop.finish(start))
    assert entries(laptop) == [("sessions", "row"), ("analyses", "row")]


def test_a_newer_change_takes_the_older_ones_place_with_a_new_number(laptop: Place) -> None:
    session = laptop.practise()
    laptop.comment(session, "first")
    with transaction(laptop.engine, laptop.user) as here:
        before = outbox.next_entries(here, laptop.user)[-1]
    laptop.delete(session)
    laptop.comment(session, "second")
    with transaction(laptop.engine, laptop.user) as here:
        *_, deletion, comment = outbox.next_entries(here, laptop.user)
        assert (deletion.field, comment.field) == ("deleted_at", "comment")
        assert comment.seq > deletion.seq > before.seq
        # Confirming the older one does not confirm the newer one.
        outbox.forget(here, laptop.user, before.seq)
        assert outbox.dirty(here, laptop.user, outbox.SESSIONS, [str(session)]) == {
            (str(session), "deleted_at"),
            (str(session), "comment"),
        }


def test_a_change_that_changes_nothing_does_not_travel(laptop: Place) -> None:
    session = laptop.practise(comment="same")
    with transaction(laptop.engine, laptop.user) as here:
        outbox.forget(here, laptop.user, 10)
    laptop.comment(session, "same")
    laptop.undo(session)
    assert laptop.sync.waiting() == 0


def test_no_number_is_used_twice(laptop: Place) -> None:
    laptop.practise()
    with transaction(laptop.engine, laptop.user) as here:
        last = outbox.next_entries(here, laptop.user)[-1].seq
        outbox.forget(here, laptop.user, last)
    laptop.practise()
    with transaction(laptop.engine, laptop.user) as here:
        assert outbox.next_entries(here, laptop.user)[0].seq == last + 1


def test_a_refill_holds_every_row_and_then_what_was_changed(laptop: Place) -> None:
    sessions = [laptop.practise() for _ in range(2)]
    laptop.begin()
    laptop.comment(sessions[0], "words")
    with transaction(laptop.engine, laptop.user) as here:
        outbox.refill(here, laptop.user)
    added = [("sessions", "row")] * 2 + [("analyses", "row")] * 2
    assert entries(laptop) == [*added, ("sessions", "comment")]


@pytest.mark.parametrize(
    ("sizes", "count"),
    [([], 0), ([0, 0, 0], 3), ([30_000, 20_000, 1], 2), ([90_000, 1], 1), ([0, 90_000], 1), ([1, 50_000], 1)],
)
def test_a_batch_has_so_many_notes_at_most_but_one_session_always(sizes: list[int], count: int) -> None:
    assert outbox.fitting(sizes) == count


def test_sessions_from_before_there_was_sync_are_sent(tmp_path: Any, ada: User) -> None:
    from alembic import command

    from workbench.store import versions

    engine = open_engine(f"sqlite:///{tmp_path / 'old.sqlite'}")
    upgrade(engine)
    with engine.begin() as connection:
        config = versions._config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
        for number, end in enumerate(("'2026-01-01 11:00:00.000000'", "NULL")):
            connection.execute(
                text(
                    "INSERT INTO sessions (session_id, user_id, start_timestamp, end_timestamp, scale_chosen,"
                    f" strictness, sensitivity) VALUES ('0198c5a0-0000-7000-8000-00000000000{number}', 'ada',"
                    f" '2026-01-01 10:00:00.000000', {end}, 'C Major', 0.5, 0.5)"
                )
            )
    upgrade(engine)
    with transaction(engine, ada) as here:
        assert outbox.next_entries(here, ada) == (
            Entry(1, "sessions", "0198c5a0-0000-7000-8000-000000000000", "row"),
        )
        assert here.execute(select(OutboxRow.user_id)).scalars().all() == ["ada"]
        assert here.execute(text("SELECT DISTINCT change_seq FROM sessions")).scalars().all() == [1]
    engine.dispose()
