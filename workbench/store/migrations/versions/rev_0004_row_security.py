"""Each player's rows are theirs: roles, and row-level security on every table; who teaches whom."""

import sqlalchemy as sa
from alembic import op

from workbench.store.columns import UtcDateTime
from workbench.store.migrations import row_security
from workbench.store.migrations.target import schema
from workbench.store.roles import APP, OWNER, REPORT, ROLES, TEACHER, require_roles
from workbench.store.schema import SCHEMA

revision = "0004"
down_revision = "0003"

_PRACTICE = ("sessions", "analyses", "notes", "ai_practice_plans", "plan_outcomes", "practice_items")
_PRIVATE = ("user_configs", "coach_messages", "llm_usage", "devices", "sync_heads")
_SHARED = ("sync_server", "alembic_version")
_FUNCTIONS = ("number_change", "stamp_update")


def upgrade() -> None:
    """Make the roles, hand the tables over to their owner, and bind every table."""
    op.create_table(
        "pupils",
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("teacher_id", sa.String(255), nullable=False),
        sa.Column("granted_at", UtcDateTime, server_default=sa.func.current_timestamp(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "teacher_id", name="pupils_pkey"),
        schema=schema(),
    )
    op.create_index("idx_pupils_teacher_id", "pupils", ["teacher_id"], schema=schema())
    if schema() is None:
        return
    require_roles(op.get_bind())
    op.execute(f"ALTER SCHEMA {SCHEMA} OWNER TO {OWNER}")
    op.execute(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {APP}, {TEACHER}, {REPORT}")
    for function in _FUNCTIONS:
        op.execute(f"ALTER FUNCTION {SCHEMA}.{function}() OWNER TO {OWNER}")
    row_security.protect_pupils()
    for table in _PRACTICE:
        row_security.protect_players_rows(table, for_teachers=True)
    for table in _PRIVATE:
        row_security.protect_players_rows(table)
    for table in _SHARED:
        row_security.protect_shared_rows(table)
    # What later migrations of this run make must belong to the owner too.
    op.execute(f"SET LOCAL ROLE {OWNER}")


def downgrade() -> None:
    """Open the tables again; the roles stay, other databases of the server may use them."""
    if schema():
        for table in ("pupils", *_PRACTICE, *_PRIVATE, *_SHARED):
            row_security.leave_open(table)
        op.execute(f"REVOKE ALL ON SCHEMA {SCHEMA} FROM {', '.join(ROLES[1:])}")
    op.drop_table("pupils", schema=schema())
