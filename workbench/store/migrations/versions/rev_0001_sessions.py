"""Sessions, their analyses and their notes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from workbench.store.columns import Finite, Identifier, UtcDateTime, json_column
from workbench.store.migrations.target import schema

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first three tables."""
    _sessions()
    _analyses()
    _notes()


def downgrade() -> None:
    """Take them away again."""
    for table in ("notes", "analyses", "sessions"):
        op.drop_table(table, schema=schema())


def _sessions() -> None:
    op.create_table(
        "sessions",
        *_first_columns(),
        *_added_columns(),
        sa.PrimaryKeyConstraint("session_id", name="sessions_pkey"),
        sa.UniqueConstraint("session_id", "user_id", name="sessions_session_id_user_id_key"),
        schema=schema(),
    )
    op.create_index("idx_sessions_user_id", "sessions", ["user_id"], schema=schema())
    newest_first = [sa.text("start_timestamp DESC")]
    op.create_index("idx_sessions_start_timestamp", "sessions", newest_first, schema=schema())


def _first_columns() -> list[sa.Column[Any]]:
    """Those of the earlier FretCoach, with its defaults, so that its own clients can insert."""
    zero = sa.text("0")
    return [
        sa.Column("session_id", Identifier, nullable=False),
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("start_timestamp", UtcDateTime, nullable=False),
        sa.Column("end_timestamp", UtcDateTime),
        sa.Column("scale_chosen", sa.String(100), nullable=False),
        sa.Column("scale_type", sa.String(20), server_default=sa.text("'natural'"), nullable=False),
        sa.Column("pitch_accuracy", Finite),
        sa.Column("scale_conformity", Finite),
        sa.Column("timing_stability", Finite),
        sa.Column("noise_control", Finite),
        sa.Column("total_notes_played", sa.Integer, server_default=zero),
        sa.Column("correct_notes_played", sa.Integer, server_default=zero),
        sa.Column("bad_notes_played", sa.Integer, server_default=zero),
        sa.Column("unique_notes_used", sa.Integer),
        sa.Column("duration_seconds", Finite),
        sa.Column("strictness", Finite, nullable=False),
        sa.Column("sensitivity", Finite, nullable=False),
        sa.Column("ambient_lighting_used", sa.Boolean, server_default=sa.text("false")),
        sa.Column("device_type", sa.String(50)),
        sa.Column("created_at", UtcDateTime, server_default=sa.func.current_timestamp(), nullable=False),
    ]


def _added_columns() -> list[sa.Column[Any]]:
    """Those that came with this FretCoach."""
    zero = sa.text("0")
    return [
        sa.Column("overall", Finite),
        sa.Column("unjudged_notes", sa.Integer, server_default=zero),
        sa.Column("bpm", Finite),
        sa.Column("enabled_metrics", json_column()),
        sa.Column("a4_hz", Finite),
        sa.Column("latency_ms", Finite),
        sa.Column("current_analysis_id", Identifier),
        sa.Column("recording_path", sa.Text),
        sa.Column("comment", sa.Text),
        sa.Column("updated_at", UtcDateTime, server_default=sa.func.current_timestamp(), nullable=False),
        sa.Column("deleted_at", UtcDateTime),
        sa.Column("change_seq", sa.BigInteger, server_default=zero, nullable=False),
        sa.Column("origin_device", sa.String(255)),
    ]


def _analyses() -> None:
    prefix = f"{schema()}." if schema() else ""
    op.create_table(
        "analyses",
        sa.Column("analysis_id", Identifier, nullable=False),
        sa.Column("session_id", Identifier, nullable=False),
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("engine_version", sa.String(100), nullable=False),
        sa.Column("settings", json_column(), nullable=False),
        sa.Column("metric_detail", json_column(), nullable=False),
        sa.Column("created_at", UtcDateTime, server_default=sa.func.current_timestamp(), nullable=False),
        sa.PrimaryKeyConstraint("analysis_id", name="analyses_pkey"),
        sa.ForeignKeyConstraint(
            ["session_id", "user_id"],
            [f"{prefix}sessions.session_id", f"{prefix}sessions.user_id"],
            name="analyses_session_id_user_id_fkey",
        ),
        sa.UniqueConstraint(
            "analysis_id", "session_id", "user_id", name="analyses_analysis_id_session_id_user_id_key"
        ),
        schema=schema(),
    )
    op.create_index("idx_analyses_user_id_session_id", "analyses", ["user_id", "session_id"], schema=schema())


def _notes() -> None:
    prefix = f"{schema()}." if schema() else ""
    owner = ("analysis_id", "session_id", "user_id")
    op.create_table(
        "notes",
        sa.Column("analysis_id", Identifier, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("session_id", Identifier, nullable=False),
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("onset_s", Finite, nullable=False),
        sa.Column("duration_s", Finite),
        sa.Column("midi", Finite),
        sa.Column("cents", Finite),
        sa.Column("level_dbfs", Finite),
        sa.Column("confidence", Finite),
        sa.Column("in_scale", sa.Boolean),
        sa.Column("articulation", sa.String(20)),
        sa.Column("deviation_ms", Finite),
        sa.Column("string", sa.Integer),
        sa.Column("fret", sa.Integer),
        sa.PrimaryKeyConstraint("analysis_id", "position", name="notes_pkey"),
        sa.ForeignKeyConstraint(
            owner,
            [f"{prefix}analyses.{column}" for column in owner],
            name="notes_analysis_id_session_id_user_id_fkey",
        ),
        schema=schema(),
    )
    op.create_index("idx_notes_user_id_session_id", "notes", ["user_id", "session_id"], schema=schema())
