"""Speaks a sentence with the browser's own voice. The newest sentence wins; nothing is fetched."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import param
from panel.custom import JSComponent

SILENT = "This browser has no voice to speak with: turn the sound on, or install a voice for your system."


class Speech(JSComponent):
    """A voice without a face.

    Attributes
    ----------
    silent : called when a sentence could not be spoken
    """

    sentence = param.Dict(default={"number": 0, "text": ""}, doc="the newest; an empty text hushes the voice")

    _esm = Path(__file__).with_suffix(".js")

    def __init__(self, silent: Callable[[], Any] = lambda: None, **params: Any) -> None:
        super().__init__(width=0, height=0, margin=0, **params)
        self.silent = silent

    def say(self, text: str) -> None:
        """Speak this now, in place of whatever is being spoken."""
        # The same words twice are two sentences.
        self.sentence = {"number": self.sentence["number"] + 1, "text": text}

    def hush(self) -> None:
        """Be still at once."""
        if self.sentence["text"]:
            self.say("")

    def _handle_msg(self, data: Any) -> None:
        if data == "silent":
            self.silent()
