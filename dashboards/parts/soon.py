"""Work that a tab waits for without standing still."""

from collections.abc import Awaitable
from typing import Any

from bokeh.document import Document


def soon(document: Document, work: Awaitable[Any]) -> None:
    """Let the tab finish what it is doing, then do `work` under the document's lock."""

    async def run() -> None:
        await work

    document.add_next_tick_callback(run)  # type: ignore[arg-type]  # Bokeh awaits coroutines too
