"""Column types that mean the same on SQLite and on Postgres.

SQLite has no time zone, no UUID and no JSON of its own, and Postgres stores NaN: these types close the gaps,
so that the same value comes back from both.
"""

import math
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, DateTime, Double, String
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from uuid_utils import compat


def new_id() -> UUID:
    """A fresh UUIDv7: made on the device, unique everywhere, roughly in order of time."""
    # The plain uuid_utils type is refused by psycopg; compat gives the standard library's.
    return compat.uuid7()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC.

    SQLite drops the zone of a time silently, so naive values are refused and UTC is put back on reading.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"The time {value} has no zone; give an aware time, such as datetime.now(UTC).")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Identifier(TypeDecorator[UUID]):
    """A UUID: native on Postgres, its 36 characters on SQLite, so that both read the same as text."""

    impl = String(36)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID(as_uuid=True))
        return dialect.type_descriptor(String(36))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> UUID | str | None:
        return value if value is None or dialect.name == "postgresql" else str(value)

    def process_result_value(self, value: UUID | str | None, dialect: Dialect) -> UUID | None:
        return UUID(value) if isinstance(value, str) else value


class Finite(TypeDecorator[float]):
    """A double that is a number: NaN and infinity become null, as they mean "could not be measured"."""

    impl = Double
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:
        return None if value is None or not math.isfinite(value) else float(value)


def json_column() -> TypeEngine[Any]:
    """JSON text on SQLite, JSONB on Postgres; None is SQL's null and not JSON's."""
    return JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
