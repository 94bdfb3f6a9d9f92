"""Alembic's entry: runs the migrations on the connection that `upgrade` hands over, in its transaction."""

from alembic import context

from workbench.store import schema_coach, schema_sync  # noqa: F401  their models join Base
from workbench.store.schema import SCHEMA, Base

connection = context.config.attributes["connection"]
on_sqlite = connection.dialect.name == "sqlite"
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    # SQLite can't alter a constraint in place: batch mode copies the table.
    render_as_batch=on_sqlite,
    version_table_schema=None if on_sqlite else SCHEMA,
)
with context.begin_transaction():
    context.run_migrations()
