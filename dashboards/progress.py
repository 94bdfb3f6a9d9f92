"""The Progress page: totals, the latest session against the average, practice days, trends, the neck."""

import panel as pn

from dashboards.parts.archive import insight_of
from dashboards.parts.progress_view import ProgressView
from dashboards.parts.shell import Page, current_user, new_look

look = new_look()
asked = pn.state.session_args.get("player", [b""])[0].decode("utf-8", "replace")
Page(
    title="Progress", path="/progress", body=ProgressView(insight_of(current_user()), look, asked), look=look
).servable()
