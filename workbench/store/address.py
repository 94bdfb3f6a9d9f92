"""Where a database is: one spelling from the player, one for SQLAlchemy, one for libpq, one for people."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from workbench.store.errors import StoreError

_POSTGRES_SPELLINGS = ("postgres", "postgresql", "postgresql+psycopg")


def parse_address(text: str) -> URL:
    """The SQLAlchemy address of a database.

    Parameters
    ----------
    text : "sqlite:///folder/file.sqlite", "postgresql://user@host/name" or "postgres://..."

    Raises
    ------
    StoreError
        for any other form; the text itself is not repeated, since it may hold a password
    """
    try:
        url = make_url(text)
    except ArgumentError:
        raise StoreError(
            "The database address can't be read; allowed are sqlite:///path/to/file.sqlite and "
            "postgresql://user:password@host/database (a file needs the sqlite:/// in front)."
        ) from None
    if url.drivername in _POSTGRES_SPELLINGS:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return url.set(database=str(Path(url.database).expanduser().absolute()))
    if url.drivername == "sqlite":
        raise StoreError("The database address names no file; write sqlite:///path/to/file.sqlite.")
    raise StoreError(f"Databases of the kind {url.drivername!r} are not known; use sqlite or postgresql.")


def libpq_address(url: URL) -> str:
    """The address as libpq (and so ADBC) reads it, password included: never log it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
