"""An export into the database: all of it or nothing, each row once.

What is here already stays as it is, so that importing twice changes nothing. A session that was deleted here
stays deleted. Rows belong to the player who imports: those of another player are refused, since a row that
changed hands would stand twice wherever databases are brought together.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from sqlalchemy import Connection, Engine, select

from workbench.store.bulk import insert_new
from workbench.store.columns import Identifier
from workbench.store.schema import SessionRow
from workbench.store.transaction import repeated
from workbench.transfer.manifest import TransferError
from workbench.transfer.opened import Batches, opened_export
from workbench.transfer.tables import ANALYSES, NOTES, OUTCOMES, PLANS, SESSIONS, Part
from workbench.user import User

Advance = Callable[[int], object]
"""Told how many more rows are done."""

_IDS_AT_ONCE = 10_000
"""Ids that are asked for in one question."""


@dataclass
class Imported:
    """What an import did, by table.

    Attributes
    ----------
    new : rows that came in
    known : rows that were here already
    deleted : rows of sessions that were deleted here, left out
    """

    new: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    deleted: Counter[str] = field(default_factory=Counter)


def import_export(engine: Engine, user: User, path: Path, advance: Advance = lambda rows: None) -> Imported:
    """Bring an export in.

    Parameters
    ----------
    engine : the database, up to date
    user : who imports; every row must be theirs
    path : what `export_tables` wrote
    advance : told how many more rows are done

    Raises
    ------
    TransferError : the first thing that is wrong with the export
    StoreError : the database refuses
    """
    with opened_export(path) as export:
        others = [name for name in export.manifest.users if name != user.id]
        if others:
            raise _not_yours(others[0], user)
        return import_batches(engine, user, export.batches, advance)


def import_batches(
    engine: Engine, user: User, batches: Callable[[], Batches], advance: Advance = lambda rows: None
) -> Imported:
    """Bring rows in, in one transaction; parameters, result and errors as for `import_export`.

    Parameters
    ----------
    batches : gives all rows, checked, anew at each call; each row refers only to rows before it
    """
    return repeated(engine, user, lambda connection: _Import(connection, user).run(batches(), advance))


class _Import:
    """One import in one transaction."""

    def __init__(self, connection: Connection, user: User) -> None:
        self._connection, self._user = connection, user
        self._done = Imported()
        self._deleted = _ids(_deleted_here(connection, user))
        self._seen = {
            SESSIONS.name: _ids([]),
            ANALYSES.name: _ids([]),
            PLANS.name: _ids([]),
        }
        self._current = _ids([])

    def run(self, batches: Batches, advance: Advance) -> Imported:
        for part, rows in batches:
            strangers = rows.filter(pl.col("user_id") != self._user.id)
            if not strangers.is_empty():
                raise _not_yours(strangers["user_id"][0], self._user)
            self._check_references(part, rows)
            self._insert(part, rows)
            advance(rows.height)
        dangling = self._current.join(self._seen[ANALYSES.name], on="id", how="anti")
        if not dangling.is_empty():
            raise _dangling(SESSIONS, ANALYSES, dangling["id"][0])
        return self._done

    def _check_references(self, part: Part, rows: pl.DataFrame) -> None:
        """Each row refers to rows that stand before it in the same export."""
        for child, parent, key in (
            (ANALYSES, SESSIONS, "session_id"),
            (NOTES, ANALYSES, "analysis_id"),
            (OUTCOMES, PLANS, "practice_id"),
        ):
            if part is child:
                missing = rows.join(self._seen[parent.name], left_on=key, right_on="id", how="anti")
                if not missing.is_empty():
                    raise _dangling(child, parent, missing[key][0])
        if part.name in self._seen:
            key = next(iter(part.table.primary_key)).name
            self._seen[part.name] = self._seen[part.name].vstack(_ids(rows[key]))
        if part is SESSIONS:
            self._current = self._current.vstack(_ids(rows["current_analysis_id"].drop_nulls()))

    def _insert(self, part: Part, rows: pl.DataFrame) -> None:
        kept = rows
        if part.of_session:
            kept = rows.join(self._deleted, left_on="session_id", right_on="id", how="anti")
        new = insert_new(self._connection, part.table, kept)
        if new < kept.height and len(part.table.primary_key) == 1:
            self._check_mine(part, kept)
        self._done.new[part.name] += new
        self._done.known[part.name] += kept.height - new
        self._done.deleted[part.name] += rows.height - kept.height

    def _check_mine(self, part: Part, rows: pl.DataFrame) -> None:
        """An id that is there already must be this player's, or rows would hang on another's."""
        (key,) = part.table.primary_key
        for some in rows.iter_slices(_IDS_AT_ONCE):
            wanted = [
                Identifier().process_result_value(text, self._connection.dialect) for text in some[key.name]
            ]
            mine = select(key).where(key.in_(wanted), part.table.c.user_id == self._user.id)
            missing = set(wanted) - set(self._connection.execute(mine).scalars())
            if missing:
                raise TransferError(
                    f"The id {missing.pop()} of {part.name} is another player's here: nothing was imported."
                )


def _deleted_here(connection: Connection, user: User) -> list[str]:
    query = select(SessionRow.session_id).where(
        SessionRow.user_id == user.id, SessionRow.deleted_at.is_not(None)
    )
    return [str(session_id) for session_id in connection.execute(query).scalars()]


def _ids(values: list[str] | pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"id": values}, schema={"id": pl.String})


def _not_yours(name: str, user: User) -> TransferError:
    return TransferError(
        f"This export holds sessions of {name}, and you are {user.id}: nothing was imported; "
        f"they stay theirs with --user {name}."
    )


def _dangling(child: Part, parent: Part, key: str) -> TransferError:
    return TransferError(
        f"The export is damaged: {child.name} refer to {key}, which is not among {parent.name}."
    )
