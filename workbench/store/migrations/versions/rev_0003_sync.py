"""Numbers for every change, and what a device needs to send and fetch them.

On Postgres one transaction has one number for each player: the counter row is locked until the commit, so a
higher number is always committed later, and a bulk insert touches the counter once. On SQLite every row has
its own number, and triggers keep the outbox.
"""

# ruff: noqa: S608  every name in these statements is one of the constants below

import sqlalchemy as sa
from alembic import op

from workbench.store.columns import Identifier, new_id
from workbench.store.migrations.target import schema
from workbench.store.schema import SCHEMA

revision = "0003"
down_revision = "0002"

_KEYS = {
    "sessions": "session_id",
    "analyses": "analysis_id",
    "ai_practice_plans": "practice_id",
    "plan_outcomes": "outcome_id",
    "user_configs": "name",
    "practice_items": "item_id",
    "coach_messages": "message_id",
}
_TIMED = ("sessions", "user_configs")
_INDEXED = ("sessions", "analyses")
_LOCAL = ("sync_outbox", "sync_cursors", "sync_links", "sync_device")

_NUMBER = f"""
CREATE FUNCTION {SCHEMA}.number_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('fretcoach.numbered_user', true) = NEW.user_id THEN
        NEW.change_seq := current_setting('fretcoach.number')::bigint;
        RETURN NEW;
    END IF;
    INSERT INTO {SCHEMA}.sync_heads AS heads (user_id, head) VALUES (NEW.user_id, 1)
        ON CONFLICT (user_id) DO UPDATE SET head = heads.head + 1
        RETURNING heads.head INTO NEW.change_seq;
    PERFORM set_config('fretcoach.numbered_user', NEW.user_id, true),
        set_config('fretcoach.number', NEW.change_seq::text, true);
    RETURN NEW;
END
$$
"""

_STAMP = f"""
CREATE FUNCTION {SCHEMA}.stamp_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := clock_timestamp();
    RETURN NEW;
END
$$
"""


def upgrade() -> None:
    """Number what is there, then let triggers number what comes."""
    _number_the_past()
    for table in _INDEXED:
        op.create_index(f"idx_{table}_user_id_change_seq", table, ["user_id", "change_seq"], schema=schema())
    _server()
    if schema():
        _postgres_triggers()
        return
    _local_tables()
    for table, key in _KEYS.items():
        _sqlite_numbers(table, key)
    _sqlite_outbox()
    _send_the_past()


def downgrade() -> None:
    """Take it away again; numbers stay."""
    if schema():
        for function in ("number_change", "stamp_update"):
            op.execute(f"DROP FUNCTION {SCHEMA}.{function}() CASCADE")
    else:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in op.get_bind().execute(sa.text(triggers)).all():
            op.execute(f"DROP TRIGGER {name}")
        for table in _LOCAL:
            op.drop_table(table)
    op.drop_table("sync_server", schema=schema())
    for table in _INDEXED:
        op.drop_index(f"idx_{table}_user_id_change_seq", table, schema=schema())


def _number_the_past() -> None:
    prefix = f"{schema()}." if schema() else ""
    users = " UNION ".join(f"SELECT user_id FROM {prefix}{table}" for table in _KEYS)
    op.execute(
        f"INSERT INTO {prefix}sync_heads (user_id, head) SELECT user_id, 1 FROM ({users}) AS players"
        f" WHERE user_id NOT IN (SELECT user_id FROM {prefix}sync_heads)"
    )
    for table in _KEYS:
        op.execute(f"UPDATE {prefix}{table} SET change_seq = 1 WHERE change_seq = 0")


def _server() -> None:
    made = op.create_table(
        "sync_server",
        sa.Column("server_id", Identifier, nullable=False),
        sa.PrimaryKeyConstraint("server_id", name="sync_server_pkey"),
        schema=schema(),
    )
    op.bulk_insert(made, [{"server_id": new_id()}])


def _postgres_triggers() -> None:
    op.execute(_NUMBER)
    op.execute(_STAMP)
    for table in _KEYS:
        op.execute(
            f"CREATE TRIGGER number_change BEFORE INSERT OR UPDATE ON {SCHEMA}.{table}"
            f" FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.number_change()"
        )
    for table in _TIMED:
        op.execute(
            f"CREATE TRIGGER stamp_update BEFORE INSERT OR UPDATE ON {SCHEMA}.{table}"
            f" FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.stamp_update()"
        )


