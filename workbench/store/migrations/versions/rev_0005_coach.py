"""Spaced practice as FSRS keeps it, and what a language model cost and how often it was refused.

The columns of the older SM-2 method go. Nothing ever wrote them but a test: an item that is there all the
same keeps when it is due, and is otherwise new to the scheduler.
"""

# ruff: noqa: S608  every name in these statements is one of the constants below

import sqlalchemy as sa
from alembic import op

from workbench.store.columns import Finite, UtcDateTime
from workbench.store.migrations.target import schema

revision = "0005"
down_revision = "0004"

_OLD = ("interval_days", "ease")
_NEW = ("stability", "difficulty", "state", "step", "last_review_at")
_KEPT = ("kind", "content", "due_at", "repetitions", "lapses", "deleted_at")


def upgrade() -> None:
    """Exchange the columns of the schedule; add those of the usage."""
    _drop_triggers()
    for name in _OLD:
        op.drop_column("practice_items", name, schema=schema())
    for column in (
        sa.Column("stability", Finite),
        sa.Column("difficulty", Finite),
        sa.Column("state", sa.Integer, server_default=sa.text("1"), nullable=False),
        sa.Column("step", sa.Integer),
        sa.Column("last_review_at", UtcDateTime),
    ):
        op.add_column("practice_items", column, schema=schema())
    _make_triggers((*_KEPT, *_NEW))
    op.add_column("llm_usage", sa.Column("cost_usd", Finite), schema=schema())
    refused = sa.Column("refused", sa.Boolean, server_default=sa.text("false"), nullable=False)
    op.add_column("llm_usage", refused, schema=schema())


def downgrade() -> None:
    """Exchange them back; every item begins anew."""
    for name in ("refused", "cost_usd"):
        op.drop_column("llm_usage", name, schema=schema())
    _drop_triggers()
    for name in _NEW:
        op.drop_column("practice_items", name, schema=schema())
    for name, value in (("interval_days", "1.0"), ("ease", "2.5")):
        column = sa.Column(name, Finite, server_default=sa.text(value), nullable=False)
        op.add_column("practice_items", column, schema=schema())
    _make_triggers((*_KEPT, *_OLD))


def _drop_triggers() -> None:
    """On SQLite those of 0003 that name the columns: no column can go while one does."""
    if schema() is None:
        op.execute("DROP TRIGGER practice_items_number_update")
        op.execute("DROP TRIGGER practice_items_outbox_update")


def _make_triggers(columns: tuple[str, ...]) -> None:
    if schema() is not None:
        return
    on_update = f"AFTER UPDATE OF {', '.join(columns)} ON practice_items"
    op.execute(
        f"CREATE TRIGGER practice_items_number_update {on_update} BEGIN"
        " INSERT INTO sync_heads (user_id, head) SELECT NEW.user_id, 0"
        " WHERE NOT EXISTS (SELECT 1 FROM sync_heads WHERE user_id = NEW.user_id);"
        " UPDATE sync_heads SET head = head + 1 WHERE user_id = NEW.user_id;"
        " UPDATE practice_items SET change_seq = (SELECT head FROM sync_heads WHERE user_id = NEW.user_id)"
        " WHERE item_id = NEW.item_id AND user_id = NEW.user_id; END"
    )
    mine = "NEW.user_id, 'practice_items', NEW.item_id, 'change'"
    op.execute(
        f"CREATE TRIGGER practice_items_outbox_update {on_update}"
        " WHEN (SELECT pulling FROM sync_device) = 0 BEGIN"
        f" DELETE FROM sync_outbox WHERE (user_id, table_name, row_id, field) = ({mine});"
        f" INSERT INTO sync_outbox (user_id, table_name, row_id, field) VALUES ({mine}); END"
    )
