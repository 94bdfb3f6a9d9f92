"""From the device to the server: one transaction there for each batch, applied exactly once.

The server's row of the device is locked first, so that two programs can't send the same changes at once, and
holds the number of the last change applied. Everything is read from the file in short transactions, so that
a practice that ends meanwhile is stored without waiting for the network.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, insert, select, update

from workbench.store import deletion
from workbench.store.bulk import insert_new
from workbench.store.schema_coach import DeviceRow
from workbench.store.sync import link, outbox, transport
from workbench.store.sync.link import Finding
from workbench.store.sync.outbox import Entry
from workbench.store.sync.tables import (
    ANALYSES,
    CHANGE,
    IN_ORDER,
    NOTES,
    PURGE,
    ROW,
    SESSION_FIELDS,
    SESSIONS,
    Synced,
)
from workbench.store.sync.transport import Row
from workbench.store.transaction import repeated, transaction
from workbench.user import User


@dataclass(frozen=True, slots=True)
class Batch:
    """What travels in one transaction.

    Attributes
    ----------
    entries : the changes, oldest first
    rows : by table, the rows that they are about as they are now; one that is gone is left out
    """

    entries: tuple[Entry, ...]
    rows: dict[str, dict[str, Row]]

    @property
    def through(self) -> int:
        """Number of the last change."""
        return self.entries[-1].seq

    def of(self, synced: Synced, *fields: str) -> list[Row]:
        """Rows of one table with a change of these fields."""
        rows = self.rows.get(synced.name, {})
        ids = [entry.row_id for entry in self.entries if entry.table == synced.name and entry.field in fields]
        return [rows[row_id] for row_id in dict.fromkeys(ids) if row_id in rows]


def push_batch(local: Engine, central: Engine, user: User, name: str) -> int | None:
    """Send the oldest changes.

    Parameters
    ----------
    name : what people call this device

    Returns
    -------
    how many changes the server took; 0 when first something had to be set right; None when none wait
    """
    sent = repeated(central, user, lambda server: _send(local, server, user, name))
    if sent is None:
        return None
    if not sent:
        return 0
    with transaction(local, user) as here:
        _confirm(here, user, sent[-1].seq)
    return len(sent)


def _send(local: Engine, server: Connection, user: User, name: str) -> tuple[Entry, ...] | None:
    """What the server took; nothing when first something had to be set right, None when nothing waits."""
    with transaction(local, user) as here:
        device = link.device_identity(here)
    has_through = _lock_device(server, user, device, name)
    server_id = link.server_identity(server)
    with transaction(local, user) as here:
        if not _in_step(here, user, server_id, device, has_through):
            return ()
        batch = _read_batch(here, user)
        if batch is None:
            return None
        link.note_sending(here, user, batch.through)
    _apply(local, server, user, batch)
    mine = (DeviceRow.device_id == device, DeviceRow.user_id == user.id)
    server.execute(update(DeviceRow).where(*mine).values(pushed_through=batch.through, name=name))
    return batch.entries


def _lock_device(server: Connection, user: User, device: UUID, name: str) -> int:
    mine = (DeviceRow.device_id == device, DeviceRow.user_id == user.id)
    query = select(DeviceRow.pushed_through).where(*mine).with_for_update()
    has_through = server.execute(query).scalar_one_or_none()
    if has_through is None:
        server.execute(insert(DeviceRow).values(device_id=device, user_id=user.id, name=name))
        return 0
    return has_through


def _in_step(here: Connection, user: User, server_id: UUID, device: UUID, has_through: int) -> bool:
    """Set right what the server's number says; whether nothing was to be done."""
    if link.device_identity(here) != device:
        return False
    found = link.compare(link.link_of(here, user, server_id), server_id, has_through)
    if found is Finding.ANSWER_LOST:
        _confirm(here, user, has_through)
    elif found is Finding.SERVER_BEHIND:
        link.reset_link(here, user, server_id)
        outbox.refill(here, user)
    elif found is Finding.DEVICE_BEHIND:
        link.renew_device(here)
    return found is Finding.IN_STEP


def _confirm(here: Connection, user: User, through: int) -> None:
    link.note_pushed(here, user, through)
    outbox.forget(here, user, through)


def _read_batch(here: Connection, user: User) -> Batch | None:
    entries = outbox.next_entries(here, user)
    if not entries:
        return None
    rows = {}
    for synced in IN_ORDER:
        ids = list(dict.fromkeys(entry.row_id for entry in entries if entry.table == synced.name))
        if ids:
            rows[synced.name] = transport.by_id(synced, transport.fetch_by_id(here, synced, user, ids))
    return Batch(entries, rows)


