"""What travels between a device and a server, and in which order.

Notes travel with their analysis. Recordings stay on the device that made them, and so does their path; what
language models used stays where it was used.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table

from workbench.store import schema_coach, schema_sync  # noqa: F401  their models join Base
from workbench.store.columns import Identifier
from workbench.store.schema import SCHEMA, Base

_OWN = {"change_seq", "recording_path"}

ROW, CHANGE, PURGE = "row", "change", "purged_at"
"""Fields of an outbox entry: add the row if it is missing; write the whole row; leave a tombstone of it."""


def table_of(name: str) -> Table:
    """The table of a model."""
    return Base.metadata.tables[f"{SCHEMA}.{name}"]


@dataclass(frozen=True, slots=True)
class Synced:
    """One table that travels.

    Attributes
    ----------
    table : with `user_id` and `change_seq`
    key : names a row of one player
    """

    table: Table
    key: str

    @property
    def name(self) -> str:
        """Name of the table, as outbox and cursors have it."""
        return self.table.name

    @property
    def id(self) -> Column[Any]:
        """Column of the key."""
        return self.table.c[self.key]

    @property
    def columns(self) -> list[str]:
        """What travels: `change_seq` is each database's own, a recording's path its device's."""
        return [column.name for column in self.table.c if column.name not in _OWN]

    def key_of(self, text: str) -> UUID | str:
        """The key from its text in outbox and cursors."""
        return UUID(text) if isinstance(self.id.type, Identifier) else text

    @property
    def mutable(self) -> bool:
        """Whether rows are rewritten whole; those of the others are only ever added."""
        return self in MUTABLE


NOTES = table_of("notes")
SESSIONS = Synced(table_of("sessions"), "session_id")
ANALYSES = Synced(table_of("analyses"), "analysis_id")
PLANS = Synced(table_of("ai_practice_plans"), "practice_id")
OUTCOMES = Synced(table_of("plan_outcomes"), "outcome_id")
CONFIGS = Synced(table_of("user_configs"), "name")
ITEMS = Synced(table_of("practice_items"), "item_id")
MESSAGES = Synced(table_of("coach_messages"), "message_id")

IN_ORDER = (SESSIONS, ANALYSES, PLANS, OUTCOMES, CONFIGS, ITEMS, MESSAGES)
"""No row comes before one that it refers to."""

MUTABLE = (PLANS, CONFIGS, ITEMS)

SESSION_FIELDS: dict[str, tuple[str, ...]] = {
    "comment": ("comment",),
    "current_analysis_id": (
        "current_analysis_id",
        "pitch_accuracy",
        "scale_conformity",
        "timing_stability",
        "noise_control",
        "overall",
        "total_notes_played",
        "correct_notes_played",
        "bad_notes_played",
        "unjudged_notes",
        "unique_notes_used",
    ),
    "deleted_at": ("deleted_at",),
}
"""What can change in a session, each on its own: the columns by the field that the outbox names."""
