"""The microphone of the browser: a page component that sends sound to a `BrowserSource`.

The newest tab that opens its microphone for a source is the one that is heard: two tabs of one player never
mix their sound.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import param
from panel.custom import JSComponent

from workbench.audio.browser import BrowserSource
from workbench.audio.source import SourceError

log = logging.getLogger(__name__)

SENTENCES = {
    "insecure": "This address may not use a microphone; open the page at http://127.0.0.1 or over https.",
    "refused": "The browser refused the microphone; allow it in the address bar, then press Start again.",
    "missing": "No microphone was found; plug one in or choose another source, then press Start again.",
    "busy": "Another program holds the microphone; close that program, then press Start again.",
    "asleep": "The browser waits for you: click anywhere on the page and the microphone goes on.",
    "ended": "The microphone was unplugged or switched off; press Start to begin again.",
    "failed": "The browser could not open the microphone; reload the page or try another browser.",
}
"""What each trouble means to a player, and what to do."""

_heard: WeakKeyDictionary[BrowserSource, "Microphone"] = WeakKeyDictionary()


class Microphone(JSComponent):
    """Opens and closes the browser's microphone and passes its sound on.

    Attributes
    ----------
    opened : called with (sample rate in Hz, label) once sound can flow
    trouble : called with (code, sentence); codes are the keys of `SENTENCES`
    """

    wanted = param.Boolean(default=False, doc="the microphone should be open")

    _esm = Path(__file__).with_suffix(".js")

    def __init__(
        self, opened: Callable[[float, str], Any], trouble: Callable[[str, str], Any], **params: Any
    ) -> None:
        super().__init__(width=0, height=0, margin=0, **params)
        self.opened, self.trouble = opened, trouble
        self._source: BrowserSource | None = None

    def feed(self, source: BrowserSource) -> None:
        """Send the sound to `source` from now on, in place of any other tab."""
        self._source = source
        _heard[source] = self

    def close(self) -> None:
        """Close the microphone."""
        self.wanted, self._source = False, None

    def _handle_msg(self, data: Any) -> None:
        kind = data["kind"]
        if kind == "sound":
            self._take(data)
        elif kind == "open":
            self.opened(float(data["rate"]), str(data["label"]))
        else:
            code = kind if kind in SENTENCES else "failed"
            self.trouble(code, SENTENCES[code])

    def _take(self, data: Any) -> None:
        source = self._source
        if source is None:
            return
        if _heard.get(source) is not self:
            self.close()
            return
        try:
            source.feed(int(data["seq"]), int(data["frame"]), data["pcm"])
        except ValueError as error:
            log.warning("sound from the browser was refused: %s", error)
            source.lost(SENTENCES["failed"])
            self.close()
        except SourceError as error:
            self.trouble("failed", str(error))
