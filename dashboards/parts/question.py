"""What the player asked; it comes back into sight when its answer is whole and longer than the window."""

from pathlib import Path
from typing import ClassVar

import param
from panel.custom import JSComponent


class Question(JSComponent):
    """The words of a question, at the right. `settle` brings it back into sight."""

    text = param.String(default="")
    fresh = param.Boolean(default=False, doc="it has just been asked: whoever had scrolled away comes back")
    settled = param.Integer(default=0, doc="how often it was called back")

    _esm = Path(__file__).with_suffix(".js")
    _stylesheets: ClassVar[list[str]] = [Path(__file__).with_suffix(".css").read_text("utf-8")]

    def __init__(self, text: str, *, fresh: bool = False) -> None:
        super().__init__(text=text, fresh=fresh, sizing_mode="stretch_width", margin=0)

    def settle(self) -> None:
        """The answer is whole: a reader wants its beginning and not its end."""
        self.settled += 1
