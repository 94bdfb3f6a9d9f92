"""A session to take along: a file for a notation program, a sequencer, a spreadsheet, or paper.

A file is made when it is asked for, in a thread of its own, so that nobody's practice waits for it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from html import escape
from importlib.util import find_spec
from io import BytesIO
from typing import Any

import panel as pn

from dashboards.parts.days import local
from dashboards.parts.layout import grid, prose, stack
from workbench.archive import Archive
from workbench.printing import can_print
from workbench.store.errors import StoreError
from workbench.transfer.midi import midi_of
from workbench.transfer.musicxml import musicxml_of
from workbench.transfer.played import Played, played_session
from workbench.transfer.sheet import pdf_of
from workbench.transfer.single import spreadsheet_of

HINT = (
    "MusicXML opens in MuseScore and other notation programs, MIDI in any sequencer, "
    "CSV in a spreadsheet; the PDF is one page to print."
)


def _csv_of(played: Played) -> bytes:
    return spreadsheet_of(played.events, flats=played.scale is not None and played.scale.flats)


class TakeAlong(pn.viewable.Viewer):
    """Buttons that download one session, a button for each format that can be made on this machine.

    Parameters
    ----------
    archive : where the session is kept
    row : its row of `queries.sessions`
    """

    def __init__(self, archive: Archive, row: Mapping[str, Any]) -> None:
        super().__init__()
        self._archive, self._row = archive, row
        self._trouble = prose(visible=False)

    def __panel__(self) -> pn.viewable.Viewable:
        made: list[tuple[str, str, Callable[[Played], bytes]]] = [("CSV", "csv", _csv_of)]
        if find_spec("mido") is not None:
            made.append(("MIDI", "mid", midi_of))
        if find_spec("music21") is not None:
            made.append(("MusicXML", "musicxml", musicxml_of))
        if can_print():
            made.append(("PDF", "pdf", pdf_of))
        buttons = [self._button(*choice) for choice in made]
        return stack(
            prose(f'<p class="muted small">{HINT}</p>'), grid(*buttons, narrowest=120, gap=10), self._trouble
        )

    def _button(self, label: str, suffix: str, make: Callable[[Played], bytes]) -> pn.widgets.FileDownload:
        began = local(self._row["start_timestamp"])
        return pn.widgets.FileDownload(
            callback=self._made(make),
            filename=f"fretcoach-{began:%Y-%m-%d-%H%M}.{suffix}",
            label=label,
            margin=0,
            sizing_mode="stretch_width",
        )

    def _made(self, make: Callable[[Played], bytes]) -> Callable[[], Awaitable[BytesIO]]:
        async def content() -> BytesIO:
            self._trouble.visible = False
            try:
                return BytesIO(await asyncio.to_thread(self._file, make))
            except StoreError as error:
                self._trouble.object = f'<div class="notice" role="status">{escape(str(error))}</div>'
                self._trouble.visible = True
                raise

        return content

    def _file(self, make: Callable[[Played], bytes]) -> bytes:
        played = played_session(self._archive.engine, self._archive.user, self._row["session_id"])
        return make(played)
