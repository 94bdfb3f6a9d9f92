"""The Practice page: play, and see each note judged."""

from dashboards.parts.practice_view import PracticeView
from dashboards.parts.shell import Page, built, current_user, new_look

look = new_look()
body = built(lambda: PracticeView(current_user(), look))
Page(title="Practice", path="/practice", body=body, look=look).servable()
