"""The conversation: what was said, the answer that is coming, and where to type."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import panel as pn
from bokeh.io import curdoc

from coach.asking import Asking
from coach.chat import Conversation
from coach.chat_events import Drawing
from coach.chat_kept import kept
from coach.drawing import draw
from coach.plan import PracticePlan
from dashboards.parts import answering
from dashboards.parts.announcer import Announcer
from dashboards.parts.answer_view import AnswerView
from dashboards.parts.answering import Answering
from dashboards.parts.chat_words import chat_prose
from dashboards.parts.composer import Composer
from dashboards.parts.days import today
from dashboards.parts.drawn import drawn
from dashboards.parts.layout import NO_SCROLL_BUTTON, prose, sheet, stack
from dashboards.parts.question import Question
from dashboards.parts.shell import Look
from dashboards.parts.who_answers import who_html
from workbench.archive import Archive
from workbench.settings import Settings
from workbench.store.messages import StoredMessage

PERIOD_MS = 100
"""How often a page asks whether the answer has grown."""

SHOWN = 30
"""Turns that are shown at once; earlier ones wait for a button."""

CAPTIONS = {
    "progress": "Week by week: the line is the mean of a week's sessions, the pale ribbon its 95 % interval.",
    "heat": "Where on the neck: larger = played more, fuller = more of it went wrong.",
    "session": "Every note of the session; point at a mark, or tap it, for its reason.",
    "compare": "Before and after: each dot is a mean, each bar its 95 % interval.",
}
"""How a chart is read, by its kind."""

UNANSWERED = "<p class='muted'>FretCoach was stopped before it could answer. Ask again.</p>"

# Laid out from its end, it stays at the end while an answer grows, or where the player has scrolled to.
_LOG_CSS = (
    ":host { display: flex !important; flex-direction: column-reverse !important; overflow-y: auto;"
    " max-height: min(70vh, 720px); overscroll-behavior: contain; }"
    " :host > * { flex: none; }" + NO_SCROLL_BUTTON
)


class ConversationView(pn.viewable.Viewer):
    """One tab's view of the player's conversation.

    Parameters
    ----------
    archive : of the player
    asking : the models
    settings : name the budget
    look : the tab's theme
    saved : called when the player has saved a plan
    """

    def __init__(
        self,
        archive: Archive,
        asking: Asking,
        settings: Settings,
        look: Look,
        saved: Callable[[], Any] = lambda: None,
    ) -> None:
        super().__init__()
        self._archive, self._asking, self._settings, self._look = archive, asking, settings, look
        self._tell_saved = saved
        day = today()
        self._conversation = Conversation(archive, asking, today=day, zone=None, seed=day.toordinal())
        self._document = curdoc()
        self._who, self._announcer = prose(styles={"flex": "1 1 260px"}), Announcer()
        self._turns = stack(gap=20)
        self._log = pn.Column(self._turns, stylesheets=[_LOG_CSS], sizing_mode="stretch_width", margin=0)
        self._composer = Composer(self.ask)
        self._new = pn.widgets.Button(label="New conversation", margin=0)
        self._new.on_click(lambda _: self._begin_anew())
        self._answering: Answering | None = None
        self._answer = self._answer_view()
        self._cursor = 0
        self._ticker: Any = None
        self._show(self._conversation.history())
        self._return()
        self._tell_who()

    def ask(self, question: str) -> None:
        """Ask, unless an answer is on its way."""
        if not question.strip() or self._answering is not None:
            return
        running = answering.ask(self._archive.user, question, self._conversation.ask(question))
        self._turns.append(Question(running.question, fresh=True))
        self._follow(running)

    def _return(self) -> None:
        """Come back to an answer that was on its way when the page was left."""
        running = answering.ongoing(self._archive.user)
        if running is not None:
            self._follow(running)

    def _follow(self, running: Answering) -> None:
        self._answering, self._cursor = running, 0
        self._answer = self._answer_view()
        self._turns.append(self._answer)
        self._busy(True)
        self._look_now()
        self._ticker = self._document.add_periodic_callback(self._look_now, PERIOD_MS)

    def _look_now(self) -> None:
        """Take in what has come of the answer."""
        running = self._answering
        if running is None:
            return
        over, events = running.over, running.since(self._cursor)
        for event in events:
            if isinstance(event, Drawing) and event is not events[0]:
                return  # a chart takes its time: what was said before it is shown first
            self._answer.take(event)
            self._cursor += 1
        if over:
            self._end(running.trouble)

    def _end(self, trouble: str) -> None:
        if self._ticker is not None:
            self._document.remove_periodic_callback(self._ticker)
        self._ticker = self._answering = None
        newest = self._conversation.history()[-1:]
        if trouble:
            self._answer.fail(trouble)
        elif newest and newest[0].role == "coach":
            self._answer.rest_on(kept(newest[0].evidence))
        self._announcer.text = trouble or self._answer.said
        for question in [turn for turn in self._turns if isinstance(turn, Question)][-1:]:
            question.settle()
        self._busy(False)
        self._tell_who()

    def _show(self, turns: list[StoredMessage], shown: int = SHOWN) -> None:
        """Show the newest turns of a conversation, and a way to the earlier ones."""
        self._turns[:] = [self._turn(turn, newest=turn is turns[-1]) for turn in turns[-shown:]]
        if len(turns) > shown:
            earlier = pn.widgets.Button(label=f"Show {len(turns) - shown} earlier", margin=0, align="center")
            earlier.on_click(lambda _: self._show(turns, len(turns)))
            self._turns.insert(0, earlier)
        if turns and turns[-1].role == "user" and answering.ongoing(self._archive.user) is None:
            self._turns.append(chat_prose(UNANSWERED))
        self._new.visible = self._log.visible = bool(turns)

    def _turn(self, message: StoredMessage, *, newest: bool) -> Any:
        if message.role == "user":
            return Question(message.content)
        view = self._answer_view()
        view.remember(message.content, kept(message.evidence), newest=newest)
        return view

    def _begin_anew(self) -> None:
        self._conversation.new()
        self._show([])

    def _answer_view(self) -> AnswerView:
        return AnswerView(self._chart, self._save, self._conversation.saved)

    def _save(self, plan: PracticePlan) -> UUID:
        practice_id = self._conversation.save_plan(plan)
        self._tell_saved()
        return practice_id

    def _chart(self, drawing: Drawing) -> pn.viewable.Viewable:
        chart = drawn(
            lambda dark: draw(self._archive, drawing, dark=dark, narrow=self._look.narrow), self._look
        )
        return stack(prose(f'<p class="muted small">{CAPTIONS[drawing.kind]}</p>'), chart, gap=4)

    def _busy(self, busy: bool) -> None:
        self._composer.wait(busy)
        self._new.disabled = busy
        self._new.visible = self._log.visible = True

    def _tell_who(self) -> None:
        self._who.object = who_html(self._asking, self._archive.engine, self._archive.user, self._settings)

    def __panel__(self) -> pn.viewable.Viewable:
        head = pn.FlexBox(self._who, self._new, gap="12px", align_items="center", margin=0)
        return sheet(prose("<h2>Ask the coach</h2>"), head, self._log, self._composer, self._announcer)
