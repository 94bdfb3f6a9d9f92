"""What can be downloaded, and what is said when it can't."""

import asyncio
import io
from typing import Any

import panel as pn
import polars as pl
import pytest

from dashboards.parts import take_along
from dashboards.parts.opened import Opened
from dashboards.parts.shell import Look
from dashboards.parts.take_along import TakeAlong
from workbench.archive import Archive
from workbench.transfer.manifest import TransferError
from workbench.transfer.played import Played


@pytest.fixture
def row(own: Archive, three: list[str]) -> dict[str, Any]:
    return own.sessions().filter(session_id=three[0]).row(0, named=True)


def buttons(view: Any) -> dict[str, pn.widgets.FileDownload]:
    return {found.label: found for found in pn.panel(view).select(pn.widgets.FileDownload)}


def test_each_format_has_a_button_and_a_name_with_the_day(own: Archive, row: dict[str, Any]) -> None:
    made = buttons(TakeAlong(own, row))
    assert set(made) >= {"CSV", "MIDI", "MusicXML"}
    assert made["MIDI"].filename.startswith("fretcoach-2026-11-")
    assert made["MIDI"].filename.endswith(".mid")


def test_a_click_makes_the_file(own: Archive, row: dict[str, Any]) -> None:
    made = asyncio.run(buttons(TakeAlong(own, row))["CSV"].callback())
    assert pl.read_csv(io.BytesIO(made.read())).height == own.notes(row["session_id"]).height


def test_what_goes_wrong_is_said_on_the_page(
    own: Archive, row: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(played: Played) -> bytes:
        raise TransferError("No <b>ink</b>.")

    monkeypatch.setattr(take_along, "midi_of", fail)
    view = TakeAlong(own, row)
    with pytest.raises(TransferError):
        asyncio.run(buttons(view)["MIDI"].callback())
    assert view._trouble.visible
    assert "No &lt;b&gt;ink&lt;/b&gt;." in view._trouble.object


def test_without_a_browser_there_is_no_pdf(
    own: Archive, row: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_along, "can_print", lambda: False)
    assert "PDF" not in buttons(TakeAlong(own, row))


def test_a_session_that_runs_has_nothing_to_take(own: Archive, row: dict[str, Any]) -> None:
    assert "CSV" in buttons(Opened(own, row, Look()))
    assert buttons(Opened(own, row | {"end_timestamp": None}, Look())) == {}
