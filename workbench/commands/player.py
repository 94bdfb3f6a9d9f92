"""The player that a command is for."""

import rich_click as click

from workbench.settings import Settings
from workbench.user import User


def player_of(settings: Settings, name: str | None) -> User:
    """The player of that name, by default the one in the settings; a usage error for an empty name."""
    if name is None:
        return settings.player()
    try:
        return User(name)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
