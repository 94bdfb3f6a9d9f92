"""`fretcoach db`: look after the database."""

import rich_click as click
from rich.console import Console

from workbench.settings import SettingsError, load_settings
from workbench.store.engine import opened, status, upgrade
from workbench.store.errors import StoreError


@click.group()
def db() -> None:
    """Look after the database that holds your sessions."""


@db.command(name="upgrade")
def db_upgrade() -> None:
    """Bring the database up to date.

    A SQLite file that holds sessions is copied first; the copy stays beside it.
    """
    try:
        with opened(load_settings().database_url) as engine:
            done = upgrade(engine)
            place = status(engine).place
    except (StoreError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    console = _console()
    if not done.applied:
        console.print(f"{place} is up to date.")
        return
    if done.backup is not None:
        console.print(f"Copied to {done.backup}")
    console.print(f"{place}: applied {', '.join(done.applied)}.")


@db.command(name="status")
def db_status() -> None:
    """Say where the database is and what it lacks."""
    try:
        with opened(load_settings().database_url) as engine:
            found = status(engine)
    except (StoreError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    console = _console()
    console.print(f"Database: {found.place}")
    console.print(f"Version: {found.current or 'none yet'}")
    if found.pending:
        console.print(f"Pending: {', '.join(found.pending)} (run `fretcoach db upgrade`)")
    else:
        console.print("Pending: nothing")


def _console() -> Console:
    # A path must come out whole, so that it can be copied.
    return Console(soft_wrap=True, markup=False, highlight=False)
