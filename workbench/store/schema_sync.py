"""What keeps devices in step, beside `devices` and `sync_heads`.

A server has an identity. The rest exists in a device's own file only (SQLite), so it has a base of its own:
triggers write the outbox, see migration 0003.
"""

from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Integer, MetaData, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from workbench.store.columns import Identifier
from workbench.store.schema import Base


class ServerRow(Base):
    """One row: which server this is. A device that finds another id here starts over with it."""

    __tablename__ = "sync_server"

    server_id: Mapped[UUID] = mapped_column(Identifier, primary_key=True)


class LocalBase(DeclarativeBase):
    """Base of the tables that no server has."""

    metadata = MetaData(naming_convention=Base.metadata.naming_convention)


class LocalDeviceRow(LocalBase):
    """One row: which device this file is, and whether what is being written came from the server.

    A restored copy of a file must draw a new id, or the server takes its changes for those it has.
    """

    __tablename__ = "sync_device"

    device_id: Mapped[UUID] = mapped_column(Identifier, primary_key=True)
    pulling: Mapped[bool] = mapped_column(Boolean, server_default=text("0"))


class LinkRow(LocalBase):
    """How far one player's changes have come: the server, what it confirmed, what was last on its way."""

    __tablename__ = "sync_links"

    user_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    server_id: Mapped[UUID] = mapped_column(Identifier)
    pushed_through: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    sending_through: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class CursorRow(LocalBase):
    """Up to where one table of one player was fetched: the server's number, and the row among equal ones."""

    __tablename__ = "sync_cursors"

    user_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    table_name: Mapped[str] = mapped_column(String(63), primary_key=True)
    change_seq: Mapped[int] = mapped_column(BigInteger)
    row_id: Mapped[str] = mapped_column(String(255))


class OutboxRow(LocalBase):
    """What changed here and the server does not have yet.

    `field` is "row" (add it if it is missing), "change" (the whole row), or the field of a session. A newer
    change of the same takes the older one's place, with a new number; no number is ever used twice.
    """

    __tablename__ = "sync_outbox"
    __table_args__ = (
        UniqueConstraint("user_id", "table_name", "row_id", "field"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[str] = mapped_column(String(255))
    table_name: Mapped[str] = mapped_column(String(63))
    row_id: Mapped[str] = mapped_column(String(255))
    field: Mapped[str] = mapped_column(String(63))
