"""Which migrations a database has had, and running those it lacks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from workbench.store.backup import back_up
from workbench.store.errors import DRIVER_ERRORS, StoreError, place_of, sentence
from workbench.store.roles import act_as_owner
from workbench.store.schema import SCHEMA

_UPGRADE_LOCK = 7_366_736
"""Key of the Postgres advisory lock that lets one process upgrade at a time; any constant would do."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far a database is.

    Attributes
    ----------
    place : the file, or server and database
    current : newest migration it has had; None for a database without tables
    pending : migrations it lacks, in order
    """

    place: str
    current: str | None
    pending: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade did.

    Attributes
    ----------
    applied : migrations that were run
    backup : copy of the file from before; None when there was nothing to keep or the database is Postgres
    """

    applied: tuple[str, ...]
    backup: Path | None


def database_status(engine: Engine) -> Status:
    """Compare a database with the migrations of this version; changes nothing."""
    with _connection(engine) as connection:
        return _status(connection)


def upgrade_database(engine: Engine) -> Upgrade:
    """Bring a database up to date in one transaction, after a copy of the file if it holds sessions."""
    with _connection(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        status = _status(connection)
        if not status.pending:
            return Upgrade((), None)
        if status.current is None:
            _refuse_foreign_tables(connection, status)
        backup = _copy_of_data(connection, status)
        if connection.dialect.name == "postgresql":
            _prepare_schema(connection, status)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return Upgrade(status.pending, backup)


def _prepare_schema(connection: Connection, status: Status) -> None:
    # Postgres asks for the right to make a schema even where it is there already.
    if status.current is None:
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    act_as_owner(connection)


@contextmanager
def _connection(engine: Engine) -> Iterator[Connection]:
    try:
        with engine.begin() as connection:
            yield connection
    except DRIVER_ERRORS as error:
        raise StoreError(sentence(error, engine.url)) from error


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "workbench.store:migrations")
    # Without this Alembic warns about how a list of folders is split, though there is only one.
    config.set_main_option("path_separator", "os")
    return config


def _schema(connection: Connection) -> str | None:
    return SCHEMA if connection.dialect.name == "postgresql" else None


def _status(connection: Connection) -> Status:
    place = place_of(connection.engine.url)
    context = MigrationContext.configure(connection, opts={"version_table_schema": _schema(connection)})
    current = context.get_current_revision()
    oldest_first = [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()][
        ::-1
    ]
    if current is not None and current not in oldest_first:
        raise StoreError(
            f"The database {place} was made by a newer FretCoach (it is at {current}, this version "
            f"knows up to {oldest_first[-1]}); update FretCoach."
        )
    done = 0 if current is None else oldest_first.index(current) + 1
    return Status(place, current, tuple(oldest_first[done:]))


def _refuse_foreign_tables(connection: Connection, status: Status) -> None:
    if inspect(connection).has_table("sessions", schema=_schema(connection)):
        raise StoreError(
            f"The database {status.place} already holds a table of sessions that this version did not make; "
            "choose an empty database."
        )


def _copy_of_data(connection: Connection, status: Status) -> Path | None:
    if connection.dialect.name != "sqlite" or status.current is None:
        return None
    if connection.execute(text("SELECT 1 FROM sessions LIMIT 1")).first() is None:
        return None
    return back_up(Path(str(connection.engine.url.database)), f"revision-{status.current}")
