"""`fretcoach import`: an export, or the earlier FretCoach's sessions, into the database."""

from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import rich_click as click
from rich.console import Console
from sqlalchemy import Engine

from workbench.commands.bar import progress_bar
from workbench.commands.export import counted
from workbench.commands.player import player_of
from workbench.settings import SettingsError, load_settings
from workbench.store.engine import opened, upgrade
from workbench.store.errors import StoreError
from workbench.transfer.earlier import is_earlier, read_earlier
from workbench.transfer.importing import Imported, import_batches, import_export
from workbench.user import User


@click.command(name="import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--user", default=None, help="Whose sessions; by default FRETCOACH_USER, else your login name.")
@click.option(
    "--zone",
    default=None,
    metavar="ZONE",
    help='Time zone of the earlier FretCoach, such as "Europe/Berlin"; by default this computer\'s.',
)
def import_(path: Path, user: str | None, zone: str | None) -> None:
    """Bring sessions in.

    PATH is what `fretcoach export` wrote as CSV, JSON or Parquet, or a CSV file of the earlier FretCoach's
    table of sessions. All of it comes in or nothing; what is here already stays as it is.
    """
    where = _zone(zone)
    try:
        settings = load_settings()
        player = player_of(settings, user)
        with opened(settings.database_url) as engine:
            upgrade(engine)
            done = _brought(engine, player, path, where)
    except (StoreError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    console = Console(soft_wrap=True, markup=False, highlight=False)
    console.print(f"Imported for {player.id}: {counted(done.new)}")
    if done.known.total():
        console.print(f"Here already: {counted(done.known)}")
    if done.deleted["sessions"]:
        console.print(f"Left out, since you deleted them here: {counted(done.deleted)}")


def _brought(engine: Engine, player: User, path: Path, zone: tzinfo | None) -> Imported:
    with progress_bar() as progress:
        task = progress.add_task("Importing", total=None)
        if is_earlier(path):
            return import_batches(engine, player, lambda: read_earlier(path, zone))
        return import_export(engine, player, path, lambda rows: progress.advance(task, rows))


def _zone(name: str | None) -> tzinfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise click.UsageError(
            f'There is no time zone {name!r}; write one such as "Europe/Berlin".'
        ) from error