def _apply(local: Engine, server: Connection, user: User, batch: Batch) -> None:
    now = deletion.clock(server)
    purged = _lock_sessions(server, user, batch)
    _add_sessions(server, user, batch.of(SESSIONS, ROW), now)
    purged |= _purge(server, user, batch, now)
    _add_analyses(local, server, user, batch.of(ANALYSES, ROW), purged)
    for synced in IN_ORDER[2:]:
        rows = batch.of(synced, ROW, CHANGE)
        _add(server, synced, user, rows)
        if synced.mutable:
            transport.write_columns(server, synced, user, batch.of(synced, CHANGE), synced.columns)
    _change_sessions(server, user, batch, now, purged)


def _lock_sessions(server: Connection, user: User, batch: Batch) -> set[str]:
    """Lock the sessions that the batch is about, in order of id; those of them that are purged there.

    Whoever writes a session locks it first and the player's counter after: the same here, or two writers
    could wait for each other for ever.
    """
    rows = (*batch.rows.get(SESSIONS.name, {}).values(), *batch.rows.get(ANALYSES.name, {}).values())
    ids = sorted({row["session_id"] for row in rows})
    statement = transport.chosen(SESSIONS.table, ("session_id", "purged_at"), user)
    statement = statement.where(transport.identified(SESSIONS, ids)).order_by(SESSIONS.id).with_for_update()
    found = transport.fetch(server, statement) if ids else []
    return {row["session_id"] for row in found if row["purged_at"] is not None}


def _add_sessions(server: Connection, user: User, rows: list[Row], now: datetime) -> None:
    # A device's clock may say anything: from when on a deletion counts is for the server to say.
    timed = [row | {"deleted_at": now} if row["deleted_at"] else row for row in rows]
    _add(server, SESSIONS, user, [row | {"purged_at": now} if row["purged_at"] else row for row in timed])


def _purge(server: Connection, user: User, batch: Batch, now: datetime) -> set[str]:
    """Purge what the device has purged; those sessions."""
    ids = [row["session_id"] for row in batch.of(SESSIONS, ROW, PURGE) if row["purged_at"]]
    deletion.empty(server, user, [UUID(item) for item in ids], now)
    return set(ids)


def _add_analyses(local: Engine, server: Connection, user: User, rows: list[Row], purged: set[str]) -> None:
    known = transport.known_ids(server, ANALYSES, user, [row["analysis_id"] for row in rows])
    new = [row for row in rows if row["analysis_id"] not in known]
    empty = {"settings": "{}", "metric_detail": "{}"}
    _add(server, ANALYSES, user, [row | empty if row["session_id"] in purged else row for row in new])
    with_notes = [row["analysis_id"] for row in new if row["session_id"] not in purged]
    if with_notes:
        with transaction(local, user) as here:
            notes = transport.fetch_notes(here, user, with_notes)
        insert_new(server, NOTES, notes)


def _add(server: Connection, synced: Synced, user: User, rows: Sequence[Row]) -> None:
    if rows:
        insert_new(server, synced.table, transport.to_frame(synced, rows))
        transport.check_owner(server, synced, user, [row[synced.key] for row in rows])


def _change_sessions(server: Connection, user: User, batch: Batch, now: datetime, purged: set[str]) -> None:
    for field, columns in SESSION_FIELDS.items():
        # A tombstone stays as it is, whatever was done to the session elsewhere.
        rows = [row for row in batch.of(SESSIONS, field) if row["session_id"] not in purged]
        if field == "deleted_at":
            rows = _deleted_by(server, user, rows, now)
        transport.write_columns(server, SESSIONS, user, rows, columns)


def _deleted_by(server: Connection, user: User, rows: Iterable[Row], now: datetime) -> list[Row]:
    """Deletions at the server's time; one that counts already keeps its own."""
    rows = list(rows)
    before = transport.chosen(SESSIONS.table, ("session_id", "deleted_at"), user)
    before = before.where(transport.identified(SESSIONS, [row["session_id"] for row in rows]))
    since: dict[str, Any] = {row["session_id"]: row["deleted_at"] for row in transport.fetch(server, before)}
    return [
        row | {"deleted_at": (since.get(row["session_id"]) or now) if row["deleted_at"] else None}
        for row in rows
    ]
