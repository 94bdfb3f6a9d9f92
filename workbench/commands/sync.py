"""`fretcoach sync`: bring the sessions on this device and on the central server together."""

from threading import Event

import rich_click as click
from rich.console import Console
from rich.progress import Progress

from workbench.settings import Settings, SettingsError, load_settings
from workbench.store.engine import opened, upgrade
from workbench.store.errors import StoreError
from workbench.store.sync.loop import keep_in_step
from workbench.store.sync.run import Outcome, Step, Sync


@click.command()
@click.option("--once", is_flag=True, help="Sync one time and end, instead of every minute.")
def sync(once: bool) -> None:
    """Bring your sessions on this device and on the central server together.

    Sends what you did here and fetches what you did elsewhere, every minute until you press Ctrl-C. Without
    the network it waits and tries again; nothing is lost meanwhile. FRETCOACH_CENTRAL_URL says where the
    server is.
    """
    try:
        settings = load_settings()
        if settings.central_url is None:
            raise click.UsageError(
                "There is no central server to sync with; set FRETCOACH_CENTRAL_URL to its address, such as "
                "postgresql://user@host/database."
            )
        _sync(settings, settings.central_url, once)
    except (StoreError, SettingsError) as error:
        raise click.ClickException(str(error)) from error


def _sync(settings: Settings, central_url: str, once: bool) -> None:
    console = Console(soft_wrap=True, markup=False, highlight=False)
    with opened(settings.database_url) as local, opened(central_url) as central:
        upgrade(local)
        both = Sync(local, central, settings.player())
        if once:
            console.print(_sentence(_with_progress(both, console)))
            return
        try:
            keep_in_step(
                lambda: _with_progress(both, console),
                lambda result, pause: console.print(f"{_sentence(result)} Again in {pause:.0f} s."),
                Event(),
            )
        except KeyboardInterrupt:
            console.print(f"Stopped. {_waiting(both.waiting())}")


def _with_progress(both: Sync, console: Console) -> Outcome:
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks = {
            "sending": bars.add_task("Sending", total=None, visible=False),
            "fetching": bars.add_task("Fetching", total=None, visible=False),
        }

        def show(step: Step) -> None:
            bars.update(tasks[step.direction], completed=step.done, total=step.total, visible=True)

        return both.run_once(show)


def _sentence(result: Outcome | StoreError) -> str:
    if isinstance(result, StoreError):
        return str(result)
    return f"Sent {_counted(result.sent)}, received {_counted(result.received)}. {_waiting(result.waiting)}"


def _waiting(count: int) -> str:
    return f"{_counted(count)} still to be sent." if count else "Nothing waits."


def _counted(count: int) -> str:
    return f"{count} change" if count == 1 else f"{count} changes"
