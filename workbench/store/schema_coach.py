"""Plans, outcomes, spaced practice, settings and conversations; and what keeps devices in step.

Rows of outcomes and messages are added and never changed. `change_seq` orders the changes of one player.
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
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.columns import Finite, Identifier, UtcDateTime, json_column
from workbench.store.schema import Base


class PracticePlanRow(Base):
    """What a coach proposed, and the session in which it was done."""

    __tablename__ = "ai_practice_plans"
    __table_args__ = (
        UniqueConstraint("practice_id", "user_id"),
        Index("idx_ai_practice_plans_user_id", "user_id"),
    )

    practice_id: Mapped[UUID] = mapped_column(Identifier, primary_key=True)
    user_id: Mapped[str] = mapped_column(String(255))
    practice_plan: Mapped[dict[str, Any]] = mapped_column(json_column())
    generated_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.current_timestamp())
    executed_session_id: Mapped[UUID | None] = mapped_column(Identifier)
    executed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    change_seq: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class PlanOutcomeRow(Base):
    """Whether a plan helped: the figures that it aimed at, before and after."""

    __tablename__ = "plan_outcomes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["practice_id", "user_id"], [PracticePlanRow.practice_id, PracticePlanRow.user_id]
        ),
        Index("idx_plan_outcomes_user_id", "user_id"),
    )

    outcome_id: Mapped[UUID] = mapped_column(Identifier, primary_key=True)
    practice_id: Mapped[UUID] = mapped_column(Identifier)
    user_id: Mapped[str] = mapped_column(String(255))
    session_id: Mapped[UUID | None] = mapped_column(Identifier)
    outcome: Mapped[dict[str, Any]] = mapped_column(json_column())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.current_timestamp())
    change_seq: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class PracticeItemRow(Base):
    """Something to come back to, and when: spaced practice.

    `stability` (days), `difficulty` (1..10), `state`, `step` and `last_review_at` are a card of FSRS.
    """

    __tablename__ = "practice_items"
    __table_args__ = (Index("idx_practice_items_user_id_due_at", "user_id", "due_at"),)

    item_id: Mapped[UUID] = mapped_column(Identifier, primary_key=True)
    user_id: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(50))
    content: Mapped[dict[str, Any]] = mapped_column(json_column())
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stability: Mapped[float | None] = mapped_column(Finite)
    difficulty: Mapped[float | None] = mapped_column(Finite)
    state: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    step: Mapped[int | None] = mapped_column(Integer)
    last_review_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    repetitions: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    lapses: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.current_timestamp())
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    change_seq: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class UserConfigRow(Base):
    """One named choice of a player that all their devices share."""

    __tablename__ = "user_configs"

    user_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[Any] = mapped_column(json_column())
    updated_at: Mapped[datetime] = mapped_column(
        UtcDateTime, server_default=func.current_timestamp(), onupdate=func.current_timestamp()
    )
    change_seq: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class CoachMessageRow(Base):
    """One turn of a conversation with the coach; `evidence` holds the figures it was based on."""

    __tablename__ = "coach_messages"
    __table_args__ = (Index("idx_coach_messages_user_id_created_at", "user_id", "created_at"),)

    message_id: Mapped[UUID] = mapped_column(Identifier, primary_key=True)
    user_id: Mapped[str] = mapped_column(String(255))
    session_id: Mapped[UUID | None] = mapped_column(Identifier)
    role: Mapped[str] = mapped_column(String(20))
    content: Mapped[str] = mapped_column(Text)
    evidence: Mapped[dict[str, Any] | None] = mapped_column(json_column())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.current_timestamp())
    change_seq: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class LlmUsageRow(Base):
    """What one call of a language model used; stays where it was made.

    `cost_usd` is null for a model whose price is not known; `refused` says that the answer was not shown.
    """

    __tablename__ = "llm_usage"
    __table_args__ = (Index("idx_llm_usage_user_id_created_at", "user_id", "created_at"),)

    usage_id: Mapped[UUID] = mapped_column(Identifier, primary_key=True)
    user_id: Mapped[str] = mapped_column(String(255))
    model: Mapped[str] = mapped_column(String(100))
    purpose: Mapped[str] = mapped_column(String(50))
    input_tokens: Mapped[int] = mapped_column(Integer)
    output_tokens: Mapped[int] = mapped_column(Integer)
    cost_usd: Mapped[float | None] = mapped_column(Finite)
    refused: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.current_timestamp())


class DeviceRow(Base):
    """A machine that a player practises on, and the last of its changes that the server has."""

    __tablename__ = "devices"

    device_id: Mapped[UUID] = mapped_column(Identifier, primary_key=True)
    user_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    pushed_through: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.current_timestamp())
    seen_at: Mapped[datetime] = mapped_column(
        UtcDateTime, server_default=func.current_timestamp(), onupdate=func.current_timestamp()
    )


class PupilRow(Base):
    """A player who lets a teacher see their practice."""

    __tablename__ = "pupils"
    __table_args__ = (Index("idx_pupils_teacher_id", "teacher_id"),)

    user_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    teacher_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=func.current_timestamp())


class SyncHeadRow(Base):
    """The number of a player's newest change; whoever writes holds this row until the commit."""

    __tablename__ = "sync_heads"

    user_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    head: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
