"""One player's file and a central server, brought together."""

import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Engine

from workbench.store.engine import status
from workbench.store.errors import StoreError
from workbench.store.repository import Repository
from workbench.store.sync import outbox
from workbench.store.sync.pull import pull_pages
from workbench.store.sync.push import push_batch
from workbench.store.transaction import transaction
from workbench.user import User

_SET_RIGHT = 5
"""How often a device may find that it is out of step before it sends anything; twice is the most it needs."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is: `done` of `total` changes sent or fetched."""

    direction: Literal["sending", "fetching"]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did.

    Attributes
    ----------
    sent : changes that the server took
    received : rows that are new or different here
    waiting : changes of this device that the server still lacks
    """

    sent: int
    received: int
    waiting: int


Progress = Callable[[Step], None]


def _silent(_: Step) -> None:
    return


class Sync:
    """Brings one player's rows in step with a server; may be broken off anywhere and run again.

    Parameters
    ----------
    local : the device's own SQLite file, up to date
    central : the server
    user : whose rows; the server gives and takes no others
    name : what the server calls this device in its list

    Raises
    ------
    StoreError
        from every method: a server that can't be reached, that lacks a migration or has one that is not known
        here, a row that belongs to another player
    """

    def __init__(self, local: Engine, central: Engine, user: User, name: str = "") -> None:
        if local.dialect.name != "sqlite":
            raise StoreError("Your database is a Postgres server already; only a SQLite file is synced.")
        self._local = local
        self._central = central
        self._user = user
        self._name = name or platform.node()

    def run_once(self, progress: Progress = _silent) -> Outcome:
        """Send what waits, then fetch what is new."""
        self._check_version()
        sent = self.push(progress)
        # What was deleted a week ago by the server's clock goes there, and by this pull here.
        Repository(self._central).purge(self._user)
        received = self.pull(progress)
        return Outcome(sent, received, self.waiting())

    def push(self, progress: Progress = _silent) -> int:
        """Send what waits; how many changes the server took."""
        sent = set_right = 0
        while (count := push_batch(self._local, self._central, self._user, self._name)) is not None:
            set_right = 0 if count else set_right + 1
            if set_right > _SET_RIGHT:
                raise StoreError("This device and the server don't agree on what was sent; try again later.")
            sent += count
            progress(Step("sending", sent, sent + self.waiting()))
        return sent

    def pull(self, progress: Progress = _silent) -> int:
        """Fetch what is new; how many rows are new or different here."""
        received = done = 0
        for size, left, changed in pull_pages(self._local, self._central, self._user):
            received += changed
            done += size
            progress(Step("fetching", done, done - size + left))
        return received

    def waiting(self) -> int:
        """How many changes of this device the server lacks."""
        with transaction(self._local, self._user) as here:
            return outbox.waiting(here, self._user)

    def _check_version(self) -> None:
        found = status(self._central)
        if found.pending:
            raise StoreError(
                f"The central database {found.place} is behind this FretCoach; run `fretcoach db upgrade` "
                "with FRETCOACH_DATABASE_URL set to its address."
            )
