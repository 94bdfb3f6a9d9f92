"""Writing rows that may be there already: added, or brought up to date in place."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; of a player's own row whose primary key is there, overwrite the columns that are given.

    Another player's row stays as it is: Postgres refuses the statement, SQLite leaves the new row out.

    Parameters
    ----------
    connection : inside a transaction that is bound to the player whose rows these are
    table : with `user_id`, such as `UserConfigRow.__table__`
    rows : columns by name, the primary key among them, the same columns in each row
    """
    if not rows:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    keys = [key.name for key in table.primary_key]
    given = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    mine = table.c.user_id == statement.excluded.user_id
    written = statement.on_conflict_do_update(index_elements=keys, set_=given, where=mine)
    connection.execute(written, list(rows))
