"""The Coach page: what to practise next, and a conversation about one's playing."""

from dashboards.parts.coach_view import CoachView
from dashboards.parts.shell import Page, built, current_user, new_look

look = new_look()
Page(title="Coach", path="/chat", body=built(lambda: CoachView(current_user(), look)), look=look).servable()
