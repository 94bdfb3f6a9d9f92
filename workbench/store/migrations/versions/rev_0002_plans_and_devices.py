"""Plans, outcomes, spaced practice, settings, conversations and devices; tombstones; the earlier ids."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from workbench.store.columns import Finite, Identifier, UtcDateTime, json_column
from workbench.store.migrations.target import schema

revision = "0002"
down_revision = "0001"

_TABLES = (
    "sync_heads",
    "devices",
    "llm_usage",
    "coach_messages",
    "user_configs",
    "practice_items",
    "plan_outcomes",
    "ai_practice_plans",
)


def upgrade() -> None:
    """Add the tables, and the columns that the first ones lack."""
    op.add_column("sessions", sa.Column("purged_at", UtcDateTime), schema=schema())
    op.add_column("sessions", sa.Column("legacy_id", sa.String(255)), schema=schema())
    op.add_column("analyses", _change_seq(), schema=schema())
    _plans()
    _practice_items()
    _conversations()
    _devices()


def downgrade() -> None:
    """Take them away again."""
    for table in _TABLES:
        op.drop_table(table, schema=schema())
    for table, column in (("analyses", "change_seq"), ("sessions", "legacy_id"), ("sessions", "purged_at")):
        op.drop_column(table, column, schema=schema())


def _plans() -> None:
    prefix = f"{schema()}." if schema() else ""
    _table(
        "ai_practice_plans",
        sa.Column("practice_id", Identifier, nullable=False),
        sa.Column("practice_plan", json_column(), nullable=False),
        _now("generated_at"),
        sa.Column("executed_session_id", Identifier),
        sa.Column("executed_at", UtcDateTime),
        _change_seq(),
        sa.PrimaryKeyConstraint("practice_id", name="ai_practice_plans_pkey"),
        sa.UniqueConstraint("practice_id", "user_id", name="ai_practice_plans_practice_id_user_id_key"),
    )
    _table(
        "plan_outcomes",
        sa.Column("outcome_id", Identifier, nullable=False),
        sa.Column("practice_id", Identifier, nullable=False),
        sa.Column("session_id", Identifier),
        sa.Column("outcome", json_column(), nullable=False),
        _now("created_at"),
        _change_seq(),
        sa.PrimaryKeyConstraint("outcome_id", name="plan_outcomes_pkey"),
        sa.ForeignKeyConstraint(
            ["practice_id", "user_id"],
            [f"{prefix}ai_practice_plans.practice_id", f"{prefix}ai_practice_plans.user_id"],
            name="plan_outcomes_practice_id_user_id_fkey",
        ),
    )
    _index("ai_practice_plans", "user_id")
    _index("plan_outcomes", "user_id")


def _practice_items() -> None:
    _table(
        "practice_items",
        sa.Column("item_id", Identifier, nullable=False),
        sa.Column("kind", sa.String(50), nullable=False),
        sa.Column("content", json_column(), nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("interval_days", Finite, nullable=False),
        sa.Column("ease", Finite, nullable=False),
        sa.Column("repetitions", sa.Integer, server_default=sa.text("0"), nullable=False),
        sa.Column("lapses", sa.Integer, server_default=sa.text("0"), nullable=False),
        _now("created_at"),
        sa.Column("deleted_at", UtcDateTime),
        _change_seq(),
        sa.PrimaryKeyConstraint("item_id", name="practice_items_pkey"),
    )
    _index("practice_items", "user_id", "due_at")


def _conversations() -> None:
    _table(
        "user_configs",
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("value", json_column(), nullable=False),
        _now("updated_at"),
        _change_seq(),
        sa.PrimaryKeyConstraint("user_id", "name", name="user_configs_pkey"),
    )
    _table(
        "coach_messages",
        sa.Column("message_id", Identifier, nullable=False),
        sa.Column("session_id", Identifier),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("evidence", json_column()),
        _now("created_at"),
        _change_seq(),
        sa.PrimaryKeyConstraint("message_id", name="coach_messages_pkey"),
    )
    _table(
        "llm_usage",
        sa.Column("usage_id", Identifier, nullable=False),
        sa.Column("model", sa.String(100), nullable=False),
        sa.Column("purpose", sa.String(50), nullable=False),
        sa.Column("input_tokens", sa.Integer, nullable=False),
        sa.Column("output_tokens", sa.Integer, nullable=False),
        _now("created_at"),
        sa.PrimaryKeyConstraint("usage_id", name="llm_usage_pkey"),
    )
    _index("coach_messages", "user_id", "created_at")
    _index("llm_usage", "user_id", "created_at")


def _devices() -> None:
    _table(
        "devices",
        sa.Column("device_id", Identifier, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("pushed_through", sa.BigInteger, server_default=sa.text("0"), nullable=False),
        _now("created_at"),
        _now("seen_at"),
        sa.PrimaryKeyConstraint("device_id", "user_id", name="devices_pkey"),
    )
    _table(
        "sync_heads",
        sa.Column("head", sa.BigInteger, server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="sync_heads_pkey"),
    )


def _table(name: str, *parts: Any) -> None:
    op.create_table(name, sa.Column("user_id", sa.String(255), nullable=False), *parts, schema=schema())


def _index(table: str, *columns: str) -> None:
    op.create_index(f"idx_{table}_{'_'.join(columns)}", table, list(columns), schema=schema())


def _now(name: str) -> sa.Column[Any]:
    return sa.Column(name, UtcDateTime, server_default=sa.func.current_timestamp(), nullable=False)


def _change_seq() -> sa.Column[Any]:
    return sa.Column("change_seq", sa.BigInteger, server_default=sa.text("0"), nullable=False)
