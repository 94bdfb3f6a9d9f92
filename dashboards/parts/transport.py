"""Start, pause, resume, stop and mark, by button and by key."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import param
from panel.custom import JSComponent

ACTIONS = ("start", "stop", "pause", "resume", "mark")


class Transport(JSComponent):
    """The buttons that fit the state. Keys: space starts and stops, p pauses and resumes, m sets a marker.

    Attributes
    ----------
    action : called with one of `ACTIONS`
    """

    state: Any = param.Selector(default="idle", objects=["idle", "busy", "running", "paused", "ended"])
    source = param.String(default="", doc="what is listened to")
    notice = param.String(default="", doc="one sentence: what went wrong, or what to do")

    _esm = Path(__file__).with_suffix(".js")
    _stylesheets: ClassVar[list[str]] = [Path(__file__).with_suffix(".css").read_text("utf-8")]

    def __init__(self, action: Callable[[str], Any], **params: Any) -> None:
        super().__init__(**params)
        self.action = action

    def _handle_msg(self, data: Any) -> None:
        if data in ACTIONS:
            self.action(data)
