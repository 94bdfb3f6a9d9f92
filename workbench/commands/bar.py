"""The progress bar of commands that take a while."""

from rich.console import Console
from rich.progress import Progress


def progress_bar() -> Progress:
    """A bar on standard error that leaves nothing behind; none where nobody watches."""
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)
