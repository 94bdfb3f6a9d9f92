"""What changed on this device and the server does not have yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Text, cast, delete, func, insert, literal, select

from workbench.store.schema_sync import OutboxRow
from workbench.store.sync.tables import ANALYSES, IN_ORDER, ROW, SESSIONS, Synced
from workbench.store.sync.transport import note_counts
from workbench.user import User

ROWS_AT_ONCE = 200
"""Changes in one transaction: a break costs little, and a lock on the server is short."""

NOTES_AT_ONCE = 50_000
"""Notes in one transaction, unless a single session has more: about 20 MB."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: the number, the table, the row and which field of it."""

    seq: int
    table: str
    row_id: str
    field: str


def waiting(here: Connection, user: User) -> int:
    """How many changes of a player the server lacks."""
    return here.execute(select(func.count()).where(OutboxRow.user_id == user.id)).scalar_one()


def next_entries(here: Connection, user: User) -> tuple[Entry, ...]:
    """The oldest changes, as many as travel in one transaction."""
    columns = (OutboxRow.seq, OutboxRow.table_name, OutboxRow.row_id, OutboxRow.field)
    oldest = select(*columns).where(OutboxRow.user_id == user.id).order_by(OutboxRow.seq).limit(ROWS_AT_ONCE)
    entries = [Entry(*found) for found in here.execute(oldest)]
    counts = note_counts(here, user, [entry.row_id for entry in entries if entry.table == ANALYSES.name])
    taken = fitting([counts.get(entry.row_id, 0) for entry in entries])
    return tuple(entries[:taken])


def fitting(sizes: Sequence[int]) -> int:
    """How many of the first items have `NOTES_AT_ONCE` notes at most together; at least one."""
    total = 0
    for count, size in enumerate(sizes):
        total += size
        if total > NOTES_AT_ONCE and count:
            return count
    return len(sizes)


def dirty(here: Connection, user: User, synced: Synced, ids: Sequence[str]) -> set[tuple[str, str]]:
    """Those (row, field) of these rows that were changed here and are still to be sent."""
    mine = (OutboxRow.user_id == user.id, OutboxRow.table_name == synced.name, OutboxRow.row_id.in_(ids))
    return {
        (row_id, field)
        for row_id, field in here.execute(select(OutboxRow.row_id, OutboxRow.field).where(*mine))
    }


def forget(here: Connection, user: User, through: int) -> None:
    """Take out what the server has. What was changed again meanwhile has a later number and stays."""
    here.execute(delete(OutboxRow).where(OutboxRow.user_id == user.id, OutboxRow.seq <= through))


def refill(here: Connection, user: User) -> None:
    """Put everything in that is here: for a server that has nothing of it, or lost some.

    Rows come first, each to be added if it is missing; then what was changed and not sent yet.
    """
    kept = select(OutboxRow.table_name, OutboxRow.row_id, OutboxRow.field).where(
        OutboxRow.user_id == user.id, OutboxRow.field != ROW
    )
    changes = [row._asdict() for row in here.execute(kept.order_by(OutboxRow.seq))]
    here.execute(delete(OutboxRow).where(OutboxRow.user_id == user.id))
    ended = select(SESSIONS.id).where(SESSIONS.table.c.end_timestamp.is_not(None))
    for synced in IN_ORDER:
        row_id = cast(synced.id, Text)
        every = select(synced.table.c.user_id, literal(synced.name), row_id, literal(ROW))
        every = every.where(synced.table.c.user_id == user.id).order_by(row_id)
        if synced in (SESSIONS, ANALYSES):
            every = every.where(synced.table.c.session_id.in_(ended))
        names = ["user_id", "table_name", "row_id", "field"]
        here.execute(insert(OutboxRow).from_select(names, every))
    if changes:
        here.execute(insert(OutboxRow), [change | {"user_id": user.id} for change in changes])
