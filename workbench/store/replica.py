"""Reading for insight from a copy of the database, so that long questions don't slow down those who play.

A replica may be some seconds behind; what a player has just changed is therefore read from the database
itself wherever they change it. A replica that can't be asked is left alone for a minute, and the database
answers instead.
"""

import logging
import time
from functools import cache

from sqlalchemy import Engine

from workbench.store.engine import open_engine, status
from workbench.store.errors import StoreError, place_of

log = logging.getLogger(__name__)

ASKED_AGAIN_S = 60.0
"""How long the last answer about a replica holds, good or bad: a server that is gone costs a time-out."""

_checked: dict[str, tuple[float, bool]] = {}


def engine_for_insight(own: Engine, analytics_url: str | None) -> Engine:
    """Where trends, counts and reports are read.

    Parameters
    ----------
    own : the database, where everything is written
    analytics_url : a replica, see FRETCOACH_ANALYTICS_URL; None = there is none

    Returns
    -------
    the replica when it answers and has the tables of this version; else `own`, and the log says why

    Raises
    ------
    StoreError
        for an address that can't be read
    """
    if not analytics_url:
        return own
    replica = _opened(analytics_url)
    asked_at, useful = _checked.get(analytics_url, (-ASKED_AGAIN_S, False))
    if time.monotonic() - asked_at >= ASKED_AGAIN_S:
        useful = _is_useful(replica)
        _checked[analytics_url] = (time.monotonic(), useful)
    return replica if useful else own


@cache
def _opened(url: str) -> Engine:
    return open_engine(url)


def _is_useful(replica: Engine) -> bool:
    try:
        pending = status(replica).pending
    except StoreError as error:
        log.warning("%s Insight is read from the database itself.", error)
        return False
    if pending:
        log.warning(
            "The replica %s lacks %s, so insight is read from the database itself; "
            "run `fretcoach db upgrade` on the server that it copies.",
            place_of(replica.url),
            ", ".join(pending),
        )
    return not pending
