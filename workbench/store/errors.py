"""What can go wrong with the store, each as one sentence that a player can act on."""

import sqlite3

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError


class StoreError(Exception):
    """The store can't do what was asked; the message is one sentence and holds no password."""


def place_of(url: URL) -> str:
    """The address as a person may see it: the file, or server and database without user and password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    host = url.host or url.query.get("host") or "the local socket"
    port = f":{url.port}" if url.port else ""
    return f"{host}{port}/{url.database or ''}"


_SQLITE_SENTENCES = (
    (
        ("readonly", "read-only"),
        "The database {place} is read-only; allow writing to the file and its folder.",
    ),
    (("locked", "busy"), "The database {place} is locked by another program; close it and try again."),
    (
        ("not a database", "malformed"),
        "The file {place} is not a FretCoach database, or it is damaged; "
        "choose another file or restore a backup.",
    ),
    (("full",), "There is no room left on the disk for {place}; free some space and try again."),
    (
        ("unable to open", "failed to open"),
        "The database {place} can't be opened; check that its folder exists and is yours.",
    ),
    (("no such table", "no such column"), "The database {place} lacks a table; run `fretcoach db upgrade`."),
)

_POSTGRES_SENTENCES = (
    (
        ("certificate", "does not match host name"),
        "Postgres at {place} could not prove that it is the right server; check sslmode and sslrootcert.",
    ),
    (
        ("permission denied to set role", "permission denied to set parameter"),
        "The login at {place} is not in a role that this needs ({cause}); an administrator can GRANT it.",
    ),
    (
        ('role "fretcoach_',),
        "Postgres at {place} lacks the roles that rows belong to; run `fretcoach db upgrade`.",
    ),
    (
        ("permission denied", "must be owner", "row-level security"),
        "Postgres at {place} refused what this login may not do: {cause}.",
    ),
    (
        ("duplicate key",),
        "Postgres at {place} has a row with this id already: another player's, or stored a moment ago.",
    ),
    (
        ("could not serialize", "deadlock detected"),
        "Others changed the same rows of Postgres at {place} at the same time, again and again; try later.",
    ),
    (
        ("password authentication", "no password supplied", 'role "'),
        "Postgres at {place} refused the user name or password; check FRETCOACH_DATABASE_URL.",
    ),
    (
        ("does not exist",),
        "Postgres at {place} lacks what was asked for; check the database's name "
        "and run `fretcoach db upgrade`.",
    ),
    (("no space left", "disk full"), "The disk of the Postgres server at {place} is full; free some space."),
    (("read-only",), "Postgres at {place} only allows reading; write to the primary server."),
    (
        ("connection", "server closed", "timeout expired", "resolve host", "could not translate"),
        "Postgres at {place} can't be reached; check that the server runs and the address is right.",
    ),
)


def sentence(error: BaseException, url: URL) -> str:
    """The plain sentence for an error of a database driver.

    Parameters
    ----------
    error : from sqlite3, psycopg, ADBC or SQLAlchemy
    url : the database that was asked; its password is not repeated
    """
    cause: BaseException = error
    if isinstance(error, DBAPIError) and error.orig is not None:
        cause = error.orig
    text = str(cause).lower()
    place = place_of(url)
    for words, answer in _SQLITE_SENTENCES if url.get_backend_name() == "sqlite" else _POSTGRES_SENTENCES:
        if any(word in text for word in words):
            return answer.format(place=place, cause=_first_line(cause))
    return f"The database {place} refused: {_first_line(cause)}."


def _first_line(cause: BaseException) -> str:
    first_line = str(cause).splitlines()[0] if str(cause) else type(cause).__name__
    return first_line.rstrip(".")


DRIVER_ERRORS: tuple[type[Exception], ...] = (SQLAlchemyError, sqlite3.Error)
"""What `sentence` is made for."""
