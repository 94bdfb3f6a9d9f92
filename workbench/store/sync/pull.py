"""From the server to the device: what came after the last number fetched, page by page.

All pages of one pull are of one moment (a snapshot on the server), so no row arrives before one that it
refers to. Numbers are in the order of commits, so a row that was committed late has a later number and can't
be missed. Each page is stored together with its cursor: after a break the next pull goes on from there.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import polars as pl
from sqlalchemy import ColumnElement, Connection, Engine, Text, and_, cast, func, or_, select
from sqlalchemy.types import JSON

from workbench.store import deletion
from workbench.store.bulk import insert_new
from workbench.store.schema_coach import SyncHeadRow
from workbench.store.sync import link, outbox, transport
from workbench.store.sync.link import Cursor
from workbench.store.sync.tables import (
    ANALYSES,
    CHANGE,
    IN_ORDER,
    NOTES,
    SESSION_FIELDS,
    SESSIONS,
    Synced,
)
from workbench.store.sync.transport import Row
from workbench.store.transaction import transaction
from workbench.user import User

ROWS_AT_ONCE = 200
"""Rows of one page: what a break may cost."""

_CHANGEABLE = {name for columns in SESSION_FIELDS.values() for name in columns}
_GIVEN = [name for name in SESSIONS.columns if name not in _CHANGEABLE]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of one table, in the order of their numbers.

    Attributes
    ----------
    end : the next cursor
    size : how many rows were passed, those included that need not be fetched
    rows : what is fetched
    notes : of the analyses among them
    """

    synced: Synced
    end: Cursor
    size: int
    rows: list[Row]
    notes: pl.DataFrame


def snapshot(central: Engine) -> Engine:
    """The server such that a transaction sees one moment of it throughout."""
    if central.dialect.name == "sqlite":
        return central  # a transaction of ours locks the file
    return central.execution_options(isolation_level="REPEATABLE READ")


def pull_pages(local: Engine, central: Engine, user: User) -> Iterator[tuple[int, int, int]]:
    """Fetch what is new on the server.

    Yields
    ------
    for each page, once it is stored: rows passed, rows that were left before it, and how many changed
    something here
    """
    with transaction(snapshot(central), user) as server:
        head = _head(server, user)
        cursors = _cursors(local, server, user, head)
        if cursors.get(link.EVERYTHING) == (head, ""):
            return
        left = sum(_left(server, user, synced, cursors.get(synced.name)) for synced in IN_ORDER)
        for synced in IN_ORDER:
            cursor = cursors.get(synced.name)
            while page := _fetch_page(local, server, user, synced, cursor):
                with transaction(local, user) as here:
                    changed = _store(here, user, page)
                yield page.size, left, changed
                left -= page.size
                cursor = page.end
        with transaction(local, user) as here:
            link.move_cursor(here, user, link.EVERYTHING, (head, ""))


def _head(server: Connection, user: User) -> int:
    """Number of the player's newest change on the server."""
    query = select(SyncHeadRow.head).where(SyncHeadRow.user_id == user.id)
    return server.execute(query).scalar_one_or_none() or 0


def _cursors(local: Engine, server: Connection, user: User, head: int) -> dict[str, Cursor]:
    """Where to go on; from the start with a server that is another one or has gone back."""
    server_id = link.server_identity(server)
    with transaction(local, user) as here:
        known = link.link_of(here, user, server_id)
        cursors = link.cursors_of(here, user)
        furthest = max((number for number, _ in cursors.values()), default=0)
        if known.server_id == server_id and furthest <= head:
            return cursors
        link.reset_link(here, user, server_id)
        outbox.refill(here, user)
        return {}


def _after(user: User, synced: Synced, cursor: Cursor | None) -> ColumnElement[bool]:
    mine = synced.table.c.user_id == user.id
    if cursor is None:
        return mine
    number, row_id = cursor
    seq = synced.table.c.change_seq
    return and_(mine, or_(seq > number, and_(seq == number, synced.id > synced.key_of(row_id))))


def _left(server: Connection, user: User, synced: Synced, cursor: Cursor | None) -> int:
    counted = select(func.count()).select_from(synced.table).where(_after(user, synced, cursor))
    return server.execute(counted).scalar_one()


