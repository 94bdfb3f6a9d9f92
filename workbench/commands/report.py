"""`fretcoach report`: a week of practice on two pages."""

import logging
import os
import re
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal

import rich_click as click
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Engine

from workbench.printing import PrintError
from workbench.report.many import reports
from workbench.report.run import check_packages
from workbench.report.run import report as one_report
from workbench.report.week import ReportError, Week, parse_week, today
from workbench.settings import SettingsError, load_settings
from workbench.store import queries
from workbench.store.engine import opened, upgrade
from workbench.store.errors import StoreError, place_of
from workbench.store.everybody import players_between
from workbench.store.read import read
from workbench.user import User

Format = Literal["html", "pdf"]


@click.command(name="report")
@click.option("--user", help="The player. Default: the one of your settings.")
@click.option("--week", help="The week, such as 2026-W47. Default: the week before this one.")
@click.option("--format", "kind", type=click.Choice(["html", "pdf"]), default="html", show_default=True)
@click.option("--all-users", is_flag=True, help="Every player who practised in that week.")
@click.option("--scheduler", metavar="ADDRESS", help="Make them on a Dask scheduler: tcp://10.0.0.5:8786.")
def report(user: str | None, week: str | None, kind: Format, all_users: bool, scheduler: str | None) -> None:
    """Write the report of a week into the current folder, as a page to read or a PDF to print.

    Practice time, the four scores against the week before and the month, what improved and what did not, weak
    spots, the best and the worst moment. Without a network, and in two pages.
    """
    if user is not None and all_users:
        raise click.UsageError(
            "--user names one player and --all-users means every player; give one of them."
        )
    asked = _asked(week)
    # It tells of every step of every notebook; the bar says as much.
    logging.getLogger("papermill").setLevel(logging.WARNING)
    try:
        check_packages()
        players = _players(user, asked, all_users)
        if not players:
            Console(highlight=False).print(f"Nobody practised in {asked}.")
        elif all_users or scheduler is not None:
            _write_many(players, asked, kind, scheduler)
        else:
            bar = {"desc": f"Report of {players[0].id}", "unit": "step", "leave": False, "disable": None}
            _written(players[0].id, asked, kind, one_report(players[0].id, str(asked), kind, bar=bar))
    except (ReportError, PrintError, StoreError, SettingsError) as error:
        raise click.ClickException(str(error)) from error


def _asked(week: str | None) -> Week:
    """The week that is meant; bad usage where there is none, or it has not begun."""
    this = Week.of(today())
    try:
        asked = this.before() if week is None else parse_week(week)
    except ReportError as error:
        raise click.UsageError(str(error)) from error
    if asked > this:
        raise click.UsageError(f"{asked} has not begun yet; this week is {this}.")
    return asked


def _players(user: str | None, week: Week, all_users: bool) -> list[User]:
    """Whose reports are wanted; bad usage where nothing is stored for the player."""
    settings = load_settings()
    with opened(settings.database_url) as engine:
        upgrade(engine)
        if all_users:
            return players_between(engine, _midnight(week.monday), _midnight(week.sunday + timedelta(days=1)))
        try:
            player = User(user) if user is not None else settings.player()
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        _check_known(engine, player)
        return [player]


def _check_known(engine: Engine, player: User) -> None:
    if read(engine, player, queries.sessions()).is_empty():
        raise click.UsageError(
            f"Nothing is stored for a player called {player.id!r} in {place_of(engine.url)}; "
            "check the name and FRETCOACH_DATABASE_URL."
        )


def _write_many(players: list[User], week: Week, kind: Format, scheduler: str | None) -> None:
    """Every report, with a bar; those that fail are named when the others are done."""
    failed = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"Reports of {week}", total=len(players))
        for user, made in reports([player.id for player in players], str(week), kind, scheduler):
            if isinstance(made, Exception):
                failed.append(f"{user}: {made}")
            else:
                _written(user, week, kind, made)
            progress.advance(task)
    if failed:
        raise ReportError(f"{len(failed)} of {len(players)} reports could not be made: {' '.join(failed)}")


def _written(user: str, week: Week, kind: Format, content: bytes) -> None:
    """Put a report into the current folder, whole or not at all, and say where."""
    path = Path(f"fretcoach-{_file_name(user)}-{week}.{kind}")
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(content)
        os.replace(unfinished, path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ReportError(f"{path} can't be written here: {error.strerror}.") from error
    Console(soft_wrap=True, markup=False, highlight=False).print(f"Wrote {path}")


def _file_name(user: str) -> str:
    """The player's name as part of a file's name; one that had to change gets a mark of its own."""
    plain = re.sub(r"[^\w.@-]+", "_", user).strip("._")[:60]
    return plain if plain == user else f"{plain}-{sha256(user.encode()).hexdigest()[:8]}"


def _midnight(day: date) -> datetime:
    """The beginning of a day on this computer's clock."""
    return datetime.combine(day, time()).astimezone()
