"""`fretcoach demo-data`: a made-up history to look at, and its removal."""

import rich_click as click
from rich.console import Console
from rich.progress import Progress

from workbench.demo.history import plan_history, store_history
from workbench.demo.players import DEMO_PLAYERS
from workbench.settings import SettingsError, load_settings
from workbench.store.engine import opened, upgrade
from workbench.store.errors import StoreError
from workbench.store.repository import Repository


@click.command(name="demo-data")
@click.option(
    "--users",
    type=click.IntRange(1, len(DEMO_PLAYERS)),
    default=len(DEMO_PLAYERS),
    show_default=True,
    help="How many players.",
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
@click.option("--remove", is_flag=True, help="Take all demo sessions away instead.")
def demo_data(users: int, weeks: int, seed: int, remove: bool) -> None:
    """Fill the pages with a made-up practice history.

    The players are called demo-ada, demo-ben and demo-cleo; nothing of yours is touched, and running this
    again replaces the demo. The notes are drawn at random; the scores are computed from them as for a real
    session.
    """
    try:
        with opened(load_settings().database_url) as engine:
            upgrade(engine)
            repository = Repository(engine)
            said = _removed(repository) if remove else _made(repository, users, weeks, seed)
    except (StoreError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    Console(highlight=False).print(said)


def _removed(repository: Repository) -> str:
    return (
        f"Removed {_counted(repository.erase_demo(player.user for player in DEMO_PLAYERS), 'demo session')}."
    )


def _made(repository: Repository, users: int, weeks: int, seed: int) -> str:
    plans = plan_history(users, weeks, seed)
    with Progress(transient=True) as progress:
        task = progress.add_task("Playing", total=len(plans))
        store_history(repository, plans, lambda: progress.advance(task))
    names = ", ".join(player.user.id for player in DEMO_PLAYERS[:users])
    return f"Made {_counted(len(plans), 'demo session')} over {_counted(weeks, 'week')} for {names}."


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
