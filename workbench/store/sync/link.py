"""How far a device and a server have come with each other, and what their numbers say about both.

The device notes down what it is about to send before the server can commit it. So the server's number of the
last change that it has from this device is one of two, or else one of both has gone back in time: a server or
a file that was restored from a backup, or a file that lives twice.
"""

from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from workbench.store.columns import new_id
from workbench.store.schema_sync import CursorRow, LinkRow, LocalDeviceRow, ServerRow
from workbench.user import User

Cursor = tuple[int, str]
"""The server's number of the last row fetched, and its id: one transaction gives many rows one number."""

EVERYTHING = "*"
"""In the place of a table: the server's newest number when every table had been fetched to its end."""


@dataclass(frozen=True, slots=True)
class Link:
    """One player's link of this device to a server.

    Attributes
    ----------
    server_id : the server that the numbers below are about
    pushed_through : number of the last change that the server is known to have
    sending_through : number of the last change that was ever on its way there
    """

    server_id: UUID
    pushed_through: int = 0
    sending_through: int = 0


class Finding(Enum):
    """What the server's number of the last change from this device says."""

    IN_STEP = auto()
    ANSWER_LOST = auto()
    SERVER_BEHIND = auto()
    DEVICE_BEHIND = auto()


def compare(link: Link, server_id: UUID, has_through: int) -> Finding:
    """What to make of a server.

    Parameters
    ----------
    link : as this device has it
    server_id : who the server says it is
    has_through : number of the last change that the server has from this device, 0 for none
    """
    if server_id != link.server_id or has_through < link.pushed_through:
        return Finding.SERVER_BEHIND
    if has_through == link.pushed_through:
        return Finding.IN_STEP
    return Finding.ANSWER_LOST if has_through == link.sending_through else Finding.DEVICE_BEHIND


def server_identity(server: Connection) -> UUID:
    """Which server this is."""
    return server.execute(select(ServerRow.server_id)).scalar_one()


def renew_server(server: Connection) -> None:
    """Give a server that was restored from a backup a new identity: every device starts over with it."""
    server.execute(update(ServerRow).values(server_id=new_id()))


def device_identity(here: Connection) -> UUID:
    """Which device this file is."""
    return here.execute(select(LocalDeviceRow.device_id)).scalar_one()


def renew_device(here: Connection) -> None:
    """Give a restored or copied file an identity of its own, so that none of its changes counts as known."""
    here.execute(update(LocalDeviceRow).values(device_id=new_id()))
    here.execute(update(LinkRow).values(pushed_through=0, sending_through=0))


def link_of(here: Connection, user: User, server_id: UUID) -> Link:
    """The player's link; a new one to this server where there was none."""
    columns = (LinkRow.server_id, LinkRow.pushed_through, LinkRow.sending_through)
    found = here.execute(select(*columns).where(LinkRow.user_id == user.id)).one_or_none()
    if found is not None:
        return Link(*found)
    here.execute(insert(LinkRow).values(user_id=user.id, server_id=server_id))
    return Link(server_id)


def reset_link(here: Connection, user: User, server_id: UUID) -> None:
    """Forget what was sent and fetched: as if this server were new."""
    here.execute(delete(LinkRow).where(LinkRow.user_id == user.id))
    here.execute(delete(CursorRow).where(CursorRow.user_id == user.id))
    here.execute(insert(LinkRow).values(user_id=user.id, server_id=server_id))


def note_sending(here: Connection, user: User, through: int) -> None:
    """Keep that changes up to this number are on their way; the server's commit comes after."""
    here.execute(update(LinkRow).where(LinkRow.user_id == user.id).values(sending_through=through))


def note_pushed(here: Connection, user: User, through: int) -> None:
    """Keep that the server has the changes up to this number."""
    # Another program may have synced meanwhile: numbers only grow.
    further = (LinkRow.user_id == user.id, LinkRow.pushed_through < through)
    here.execute(update(LinkRow).where(*further).values(pushed_through=through))


def cursors_of(here: Connection, user: User) -> dict[str, Cursor]:
    """Up to where each table was fetched, and `EVERYTHING`; those that were never fetched are left out."""
    columns = (CursorRow.table_name, CursorRow.change_seq, CursorRow.row_id)
    found = here.execute(select(*columns).where(CursorRow.user_id == user.id))
    return {table: (number, row_id) for table, number, row_id in found}


def move_cursor(here: Connection, user: User, table: str, cursor: Cursor) -> None:
    """Keep up to where a table was fetched."""
    mine = (CursorRow.user_id == user.id, CursorRow.table_name == table)
    here.execute(delete(CursorRow).where(*mine))
    number, row_id = cursor
    row = {"user_id": user.id, "table_name": table, "change_seq": number, "row_id": row_id}
    here.execute(insert(CursorRow), row)


def mark_pulling(here: Connection, pulling: bool) -> None:
    """While this is set, what is written does not enter the outbox; set it back before the commit."""
    here.execute(update(LocalDeviceRow).values(pulling=pulling))
