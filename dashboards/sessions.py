"""The Sessions page: every session that was kept, and one of them looked at closely."""

import panel as pn

from dashboards.parts.archive import archive_of
from dashboards.parts.session_view import SessionView
from dashboards.parts.shell import Page, current_user, new_look


def asked(name: str) -> str:
    """What the address says after ?name=, or nothing."""
    values = pn.state.session_args.get(name, [b""])
    return str(values[0].decode("utf-8", "replace"))


look = new_look()
view = SessionView(archive_of(current_user()), look, asked("session"), asked("player"))
Page(title="Sessions", path="/sessions", body=view, look=look).servable()
