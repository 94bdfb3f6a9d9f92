"""Alembic migrations, run by `workbench.store.engine.upgrade` and shipped inside the package."""
