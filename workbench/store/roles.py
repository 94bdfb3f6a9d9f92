"""The Postgres roles that rows belong to, and binding a transaction to one of them and to a player.

None of them can log in, is a superuser or goes around row-level security. A login is made a member of those
it needs: `CREATE ROLE ada LOGIN PASSWORD '...' IN ROLE fretcoach_app`. The roles are the whole server's, so
several FretCoach databases on one server share them.
"""

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from workbench.store.errors import StoreError, place_of

OWNER = "fretcoach_owner"
"""Owns the tables and changes them; migrations run as this one."""

APP = "fretcoach_app"
"""A player's own rows, read and written."""

TEACHER = "fretcoach_teacher"
"""Reads the practice of those players who granted it in `pupils`; writes nothing."""

REPORT = "fretcoach_report"
"""Reads every player's rows, for figures over all of them and for backups; writes nothing."""

ROLES = (OWNER, APP, TEACHER, REPORT)

ME = "(SELECT NULLIF(current_setting('fretcoach.user', true), ''))"
"""SQL for the player that a transaction is bound to; null, and so nobody's rows, when there is none. As a
sub-select it is worked out once a query and not once a row."""

SET_USER = f"""
SELECT set_config('role', '{APP}', true) AS role, set_config('fretcoach.user', {{parameter}}, true) AS player
"""
"""Binds a Postgres transaction to a player. The role comes first, so that whoever connects as the owner or
even as a superuser is bound as well; the third argument lets both end with the transaction."""

SET_REPORT = f"SELECT set_config('role', '{REPORT}', true)"
"""Lets a Postgres transaction read every player's rows, and write none."""


def missing_roles(connection: Connection) -> tuple[str, ...]:
    """Those of `ROLES` that the server lacks."""
    query = text("SELECT rolname FROM pg_roles WHERE rolname = ANY(:names)")
    found = set(connection.execute(query, {"names": list(ROLES)}).scalars())
    return tuple(role for role in ROLES if role not in found)


def is_member(connection: Connection, role: str) -> bool:
    """Whether the login may act as a role that exists; a superuser always may."""
    query = text("SELECT pg_has_role(session_user, :role, 'MEMBER')")
    return bool(connection.execute(query, {"role": role}).scalar_one())


def require_roles(connection: Connection) -> None:
    """Make the roles that are missing, and the login a member of each.

    Raises
    ------
    StoreError
        where the login may not; the sentence holds what an administrator must run
    """
    missing = missing_roles(connection)
    statements = [f"CREATE ROLE {role} NOLOGIN" for role in missing]
    if any(role in missing or not is_member(connection, role) for role in ROLES):
        statements.append(f"GRANT {', '.join(ROLES)} TO {_login(connection)}")
    if not statements:
        return
    try:
        with connection.begin_nested():
            for statement in statements:
                connection.exec_driver_sql(statement)
    except ProgrammingError as error:
        raise StoreError(
            f"The login {_login(connection)} may not create roles on {place_of(connection.engine.url)}; "
            f"let an "
            f'administrator run "{"; ".join(statements)};" and then run `fretcoach db upgrade` again.'
        ) from error


def act_as_owner(connection: Connection) -> None:
    """Let what is made in the rest of this transaction belong to `OWNER`, where the schema does already."""
    query = text(
        "SELECT 1 FROM pg_namespace WHERE nspname = 'fretcoach' AND nspowner::regrole::text = :owner"
    )
    if connection.execute(query, {"owner": OWNER}).first() is not None and is_member(connection, OWNER):
        connection.exec_driver_sql(f"SET LOCAL ROLE {OWNER}")


def _login(connection: Connection) -> str:
    name: str = connection.exec_driver_sql("SELECT quote_ident(session_user)").scalar_one()
    return name
