"""Where a player types a question, and questions to press."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.parts.layout import stack

QUESTIONS = {
    "What next?": "What should I practise next?",
    "My last session": "How was my last session?",
    "Getting better?": "Am I getting better?",
    "Weak spots": "Where are my weak spots?",
    "A plan": "Make me a plan for today.",
}
"""Word on the button, and what it asks."""


class Composer(pn.viewable.Viewer):
    """Enter or the button asks; Shift and Enter begin a new line.

    Parameters
    ----------
    ask : called with a question
    """

    def __init__(self, ask: Callable[[str], Any]) -> None:
        super().__init__()
        self._ask = ask
        self._input = pn.chat.ChatAreaInput(
            label="Your question",
            placeholder="Ask about your playing ..",
            resizable=False,
            max_rows=6,
            max_length=2000,
            sizing_mode="stretch_width",
            margin=0,
        )
        self._send = pn.widgets.Button(label="Ask", color="primary", margin=0, align="end", width=80)
        self._send.on_click(lambda _: self._pressed())
        self._input.param.watch(lambda event: ask(event.new), "value")
        self._suggested = [self._suggestion(label, question) for label, question in QUESTIONS.items()]

    def wait(self, waiting: bool) -> None:
        """Take no question while an answer is on its way; what is being typed stays."""
        self._input.disabled_enter = waiting
        for button in (self._send, *self._suggested):
            button.disabled = waiting

    def _pressed(self) -> None:
        question = self._input.value_input or ""
        self._input.value_input = ""
        self._ask(question)

    def _suggestion(self, label: str, question: str) -> pn.widgets.Button:
        button = pn.widgets.Button(label=label, margin=0)
        button.on_click(lambda _: self._ask(question))
        return button

    def __panel__(self) -> pn.viewable.Viewable:
        return stack(
            pn.FlexBox(*self._suggested, gap="8px", margin=0),
            pn.Row(self._input, self._send, sizing_mode="stretch_width", margin=0, styles={"gap": "8px"}),
        )
