"""One session as one file: for a sequencer, a notation program, or a spreadsheet."""

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import polars as pl

from dsp.convert import note_name
from workbench.transfer.midi import midi_of
from workbench.transfer.musicxml import musicxml_of
from workbench.transfer.played import Played
from workbench.transfer.sheet import pdf_of


def spreadsheet_of(notes: pl.DataFrame, *, flats: bool = False) -> bytes:
    """Notes as a CSV file that a spreadsheet opens: one table, with their names, without ids.

    Parameters
    ----------
    notes : frame of `queries.notes`
    flats : spell with flats
    """
    names = [None if midi is None else note_name(midi, flats=flats) for midi in notes["midi"]]
    named = notes.drop("session_id").insert_column(1, pl.Series("note", names, pl.String))
    written = BytesIO()
    # Without the mark at its beginning, some spreadsheets take UTF-8 for something else.
    named.write_csv(written, include_bom=True)
    return written.getvalue()


def _write_midi(played: Played, path: Path) -> None:
    path.write_bytes(midi_of(played))


def _write_musicxml(played: Played, path: Path) -> None:
    path.write_bytes(musicxml_of(played))


def _write_pdf(played: Played, path: Path) -> None:
    path.write_bytes(pdf_of(played))


WRITERS: Mapping[str, Callable[[Played, Path], None]] = MappingProxyType(
    {"midi": _write_midi, "musicxml": _write_musicxml, "pdf": _write_pdf}
)
"""Formats of one session: each writes it to a path."""
