"""The body of the Coach page: what to practise next, today's turns, and the conversation below."""

import panel as pn

from coach.asking import Asking
from dashboards.parts.archive import archive_of
from dashboards.parts.conversation_view import ConversationView
from dashboards.parts.layout import grid, stack
from dashboards.parts.next_practice import NextPractice
from dashboards.parts.shell import Look
from dashboards.parts.todays_practice import TodaysPractice
from workbench.settings import load_settings
from workbench.user import User


class CoachView(pn.viewable.Viewer):
    """Everything that the coach has for one player.

    Parameters
    ----------
    user : who asks
    look : the tab's theme
    """

    def __init__(self, user: User, look: Look) -> None:
        super().__init__()
        settings, archive = load_settings(), archive_of(user)
        asking = Asking(settings, user, archive.engine)
        self.next = NextPractice(archive, asking)
        self.today = TodaysPractice(archive)
        self.conversation = ConversationView(archive, asking, settings, look, saved=self.next.look)

    def __panel__(self) -> pn.viewable.Viewable:
        return stack(grid(self.next, self.today, narrowest=420, gap=16), self.conversation, gap=16)
