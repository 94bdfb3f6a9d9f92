"""Tells a screen reader what has come, once and whole, where the eye sees it grow."""

from typing import ClassVar

import param
from panel.custom import JSComponent


class Announcer(JSComponent):
    """Out of sight; a new text is read out politely."""

    text = param.String(default="")

    _stylesheets: ClassVar[list[str]] = [
        ".unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }"
    ]
    _esm = """
    export function render({ model }) {
      const box = document.createElement("div");
      box.setAttribute("aria-live", "polite");
      box.className = "unseen";
      model.on("text", () => { box.textContent = model.text });
      return box;
    }
    """

    def __init__(self) -> None:
        super().__init__(width=0, height=0, margin=0)
