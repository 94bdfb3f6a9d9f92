"""Who may touch which rows of a table on Postgres. A new table needs one of these, or nobody can use it."""

# ruff: noqa: S608  every name in these statements is a constant of ours

from alembic import op

from workbench.store.roles import APP, ME, OWNER, REPORT, TEACHER
from workbench.store.schema import SCHEMA

_MY_PUPILS = f"user_id IN (SELECT pupils.user_id FROM {SCHEMA}.pupils WHERE pupils.teacher_id = {ME})"


def protect_players_rows(table: str, *, for_teachers: bool = False) -> None:
    """A table with a `user_id`: each player has their own rows; a teacher sees those of pupils if so told.

    There are no default privileges on purpose: a table that is forgotten can't be read at all.
    """
    _force(table)
    mine = f"user_id = {ME}"
    _policy("own_rows", table, f"FOR ALL TO {APP} USING ({mine}) WITH CHECK ({mine})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {SCHEMA}.{table} TO {APP}")
    if for_teachers:
        _policy("pupils_rows", table, f"FOR SELECT TO {TEACHER} USING ({_MY_PUPILS})")
        op.execute(f"GRANT SELECT ON {SCHEMA}.{table} TO {TEACHER}")


def protect_shared_rows(table: str) -> None:
    """A table that tells nothing about a player: all may read it."""
    _force(table)
    _policy("all_may_read", table, f"FOR SELECT TO {APP}, {TEACHER} USING (true)")
    op.execute(f"GRANT SELECT ON {SCHEMA}.{table} TO {APP}, {TEACHER}")


def protect_pupils() -> None:
    """Who teaches whom: written by the player, seen by the teacher."""
    protect_players_rows("pupils")
    _policy("as_teacher", "pupils", f"FOR SELECT TO {TEACHER} USING (teacher_id = {ME})")
    op.execute(f"GRANT SELECT ON {SCHEMA}.pupils TO {TEACHER}")


def leave_open(table: str) -> None:
    """Take the protection away again."""
    policies = op.get_bind().exec_driver_sql(
        "SELECT policyname FROM pg_policies WHERE schemaname = %s AND tablename = %s", (SCHEMA, table)
    )
    for policy in policies.scalars().all():
        op.execute(f"DROP POLICY {policy} ON {SCHEMA}.{table}")
    op.execute(f"ALTER TABLE {SCHEMA}.{table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY")
    op.execute(f"REVOKE ALL ON {SCHEMA}.{table} FROM {APP}, {TEACHER}, {REPORT}")


def _force(table: str) -> None:
    op.execute(f"ALTER TABLE {SCHEMA}.{table} OWNER TO {OWNER}")
    # Without FORCE the owner would go around every policy, and with it each login that is a member.
    op.execute(f"ALTER TABLE {SCHEMA}.{table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    # A later migration that moves rows must see them all; nobody else acts as the owner.
    _policy("migrations", table, f"FOR ALL TO {OWNER} USING (true) WITH CHECK (true)")
    _policy("report", table, f"FOR SELECT TO {REPORT} USING (true)")
    op.execute(f"GRANT SELECT ON {SCHEMA}.{table} TO {REPORT}")


def _policy(name: str, table: str, rule: str) -> None:
    op.execute(f"CREATE POLICY {name} ON {SCHEMA}.{table} {rule}")