def _fetch_page(
    local: Engine, server: Connection, user: User, synced: Synced, cursor: Cursor | None
) -> Page | None:
    seq = synced.table.c.change_seq
    numbered = select(cast(synced.id, Text), seq).where(_after(user, synced, cursor))
    found = list(server.execute(numbered.order_by(seq, synced.id).limit(ROWS_AT_ONCE)))
    if not found:
        return None
    ids: list[str] = [row_id for row_id, _ in found]
    with transaction(local, user) as here:
        known = transport.known_ids(here, synced, user, ids)
    # Rows that are only ever added need not come again; a device meets its own like that.
    notes = pl.DataFrame()
    if synced == ANALYSES:
        counts = transport.note_counts(server, user, [row_id for row_id in ids if row_id not in known])
        ids = ids[: outbox.fitting([counts.get(row_id, 0) for row_id in ids])]
        notes = transport.fetch_notes(server, user, [row_id for row_id in ids if row_id in counts])
    changing = synced.mutable or synced == SESSIONS
    wanted = [row_id for row_id in ids if changing or row_id not in known]
    rows = transport.fetch_by_id(server, synced, user, wanted)
    last_id, number = found[len(ids) - 1]
    return Page(synced, (number, last_id), len(ids), rows, notes)


def _store(here: Connection, user: User, page: Page) -> int:
    """Store a page with its cursor; how many rows changed something."""
    link.mark_pulling(here, True)
    synced = page.synced
    ids = [row[synced.key] for row in page.rows]
    before = transport.by_id(synced, transport.fetch_by_id(here, synced, user, ids))
    new = [row for row in page.rows if row[synced.key] not in before]
    there = [row for row in page.rows if row[synced.key] in before]
    if new:
        insert_new(here, synced.table, transport.to_frame(synced, new))
        transport.check_owner(here, synced, user, ids)
    if not page.notes.is_empty():
        insert_new(here, NOTES, page.notes)
    unsent = outbox.dirty(here, user, synced, ids)
    changed = 0
    if synced == SESSIONS:
        changed = _update_sessions(here, user, there, before, unsent)
    elif synced.mutable:
        clean = [row for row in there if (row[synced.key], CHANGE) not in unsent]
        transport.write_columns(here, synced, user, clean, synced.columns)
        changed = sum(_differ(synced, row, before[row[synced.key]], synced.columns) for row in clean)
    link.move_cursor(here, user, synced.name, page.end)
    link.mark_pulling(here, False)
    return len(new) + changed


def _update_sessions(
    here: Connection, user: User, rows: Sequence[Row], before: dict[str, Row], unsent: set[tuple[str, str]]
) -> int:
    """Take over what the server has, but for fields that were changed here and are still to be sent."""
    # What was purged here is about to be purged there.
    rows = [row for row in rows if row["purged_at"] or not before[row["session_id"]]["purged_at"]]
    changed = _bury(here, user, rows, before)
    for field, columns in SESSION_FIELDS.items():
        clean = [row for row in rows if (row["session_id"], field) not in unsent or row["purged_at"]]
        transport.write_columns(here, SESSIONS, user, clean, columns)
        changed |= {
            row["session_id"] for row in clean if _differ(SESSIONS, row, before[row["session_id"]], columns)
        }
    # Last, since any other update would set this machine's own time as that of the change.
    transport.write_columns(here, SESSIONS, user, rows, _GIVEN)
    return len(changed)


def _bury(here: Connection, user: User, rows: Sequence[Row], before: dict[str, Row]) -> set[str]:
    """Purge here what the server has purged; those sessions."""
    ids = [
        row["session_id"] for row in rows if row["purged_at"] and not before[row["session_id"]]["purged_at"]
    ]
    sessions = [UUID(session_id) for session_id in ids]
    files = deletion.recordings(here, user, sessions)
    deletion.empty(here, user, sessions, deletion.clock(here))
    # Before the commit: after a break the session is not purged yet, and its files are looked for again.
    deletion.remove_files(files)
    return set(ids)


def _differ(synced: Synced, one: Row, other: Row, columns: Sequence[str]) -> bool:
    return any(
        _value(synced, name, one) != _value(synced, name, other) for name in columns if name != "updated_at"
    )


def _value(synced: Synced, name: str, row: Row) -> object:
    value = row[name]
    if name == "deleted_at":
        return value is None  # the server's clock replaces the device's
    # JSONB reorders keys and rewrites numbers.
    return json.loads(value) if value and isinstance(synced.table.c[name].type, JSON) else value
