"""Taking over the tables of the earlier FretCoach on Postgres: no row is lost, no table dropped.

Its tables are renamed to `prototype_...` and their rows copied into ours: sessions as `prototype` says, each
with an analysis of its own; plans as JSON, or `{"text": ...}` where they were none; choices by their names.
Its own programs go on working: they find the two columns that only they know (one of them drops a table that
lacks them), and a trigger gives each session that they store its analysis.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text

from workbench.store.errors import StoreError, place_of
from workbench.store.prototype import adopted_id, adopted_rows
from workbench.store.prototype_clients import keep_clients_working
from workbench.store.roles import OWNER
from workbench.store.schema import SCHEMA, AnalysisRow, Base, SessionRow
from workbench.store.schema_coach import PracticePlanRow, UserConfigRow

_NEEDED = {
    "sessions": {
        "session_id",
        "user_id",
        "start_timestamp",
        "scale_chosen",
        "sensitivity",
        "strictness",
        "total_notes_played",
    },
    "ai_practice_plans": {"practice_id", "user_id", "practice_plan"},
    "user_configs": {"user_id", "enabled_metrics"},
}
"""The earlier tables, and the columns that they are known by."""

_ALSO_KEPT = ("noise_control", "unique_notes_used", "ambient_lighting_used", "device_type")
"""Columns that some of its tables had under the names that ours have."""

_NO_CHOICE = ("user_id", "created_at", "updated_at")
"""Columns of its `user_configs` that hold no setting."""

_PREFIX = "prototype_"
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Adopted:
    """How many rows of the earlier FretCoach were taken over, and which zone its times were read in."""

    sessions: int
    plans: int
    configs: int
    zone: str


def earlier_tables(connection: Connection) -> tuple[str, ...]:
    """The earlier FretCoach's tables in a Postgres that has had none of our migrations.

    Raises
    ------
    StoreError
        where a table has one of our names and is neither ours nor the earlier FretCoach's
    """
    inspector = inspect(connection)
    present = set(inspector.get_table_names(schema=SCHEMA))
    known = []
    for table in sorted(present & {model.name for model in Base.metadata.sorted_tables}):
        columns = {column["name"] for column in inspector.get_columns(table, schema=SCHEMA)}
        if table not in _NEEDED or not _NEEDED[table] <= columns:
            raise StoreError(
                f"The database {place_of(connection.engine.url)} already holds a table {table!r} that "
                "neither this version nor the earlier FretCoach made; choose an empty database."
            )
        known.append(table)
    return tuple(known)


def set_aside(connection: Connection, tables: tuple[str, ...]) -> None:
    """Rename the earlier tables with their indexes and constraints, so that ours find their names free."""
    inspector = inspect(connection)
    for table in tables:
        indexes = {str(index["name"]) for index in inspector.get_indexes(table, schema=SCHEMA)}
        indexes.add(str(inspector.get_pk_constraint(table, schema=SCHEMA)["name"]))
        connection.execute(text(f'ALTER TABLE {SCHEMA}.{table} RENAME TO "{_PREFIX}{table}"'))
        for index in sorted(indexes - {"None"}):
            quoted = index.replace('"', '""')
            connection.execute(text(f'ALTER INDEX {SCHEMA}."{quoted}" RENAME TO "{_PREFIX}{quoted}"'))


def take_over(connection: Connection, tables: tuple[str, ...], zone: tzinfo) -> Adopted:
    """Copy the rows of the tables that were set aside, and lock those up for good.

    Parameters
    ----------
    connection : in the transaction that `set_aside` and all migrations ran in
    zone : what times without a zone are read in

    Raises
    ------
    StoreError
        when a row did not arrive; nothing has happened then
    """
    connection.execute(text("RESET ROLE"))
    for table in tables:
        _lock_up(connection, f"{_PREFIX}{table}")
    connection.execute(text(f"SET LOCAL ROLE {OWNER}"))
    done = dict.fromkeys(_NEEDED, 0)
    for table in (table for table in _COPY if table in tables):
        old = Table(f"{_PREFIX}{table}", MetaData(), schema=SCHEMA, autoload_with=connection)
        if table == "sessions":
            keep_clients_working(connection, old)
        done[table] = _COPY[table](connection, old, zone)
        there = connection.execute(select(func.count()).select_from(old)).scalar_one()
        if there != done[table]:
            raise StoreError(
                f"Of {there} rows of the earlier {table} only {done[table]} could be taken over."
            )
    return Adopted(done["sessions"], done["ai_practice_plans"], done["user_configs"], str(zone))


def _lock_up(connection: Connection, table: str) -> None:
    name = f"{SCHEMA}.{table}"
    connection.execute(text(f"ALTER TABLE {name} OWNER TO {OWNER}"))
    connection.execute(text(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"))
    connection.execute(text(f"CREATE POLICY migrations ON {name} TO {OWNER} USING (true) WITH CHECK (true)"))


def _rows(connection: Connection, old: Table) -> Iterator[Sequence[Mapping[str, Any]]]:
    # One row a session and no notes: years of it are some thousand rows.
    found = [row._asdict() for row in connection.execute(select(old)).all()]
    return (found[first : first + _AT_ONCE] for first in range(0, len(found), _AT_ONCE))


def _copy_sessions(connection: Connection, old: Table, zone: tzinfo) -> int:
    ids = connection.execute(select(old.c.session_id, old.c.user_id)).all()
    twice = {made for made, n in Counter(adopted_id(str(i), u)[0] for i, u in ids).items() if n > 1}
    copied = 0
    for some in _rows(connection, old):
        pairs = [_session(row, zone, twice) for row in some]
        connection.execute(insert(SessionRow), [session for session, _ in pairs])
        connection.execute(insert(AnalysisRow), [analysis for _, analysis in pairs])
        copied += len(pairs)
    return copied


def _session(row: Mapping[str, Any], zone: tzinfo, twice: set[UUID]) -> tuple[dict[str, Any], dict[str, Any]]:
    written = str(row["session_id"])
    if adopted_id(written, row["user_id"])[0] in twice:
        # Two players had the same id; here an id is one session's, so each gets one made of both names.
        session, analysis = adopted_rows({**row, "session_id": f"{written} of {row['user_id']}"}, zone)
        session["legacy_id"] = written
    else:
        session, analysis = adopted_rows(row, zone)
    session |= {name: row[name] for name in _ALSO_KEPT if row.get(name) is not None}
    session |= {name: _choice(session[name]) for name in ("strictness", "sensitivity")}
    return {**dict.fromkeys(_ALSO_KEPT), **session}, analysis


def _choice(written: float | None) -> float:
    # Not every release of it asked for one; the middle is what ours begins with.
    return 0.5 if written is None or not math.isfinite(written) else written


def _copy_plans(connection: Connection, old: Table, zone: tzinfo) -> int:
    sessions = select(SessionRow.session_id, SessionRow.legacy_id, SessionRow.user_id)
    known = {
        (legacy_id or str(session_id), user_id): session_id
        for session_id, legacy_id, user_id in connection.execute(sessions)
    }
    copied = 0
    for some in _rows(connection, old):
        rows = [_plan(row, zone, known) for row in some]
        connection.execute(insert(PracticePlanRow), rows)
        copied += len(rows)
    return copied


def _plan(row: Mapping[str, Any], zone: tzinfo, known: Mapping[tuple[str, str], UUID]) -> dict[str, Any]:
    made = row.get("generated_at") or row.get("created_at")
    executed = row.get("executed_session_id")
    return {
        "practice_id": UUID(str(row["practice_id"])),
        "user_id": row["user_id"],
        "practice_plan": plan_of(row["practice_plan"]),
        "generated_at": func.now() if made is None else _aware(made, zone),
        "executed_session_id": known.get((str(executed), row["user_id"])),
    }


def plan_of(written: Any) -> dict[str, Any]:
    """A plan as JSON: what was written where that is an object both databases can hold; else its text."""
    try:
        plan = json.loads(written, parse_constant=_not_json) if isinstance(written, str) else written
        spelled = json.dumps(plan, ensure_ascii=False)
        spelled.encode()
    except (ValueError, RecursionError):
        return {"text": written}
    # Postgres has no character zero in JSON.
    whole = "\\u0000" not in spelled.replace("\\\\", "")
    return plan if isinstance(plan, dict) and whole else {"text": written}


def _not_json(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")


def _copy_configs(connection: Connection, old: Table, zone: tzinfo) -> int:
    copied = 0
    for some in _rows(connection, old):
        for row in some:
            named = {k: v for k, v in row.items() if k not in _NO_CHOICE and v is not None}
            values = [{"user_id": row["user_id"], "name": name, "value": v} for name, v in named.items()]
            if values:
                connection.execute(insert(UserConfigRow), values)
        copied += len(some)
    return copied


def _aware(moment: Any, zone: tzinfo) -> Any:
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)).astimezone(UTC)


# In this order: a plan names the session in which it was done.
_COPY = {"sessions": _copy_sessions, "ai_practice_plans": _copy_plans, "user_configs": _copy_configs}
