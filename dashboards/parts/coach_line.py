"""One calm line for the coach while one plays: what to do, then its newest sentence."""

from pathlib import Path
from typing import Any, ClassVar

import param
from panel.custom import JSComponent


class CoachLine(JSComponent):
    """Keeps its height whatever it says, so that nothing below it moves; screen readers hear it politely."""

    text = param.String(default="")

    _esm = Path(__file__).with_suffix(".js")
    _stylesheets: ClassVar[list[str]] = [Path(__file__).with_suffix(".css").read_text("utf-8")]

    def __init__(self, **params: Any) -> None:
        super().__init__(**{"sizing_mode": "stretch_width", "margin": 0, **params})
