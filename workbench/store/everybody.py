"""Who has practised: the one question that is not about a single player.

It tells names only. On Postgres it is asked as the role `fretcoach_report`, which sees every player's rows
and writes none; a SQLite file is its owner's.
"""

from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError, ProgrammingError

from workbench.store.errors import StoreError, place_of, sentence
from workbench.store.roles import REPORT, SET_REPORT
from workbench.store.schema import SessionRow
from workbench.user import User


def players_between(engine: Engine, since: datetime, until: datetime) -> list[User]:
    """The players with a finished session that began in a span of time, by name.

    Parameters
    ----------
    since, until : aware; `until` is not in it

    Raises
    ------
    StoreError
        when the database can't be read, or the login may not see others' sessions
    """
    query = (
        select(SessionRow.user_id)
        .where(SessionRow.start_timestamp >= since, SessionRow.start_timestamp < until)
        .where(SessionRow.end_timestamp.is_not(None), SessionRow.deleted_at.is_(None))
        .distinct()
        .order_by(SessionRow.user_id)
    )
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(SET_REPORT)
            return [User(name) for name in connection.execute(query).scalars()]
    except ProgrammingError as error:
        raise StoreError(
            f"Your login at {place_of(engine.url)} may not see the sessions of every player; ask for one "
            f"player, or let an administrator run: GRANT {REPORT} TO your login."
        ) from error
    except DBAPIError as error:
        raise StoreError(sentence(error, engine.url)) from error
