"""The Practice page: play, and see each note judged."""

from dashboards.parts.practice_view import PracticeView
from dashboards.parts.shell import Page, current_user, new_look

look = new_look()
Page(title="Practice", path="/practice", body=PracticeView(current_user(), look), look=look).servable()
