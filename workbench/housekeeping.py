"""What is done once when a program starts: deletions that can no longer be taken back are made good."""

import logging
import re
from pathlib import Path

from workbench.settings import Settings
from workbench.store.errors import StoreError
from workbench.store.repository import Repository
from workbench.user import User

log = logging.getLogger(__name__)

_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def purge_at_start(settings: Settings, repository: Repository, user: User) -> int:
    """Remove for good what the player deleted more than a week ago; how many sessions that were.

    With a central server nothing happens here: the server's clock decides, and `fretcoach sync` brings its
    decision. Never raises: what could not be removed is tried again at the next start.
    """
    if settings.central_url is not None:
        return 0
    try:
        repository.remove_purged(user, _recordings(settings))
        return repository.purge(user)
    except StoreError as error:
        log.warning("deleted sessions of %s could not be removed for good: %s", user.id, error)
        return 0


def _recordings(settings: Settings) -> list[Path]:
    """Files in the folder of recordings that bear the id of a session."""
    files = (settings.data_dir / "recordings").glob("*.flac")
    return [path for path in files if _ID.fullmatch(path.stem)]
