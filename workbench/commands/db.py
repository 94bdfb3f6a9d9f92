"""`fretcoach db`: look after the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import rich_click as click
from rich.console import Console
from rich.progress import Progress as Bar
from sqlalchemy import Engine

from workbench.settings import Settings, SettingsError, load_settings
from workbench.store.backup import save
from workbench.store.engine import opened, status, upgrade
from workbench.store.errors import StoreError
from workbench.store.restore import restore
from workbench.store.standing import lacking_roles, not_sent
from workbench.store.versions import Status


@click.group()
def db() -> None:
    """Look after the database that holds your sessions."""


@db.command(name="upgrade")
@click.option(
    "--zone",
    default="UTC",
    show_default=True,
    help="Time zone that an earlier FretCoach wrote its times in, such as Europe/Berlin.",
)
def db_upgrade(zone: str) -> None:
    """Bring the database up to date.

    A SQLite file that holds sessions is copied first; the copy stays beside it. A Postgres database of the
    earlier FretCoach is taken over: every row is copied, its tables stay under the names prototype_...
    """
    try:
        with opened(load_settings().database_url) as engine:
            done = upgrade(engine, _zone(zone))
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
    if done.adopted is not None:
        taken = done.adopted
        console.print(
            f"Taken over from the earlier FretCoach: {taken.sessions} sessions, {taken.plans} plans, "
            f"{taken.configs} settings; its times were read in {taken.zone}, its tables are now prototype_..."
        )


@db.command(name="status")
def db_status() -> None:
    """Say where the database is and what it lacks; the same of the central server, if you have one."""
    try:
        settings = load_settings()
        with opened(settings.database_url) as engine:
            found = status(engine)
            roles = lacking_roles(engine)
            central = _central(settings, engine, found)
    except (StoreError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    console = _console()
    console.print(f"Database: {found.place}")
    console.print(f"Version: {found.current or 'none yet'}")
    if roles:
        console.print(f"Roles missing: {', '.join(roles)}")
    if found.pending:
        console.print(f"Pending: {', '.join(found.pending)} (run `fretcoach db upgrade`)")
    else:
        console.print("Pending: nothing")
    for line in central:
        console.print(line)


def _central(settings: Settings, local: Engine, found: Status) -> list[str]:
    """What there is to say about the server that this database is synced with."""
    if settings.central_url is None:
        return []
    lines = []
    if local.dialect.name == "sqlite" and not found.pending:
        count = not_sent(local, settings.player())
        lines.append(f"Not sent yet: {count} change{'' if count == 1 else 's'} of {settings.user}")
    try:
        with opened(settings.central_url) as server:
            there, roles = status(server), lacking_roles(server)
    except StoreError as error:
        return [*lines, f"Central server: {error}"]
    behind = f"lacks {', '.join(there.pending)}" if there.pending else "is up to date"
    lines.append(f"Central server: {there.place} {behind}")
    if roles:
        lines.append(f"Central server lacks the roles {', '.join(roles)}")
    return lines


@db.command(name="backup")
@click.argument("file", type=click.Path(path_type=Path))
def db_backup(file: Path) -> None:
    """Write a backup of everything but the recordings to FILE, while FretCoach goes on.

    The file restores to SQLite and to Postgres alike.
    """
    try:
        with opened(load_settings().database_url) as engine, _progress("Saving") as progress:
            save(engine, file, progress)
    except (StoreError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    _console().print(f"Saved to {file} ({file.stat().st_size / 1e6:.1f} MB).")


@db.command(name="restore")
@click.argument("file", type=click.Path(path_type=Path))
def db_restore(file: Path) -> None:
    """Replace everything in the database by the backup FILE.

    What was there is kept as another backup, so that this can be taken back.
    """
    try:
        settings = load_settings()
        with opened(settings.database_url) as engine, _progress("Restoring") as progress:
            done = restore(engine, file, settings.data_dir / "backups", progress)
            place = status(engine).place
    except (StoreError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    console = _console()
    if done.kept is not None:
        console.print(f"What was there before is in {done.kept}")
    console.print(f"{place}: restored {done.sessions} sessions with {done.notes} notes.")


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], object]]:
    """A bar on the terminal while something takes long; nothing of it stays."""
    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise click.BadParameter(
            f"{name!r} is no time zone; write one such as Europe/Berlin or UTC.", param_hint="--zone"
        ) from error


def _console() -> Console:
    # A path must come out whole, so that it can be copied.
    return Console(soft_wrap=True, markup=False, highlight=False)