def _local_tables() -> None:
    device = op.create_table(
        "sync_device",
        sa.Column("device_id", Identifier, nullable=False),
        sa.Column("pulling", sa.Boolean, server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("device_id", name="sync_device_pkey"),
    )
    op.bulk_insert(device, [{"device_id": new_id()}])
    op.create_table(
        "sync_links",
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("server_id", Identifier, nullable=False),
        sa.Column("pushed_through", sa.BigInteger, server_default=sa.text("0"), nullable=False),
        sa.Column("sending_through", sa.BigInteger, server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="sync_links_pkey"),
    )
    op.create_table(
        "sync_cursors",
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("table_name", sa.String(63), nullable=False),
        sa.Column("change_seq", sa.BigInteger, nullable=False),
        sa.Column("row_id", sa.String(255), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "table_name", name="sync_cursors_pkey"),
    )
    owner = ("user_id", "table_name", "row_id", "field")
    op.create_table(
        "sync_outbox",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("table_name", sa.String(63), nullable=False),
        sa.Column("row_id", sa.String(255), nullable=False),
        sa.Column("field", sa.String(63), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="sync_outbox_pkey"),
        sa.UniqueConstraint(*owner, name="sync_outbox_user_id_table_name_row_id_field_key"),
        sqlite_autoincrement=True,
    )


def _sqlite_numbers(table: str, key: str) -> None:
    # No ON CONFLICT in here: the clause of the statement that fires a trigger would win over it.
    body = (
        "INSERT INTO sync_heads (user_id, head) SELECT NEW.user_id, 0"
        " WHERE NOT EXISTS (SELECT 1 FROM sync_heads WHERE user_id = NEW.user_id);"
        " UPDATE sync_heads SET head = head + 1 WHERE user_id = NEW.user_id;"
        f" UPDATE {table} SET change_seq = (SELECT head FROM sync_heads WHERE user_id = NEW.user_id)"
        f" WHERE {key} = NEW.{key} AND user_id = NEW.user_id"
    )
    listed = op.get_bind().execute(sa.text(f"SELECT name FROM pragma_table_info('{table}')")).scalars()
    # The number itself is left out, or stamping a row would fire the trigger again.
    columns = ", ".join(f'"{name}"' for name in listed if name != "change_seq")
    _trigger(f"{table}_number_insert", f"AFTER INSERT ON {table}", "1", body)
    _trigger(f"{table}_number_update", f"AFTER UPDATE OF {columns} ON {table}", "1", body)


def _sqlite_outbox() -> None:
    ended = "(SELECT end_timestamp FROM sessions WHERE session_id = NEW.session_id) IS NOT NULL"
    added, own = "AFTER INSERT ON", "(SELECT pulling FROM sync_device) = 0"
    row = _entry("sessions", "row")
    # A row travels when the session has ended, and then before its analyses. Fields travel at any time: the
    # session may be one that goes on elsewhere; the server does nothing with a field of a row that it lacks.
    analyses = (
        "INSERT INTO sync_outbox (user_id, table_name, row_id, field)"
        " SELECT user_id, 'analyses', analysis_id, 'row' FROM analyses WHERE session_id = NEW.session_id"
    )
    _trigger("sessions_outbox_insert", f"{added} sessions", f"{own} AND NEW.end_timestamp IS NOT NULL", row)
    ends = f"{own} AND OLD.end_timestamp IS NULL AND NEW.end_timestamp IS NOT NULL"
    _trigger("sessions_outbox_end", "AFTER UPDATE OF end_timestamp ON sessions", ends, f"{row}; {analyses}")
    for field in ("comment", "current_analysis_id", "deleted_at"):
        # What a purge empties is no edit of the player's; what an end brings comes with the row.
        changed = (
            f"{own} AND OLD.{field} IS NOT NEW.{field} AND NEW.purged_at IS NULL"
            " AND (OLD.end_timestamp IS NULL) = (NEW.end_timestamp IS NULL)"
        )
        event = f"AFTER UPDATE OF {field} ON sessions"
        _trigger(f"sessions_outbox_{field}", event, changed, _entry("sessions", field))
    gone = f"{own} AND OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL"
    event = "AFTER UPDATE OF purged_at ON sessions"
    _trigger("sessions_outbox_purged_at", event, gone, _entry("sessions", "purged_at"))
    _trigger("analyses_outbox_insert", f"{added} analyses", f"{own} AND {ended}", _entry("analyses", "row"))
    for table in ("ai_practice_plans", "plan_outcomes", "practice_items", "coach_messages"):
        _trigger(f"{table}_outbox_insert", f"{added} {table}", own, _entry(table, "row"))
    # Two devices may make the same setting; then the later value counts, so it is never just "added".
    _trigger("user_configs_outbox_insert", f"{added} user_configs", own, _entry("user_configs", "change"))
    for table, columns in (
        ("ai_practice_plans", "practice_plan, executed_session_id, executed_at"),
        ("practice_items", "kind, content, due_at, interval_days, ease, repetitions, lapses, deleted_at"),
        ("user_configs", "value"),
    ):
        event = f"AFTER UPDATE OF {columns} ON {table}"
        _trigger(f"{table}_outbox_update", event, own, _entry(table, "change"))


def _entry(table: str, field: str) -> str:
    mine = f"NEW.user_id, '{table}', NEW.{_KEYS[table]}, '{field}'"
    return (
        f"DELETE FROM sync_outbox WHERE (user_id, table_name, row_id, field) = ({mine});"
        f" INSERT INTO sync_outbox (user_id, table_name, row_id, field) VALUES ({mine})"
    )


def _trigger(name: str, event: str, when: str, body: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {event} WHEN {when} BEGIN {body}; END")


def _send_the_past() -> None:
    of_sessions = "session_id IN (SELECT session_id FROM sessions WHERE end_timestamp IS NOT NULL)"
    for table, key in _KEYS.items():
        ended = f" WHERE {of_sessions}" if table in ("sessions", "analyses") else ""
        op.execute(
            "INSERT INTO sync_outbox (user_id, table_name, row_id, field)"
            f" SELECT user_id, '{table}', {key}, 'row' FROM {table}{ended} ORDER BY {key}"
        )
