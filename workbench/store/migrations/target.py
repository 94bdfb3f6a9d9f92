"""Where a migration writes: the one place that knows about the schema's name."""

from alembic import op

from workbench.store.schema import SCHEMA


def schema() -> str | None:
    """The `schema=` of every migration operation: `fretcoach` on Postgres, none on SQLite."""
    return SCHEMA if op.get_bind().dialect.name == "postgresql" else None
