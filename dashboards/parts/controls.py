"""How every control looks: one Panel design for all pages, in the colours of the shell."""

from importlib.resources import files
from typing import Any, ClassVar

from panel.theme.base import Design
from panel.viewable import Viewable

CONTROLS_CSS = files("dashboards.parts").joinpath("controls.css").read_text("utf-8")


class Controls(Design):
    """Panel design: targets of 44 px, visible focus, the shell's CSS variables instead of a colour scheme."""

    modifiers: ClassVar[dict[type[Viewable], dict[str, Any]]] = {Viewable: {"stylesheets": [CONTROLS_CSS]}}
