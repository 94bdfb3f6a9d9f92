"""The archive that a page reads.

The engine is one a process, made at the first question; SQLAlchemy's pool is safe to share between the tabs.
"""

from functools import cache

from sqlalchemy import Engine

from workbench.archive import Archive
from workbench.housekeeping import purge_at_start
from workbench.settings import load_settings
from workbench.store.engine import open_engine, upgrade
from workbench.store.replica import engine_for_insight
from workbench.store.repository import Repository
from workbench.user import User


@cache
def engine_for(url: str) -> Engine:
    """The process's engine for a database, brought up to date when it is first opened."""
    engine = open_engine(url)
    upgrade(engine)
    return engine


@cache
def _tidied(user: User, url: str) -> Engine:
    """That engine, after what the player deleted long ago has been removed for good."""
    engine = engine_for(url)
    purge_at_start(load_settings(), Repository(engine), user)
    return engine


def archive_of(user: User) -> Archive:
    """What the database of the settings keeps of a player."""
    return Archive(user, _tidied(user, load_settings().database_url))


def insight_of(user: User) -> Archive:
    """The same, read from the replica of the settings where there is one that answers."""
    settings = load_settings()
    own = engine_for(settings.database_url)
    return Archive(user, own, engine_for_insight(own, settings.analytics_url))
