"""Which migrations a database has had, and running those it lacks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from workbench.store.adoption import Adopted, earlier_tables, set_aside, take_over
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
    adopted : what was taken over from the earlier FretCoach; None when there was nothing of it
    """

    applied: tuple[str, ...]
    backup: Path | None
    adopted: Adopted | None = None


def database_status(engine: Engine) -> Status:
    """Compare a database with the migrations of this version; changes nothing."""
    with _connection(engine) as connection:
        return _status(connection)


def upgrade_database(engine: Engine, adopt_in: tzinfo | None = None) -> Upgrade:
    """Bring a database up to date in one transaction, after a copy of the file if it holds sessions.

    Parameters
    ----------
    adopt_in : zone that the times of an earlier FretCoach are read in; None refuses a database of its own
    """
    with _connection(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        status = _status(connection)
        if not status.pending:
            return Upgrade((), None)
        earlier = _earlier_tables(connection, status, adopt_in)
        backup = _copy_of_data(connection, status)
        if connection.dialect.name == "postgresql":
            _prepare_schema(connection, status)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        adopted = take_over(connection, earlier, adopt_in) if earlier and adopt_in else None
        return Upgrade(status.pending, backup, adopted)


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


def _earlier_tables(connection: Connection, status: Status, adopt_in: tzinfo | None) -> tuple[str, ...]:
    """The tables of an earlier FretCoach, renamed; none where there are none."""
    if status.current is not None:
        return ()
    if connection.dialect.name == "sqlite":
        if inspect(connection).has_table("sessions"):
            raise StoreError(
                f"The database {status.place} already holds a table of sessions that this version did not "
                "make; choose an empty database."
            )
        return ()
    tables = earlier_tables(connection)
    if tables and adopt_in is None:
        raise StoreError(
            f"The database {status.place} is an earlier FretCoach's; `fretcoach db upgrade` takes it over."
        )
    set_aside(connection, tables)
    return tables


def _copy_of_data(connection: Connection, status: Status) -> Path | None:
    if connection.dialect.name != "sqlite" or status.current is None:
        return None
    if connection.execute(text("SELECT 1 FROM sessions LIMIT 1")).first() is None:
        return None
    return back_up(Path(str(connection.engine.url.database)), f"revision-{status.current}")
