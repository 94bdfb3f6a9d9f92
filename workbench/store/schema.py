"""The tables, one set of models for SQLite and Postgres.

On Postgres they live in the schema `fretcoach`; SQLite has no schemas, and the engine translates the name
away. The coach's tables are in `schema_coach`.
A change here needs a migration; a test compares the two on both databases.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from workbench.store.columns import Finite, Identifier, UtcDateTime, json_column

SCHEMA = "fretcoach"
"""Name of the Postgres schema."""

_NAMES = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
}


class Base(DeclarativeBase):
    """Base of all models; every constraint has a name, since SQLite can't alter a nameless one."""

    metadata = MetaData(schema=SCHEMA, naming_convention=_NAMES)


class SessionRow(Base):
    """One practice session and the summary of its current analysis.

    A deleted session can be taken back until it is purged; after that the row is a tombstone: ids and order.
    `legacy_id` is the id that an earlier FretCoach gave it, where that was no UUID.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        UniqueConstraint("session_id", "user_id"),
        Index("idx_sessions_user_id", "user_id"),
        Index("idx_sessions_start_timestamp", text("start_timestamp DESC")),
        Index("idx_sessions_user_id_change_seq", "user_id", "change_seq"),
    )

    session_id: Mapped[UUID] = mapped_column(Identifier, primary_key=True)
    user_id: Mapped[str] = mapped_column(String(255))
    start_timestamp: Mapped[datetime] = mapped_column(UtcDateTime)
    end_timestamp: Mapped[datetime | None] = mapped_column(UtcDateTime)
    scale_chosen: Mapped[str] = mapped_column(String(100))
    scale_type: Mapped[str] = mapped_column(String(20), server_default=text("'natural'"))
    pitch_accuracy: Mapped[float | None] = mapped_column(Finite)
    scale_conformity: Mapped[float | None] = mapped_column(Finite)
    timing_stability: Mapped[float | None] = mapped_column(Finite)
    noise_control: Mapped[float | None] = mapped_column(Finite)
    overall: Mapped[float | None] = mapped_column(Finite)
    total_notes_played: Mapped[int | None] = mapped_column(Integer, server_default=text("0"))
    correct_notes_played: Mapped[int | None] = mapped_column(Integer, server_default=text("0"))
    bad_notes_played: Mapped[int | None] = mapped_column(Integer, server_default=text("0"))
    unjudged_notes: Mapped[int | None] = mapped_column(Integer, server_default=text("0"))
    unique_notes_used: Mapped[int | None] = mapped_column(Integer)
    duration_seconds: Mapped[float | None] = mapped_column(Finite)
    strictness: Mapped[float] = mapped_column(Finite)
    sensitivity: Mapped[float] = mapped_column(Finite)
    enabled_metrics: Mapped[list[str] | None] = mapped_column(json_column())
    bpm: Mapped[float | None] = mapped_column(Finite)
    a4_hz: Mapped[float | None] = mapped_column(Finite)
    latency_ms: Mapped[float | None] = mapped_column(Finite)
    ambient_lighting_used: Mapped[bool | None] = mapped_column(Boolean, server_default=text("false"))
    device_type: Mapped[str | None] = mapped_column(String(50))
    origin_device: Mapped[str | None] = mapped_column(String(255))
    current_analysis_id: Mapped[UUID | None] = mapped_column(Identifier)
    recording_path: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.current_timestamp())
    updated_at: Mapped[datetime] = mapped_column(
        UtcDateTime, server_default=func.current_timestamp(), onupdate=func.current_timestamp()
    )
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    purged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    change_seq: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    legacy_id: Mapped[str | None] = mapped_column(String(255))


class AnalysisRow(Base):
    """One scoring of a session by one version of the engine. Rows are added, never changed."""

    __tablename__ = "analyses"
    __table_args__ = (
        # The owner is part of each reference, so that no row can hang on another player's session.
        ForeignKeyConstraint(["session_id", "user_id"], [SessionRow.session_id, SessionRow.user_id]),
        UniqueConstraint("analysis_id", "session_id", "user_id"),
        Index("idx_analyses_user_id_session_id", "user_id", "session_id"),
        Index("idx_analyses_user_id_change_seq", "user_id", "change_seq"),
    )

    analysis_id: Mapped[UUID] = mapped_column(Identifier, primary_key=True)
    session_id: Mapped[UUID] = mapped_column(Identifier)
    user_id: Mapped[str] = mapped_column(String(255))
    engine_version: Mapped[str] = mapped_column(String(100))
    settings: Mapped[dict[str, Any]] = mapped_column(json_column())
    metric_detail: Mapped[dict[str, Any]] = mapped_column(json_column())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.current_timestamp())
    change_seq: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class NoteRow(Base):
    """One note event of an analysis; `in_scale` is null for an event that was not judged."""

    __tablename__ = "notes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["analysis_id", "session_id", "user_id"],
            [AnalysisRow.analysis_id, AnalysisRow.session_id, AnalysisRow.user_id],
        ),
        Index("idx_notes_user_id_session_id", "user_id", "session_id"),
    )

    analysis_id: Mapped[UUID] = mapped_column(Identifier, primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    session_id: Mapped[UUID] = mapped_column(Identifier)
    user_id: Mapped[str] = mapped_column(String(255))
    onset_s: Mapped[float] = mapped_column(Finite)
    duration_s: Mapped[float | None] = mapped_column(Finite)
    midi: Mapped[float | None] = mapped_column(Finite)
    cents: Mapped[float | None] = mapped_column(Finite)
    level_dbfs: Mapped[float | None] = mapped_column(Finite)
    confidence: Mapped[float | None] = mapped_column(Finite)
    in_scale: Mapped[bool | None] = mapped_column(Boolean)
    articulation: Mapped[str | None] = mapped_column(String(20))
    deviation_ms: Mapped[float | None] = mapped_column(Finite)
    string: Mapped[int | None] = mapped_column(Integer)
    fret: Mapped[int | None] = mapped_column(Integer)
