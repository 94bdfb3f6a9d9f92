"""A session downloaded from the Sessions page, in each format, and opened by another program."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import mido
import polars as pl
import pytest
from playwright.sync_api import Browser, Page

from workbench.demo.history import make_history, plan_history
from workbench.store.columns import new_id
from workbench.store.engine import open_engine, upgrade
from workbench.store.records import SessionEnd
from workbench.store.repository import Repository
from workbench.user import User

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory, e2e: Any) -> Iterator[tuple[str, SessionEnd]]:
    """Address of an app with one session of Ada, and that session."""
    folder = tmp_path_factory.mktemp("taken")
    engine = open_engine(f"sqlite:///{folder / 'data' / 'fretcoach.sqlite'}")
    upgrade(engine)
    ((start, end),) = make_history(plan_history(users=1, weeks=1)[:1])
    mine = new_id()
    end = replace(end, session_id=mine)
    Repository(engine).add_finished([(replace(start, session_id=mine, user=User("ada")), end)])
    engine.dispose()
    with e2e.running_app(folder) as (url, _):
        yield url, end


@pytest.fixture
def page(chromium: Browser, taken: tuple[str, SessionEnd], e2e: Any) -> Iterator[Page]:
    """The Sessions page in a narrow window, the session open and its downloads in sight."""
    viewport = {"width": 360, "height": 800}
    with e2e.watched(chromium, taken[0], viewport=viewport, accept_downloads=True) as page:
        page.goto("/sessions")
        page.locator("button.entry").click()
        page.get_by_text("Take it with you").click()
        yield page


def downloaded(page: Page, label: str) -> tuple[str, bytes]:
    """What a click on the button brings: a name and its content."""
    with page.expect_download(timeout=60_000) as promise:
        page.get_by_text(label, exact=True).click()
    path = promise.value.path()
    return promise.value.suggested_filename, Path(path).read_bytes()


def test_each_button_brings_its_file(page: Page, taken: tuple[str, SessionEnd]) -> None:
    sure = [note for note in taken[1].notes if note.in_scale is not None]
    name, content = downloaded(page, "MIDI")
    assert name.startswith("fretcoach-")
    assert name.endswith(".mid")
    begun = [message for message in mido.MidiFile(file=io.BytesIO(content)) if message.type == "note_on"]
    assert len(begun) == len(sure)

    name, content = downloaded(page, "CSV")
    assert name.endswith(".csv")
    notes = pl.read_csv(io.BytesIO(content))
    assert notes.height == len(taken[1].notes)
    assert "note" in notes.columns

    name, content = downloaded(page, "MusicXML")
    assert name.endswith(".musicxml")
    assert ElementTree.fromstring(content).tag == "score-partwise"

    name, content = downloaded(page, "PDF")
    assert name.endswith(".pdf")
    assert content.startswith(b"%PDF-")
    # Nothing is pushed out of a narrow window.
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
