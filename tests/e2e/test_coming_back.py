"""A practice lives in the app, not in the page: reloads, other pages, other tabs, the end of the app."""

import re
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def played(page: Page) -> int:
    """How many notes the page has counted."""
    found = re.search(r"played (\d+)", page.locator(".tally").inner_text())
    return int(found[1]) if found else 0


def test_a_reload_comes_back_to_the_running_practice(practice: Any) -> None:
    practice.start()
    practice.page.locator(".note[data-note]").wait_for()
    practice.open()
    expect(practice.button("Stop")).to_be_visible()
    expect(practice.page.get_by_role("combobox", name="Scale")).to_be_hidden()
    practice.page.locator(".note[data-note]").wait_for()
    assert played(practice.page) > 0


def test_another_page_and_back(practice: Any) -> None:
    practice.start()
    practice.page.get_by_role("link", name="Sessions").click()
    practice.page.get_by_role("link", name="Practice").click()
    expect(practice.button("Stop")).to_be_visible()


def test_two_tabs_show_one_practice(practice: Any, chromium: Browser, app_url: str, e2e: Any) -> None:
    practice.start()
    with e2e.watched(chromium, app_url) as second:
        other = e2e.PracticePage(second).open()
        expect(other.button("Stop")).to_be_visible()
        other.button("Stop").click()
        expect(practice.button("Again")).to_be_visible()


def test_a_reload_after_the_end_still_shows_the_summary(practice: Any) -> None:
    practice.start()
    practice.page.locator(".note[data-note]").wait_for()
    practice.button("Stop").click()
    scores = practice.final_scores()
    practice.open()
    assert practice.final_scores() == scores


def test_sigterm_stores_what_was_played(chromium: Browser, tmp_path: Path, e2e: Any) -> None:
    with e2e.running_app(tmp_path) as (url, process):
        with e2e.watched(chromium, url) as page:
            practice = e2e.PracticePage(page).open()
            practice.start()
            page.locator(".note[data-note]").wait_for()
            process.send_signal(signal.SIGTERM)
            assert process.wait(30.0) == 0
            page.goto("about:blank")
        with sqlite3.connect(tmp_path / "data" / "fretcoach.sqlite") as database:
            (ended,) = database.execute("select end_timestamp is not null from sessions").fetchone()
            (notes,) = database.execute("select count(*) from notes").fetchone()
    assert ended
    assert notes > 0
