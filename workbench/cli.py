"""`fretcoach`: the command line. Every package registers its own commands in the group `fretcoach.commands`.

Exit status: 0 done, 1 failed, 2 bad usage, 130 interrupted. An error is one sentence on standard error.
"""

import logging
import sys
from importlib.metadata import entry_points, version

import rich_click as click
from click.exceptions import NoArgsIsHelpError

from workbench.settings import SettingsError, load_settings

GROUP = "fretcoach.commands"
DISTRIBUTION = "fretcoach-workbench"


class Commands(click.RichGroup):
    """Loads a command when it is asked for, so that no command pays for the others' imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands that the installed packages announce."""
        return sorted(point.name for point in entry_points(group=GROUP))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        found = [point for point in entry_points(group=GROUP) if point.name == cmd_name]
        return found[0].load() if found else None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version(DISTRIBUTION), prog_name="fretcoach")
def fretcoach() -> None:
    """Practise the guitar with a listener that is honest: hears each note, keeps each session."""
    try:
        settings = load_settings()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    logging.basicConfig(level=settings.log_level, format="%(levelname)s %(name)s: %(message)s")
    # Tells of every plug-in and every migration; what matters of that, `db upgrade` says itself.
    logging.getLogger("alembic").setLevel(logging.WARNING)


def main() -> None:
    """Entry point of the command line."""
    try:
        status = fretcoach.main(standalone_mode=False)
    except NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.ClickException as error:
        click.echo(f"Error: {error.format_message()}", err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)
