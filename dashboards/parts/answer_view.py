"""One answer of the coach: its words as they come, its charts, what it proposes, and what it rests on."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import panel as pn

from coach.chat_events import ChatEvent, Done, Drawing, Looking, Proposed, Replaced, Said
from coach.chat_kept import Kept
from coach.plan import PracticePlan
from dashboards.parts.chat_words import answer_html, chat_prose, foot_html
from dashboards.parts.exercise_words import exercise_html
from dashboards.parts.layout import stack
from dashboards.parts.proposal import Proposal

Draw = Callable[[Drawing], pn.viewable.Viewable]
"""Makes the chart of a drawing."""


class AnswerView(pn.viewable.Viewer):
    """Grows with the events of an answer, or shows one that was kept.

    Parameters
    ----------
    draw : see `Draw`
    save : keeps a plan that the player agrees to; gives its id
    saved : the id of a plan that is kept already
    """

    def __init__(
        self, draw: Draw, save: Callable[[PracticePlan], UUID], saved: Callable[[PracticePlan], UUID | None]
    ) -> None:
        super().__init__()
        self.said = ""
        self._draw, self._save, self._saved = draw, save, saved
        self._words, self._looking, self._foot = chat_prose(), chat_prose(), chat_prose()
        self._more = stack()
        self._box = stack(self._looking, self._words, self._more, self._foot, gap=8)
        self._look_at("the question")

    def take(self, event: ChatEvent) -> None:
        """Show what has come."""
        if isinstance(event, Said):
            self.said += event.text
            self._words.object = answer_html(self.said)
            self._looking.visible = False
        elif isinstance(event, Looking):
            self._look_at(event.what)
        elif isinstance(event, Replaced):
            self.said = self._words.object = ""
            self._more[:] = []
            self._look_at("the figures again")
        elif isinstance(event, Drawing):
            self._more.append(self._draw(event))
        elif isinstance(event, Proposed):
            self._more.append(Proposal(event.plan, self._save, self._saved(event.plan)))
        elif isinstance(event, Done):
            self._looking.visible = False

    def rest_on(self, kept: Kept) -> None:
        """Show what the whole answer rests on, and who gave it."""
        if kept.exercise is not None:
            self._more.insert(0, chat_prose(exercise_html(kept.exercise)))
        self._foot.object = foot_html(kept.facts, kept.source, kept.notice)

    def fail(self, sentence: str) -> None:
        """Say why nothing more comes."""
        self._looking.visible = False
        self._foot.object = f'<p class="notice" role="status">{sentence}</p>'

    def remember(self, text: str, kept: Kept, *, newest: bool) -> None:
        """Show an answer that was kept; charts and proposals at once only with the newest.

        Everything at once would make a long conversation slow, and an old proposal is no question any more.
        """
        self.take(Said(text))
        events: list[ChatEvent] = [*kept.drawings]
        if kept.plan is not None and (newest or self._saved(kept.plan)):
            events.append(Proposed(kept.plan))
        if newest or not kept.drawings:
            for event in events:
                self.take(event)
        else:
            self._offer(events)
        self.rest_on(kept)

    def _offer(self, events: list[ChatEvent]) -> None:
        """A button in place of charts."""
        show = pn.widgets.Button(label="Show the chart", margin=0)

        def draw(_: Any) -> None:
            self._more.remove(show)
            for event in events:
                self.take(event)

        show.on_click(draw)
        self._more.append(show)

    def _look_at(self, what: str) -> None:
        self._looking.object = f'<div class="looking" role="status">Looking at {what}</div>'
        self._looking.visible = True

    def __panel__(self) -> pn.viewable.Viewable:
        return self._box
