"""`fretcoach demo-data`: a made-up history to look at or to measure with, and its removal."""

from datetime import UTC, datetime, timedelta

import rich_click as click
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Engine

from workbench.demo.crowd_history import Crowd, store_crowd, stored_players
from workbench.demo.history import plan_history, store_history
from workbench.demo.players import DEMO_PLAYERS
from workbench.settings import SettingsError, load_settings
from workbench.store.engine import opened, upgrade
from workbench.store.errors import StoreError
from workbench.store.repository import Repository

_NAMED = len(DEMO_PLAYERS)


@click.command(name="demo-data")
@click.option(
    "--users", type=click.IntRange(1, 9999), default=_NAMED, show_default=True, help="How many players."
)
@click.option(
    "--weeks", type=click.IntRange(1, 520), default=26, show_default=True, help="Weeks until yesterday."
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32),
    default=1,
    show_default=True,
    help="Another number, another history.",
)
@click.option(
    "--sessions", type=click.IntRange(1, 10_000), help="Exactly so many for each player, to measure with."
)
@click.option("--notes", type=click.IntRange(1, 100_000), help="Exactly so many in each session.")
@click.option("--remove", is_flag=True, help="Take all demo sessions away instead.")
def demo_data(
    *, users: int, weeks: int, seed: int, sessions: int | None, notes: int | None, remove: bool
) -> None:
    """Fill the pages with a made-up practice history.

    The players are called demo-ada, demo-ben and demo-cleo, and from the fourth on demo-0004 and so on;
    nothing of yours is touched, and running this again replaces the demo. The notes are drawn at random; the
    scores are computed from them as for a real session. From the fourth player on, and with --sessions or
    --notes, intervals are approximate, and a million notes take seconds.
    """
    try:
        with opened(load_settings().database_url) as engine:
            upgrade(engine)
            removed = Repository(engine).erase_demo(reversed(stored_players(engine)))
            said = f"Removed {_counted(removed, 'demo session')}."
            if not remove:
                bulk = sessions is not None or notes is not None
                named = 0 if bulk else min(users, _NAMED)
                last = datetime.now(UTC).date() - timedelta(days=1)
                first = last - timedelta(weeks=weeks) + timedelta(days=1)
                crowd = Crowd(range(named, users), first, last, sessions, notes, seed)
                said = _made(engine, named, weeks, crowd)
    except (StoreError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    Console(highlight=False).print(said, soft_wrap=True)


def _made(engine: Engine, named: int, weeks: int, crowd: Crowd) -> str:
    plans = plan_history(named, weeks, crowd.seed) if named else []
    with Progress(transient=True) as progress:
        if plans:
            task = progress.add_task("Playing", total=len(plans))
            store_history(Repository(engine), plans, lambda: progress.advance(task))
        task = progress.add_task("Players", total=len(crowd.players))
        sessions = len(plans) + store_crowd(engine, crowd, lambda: progress.advance(task))
    return f"Made {_counted(sessions, 'demo session')} over {_counted(weeks, 'week')} for {_names(crowd)}."


def _names(crowd: Crowd) -> str:
    users = crowd.players.stop
    names = ", ".join(player.user.id for player in DEMO_PLAYERS[:users])
    return names if users <= _NAMED else f"{names} and {_counted(users - _NAMED, 'other')}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
