"""Days as the player lives them: in the local zone of the machine that serves the pages."""

from datetime import date, datetime


def local(moment: datetime) -> datetime:
    """The moment on the player's clock."""
    return moment.astimezone()


def today() -> date:
    """The player's date."""
    return datetime.now().astimezone().date()
