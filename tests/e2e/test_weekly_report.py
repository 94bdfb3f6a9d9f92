"""The weekly report in a real browser without a network, and on paper."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Page, expect

from workbench.report.run import printed
from workbench.report.sections import MOST_SESSIONS, MOST_SPOTS

pytestmark = pytest.mark.browser


def fretcoach(folder: Path, *arguments: str) -> None:
    """Run the command line as a player does, with a data folder of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FRETCOACH_")}
    root = Path(__file__).resolve().parents[2]
    environment |= {"FRETCOACH_DATA_DIR": str(folder / "data"), "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", "from workbench.cli import main; main()", *arguments]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a week of the demo that has practice: the last but one or the one before it."""
    folder = tmp_path_factory.mktemp("report")
    fretcoach(folder, "demo-data", "--users", "1", "--weeks", "8", "--seed", "2")
    fretcoach(folder, "report", "--user", "demo-ada")
    (page,) = folder.glob("fretcoach-demo-ada-*.html")
    return page


@contextmanager
def offline(e2e: ModuleType, browser: Browser, report: Path, width: int = 900) -> Iterator[Page]:
    """The report in a window that has no network; a request or a message on the console fails the test."""
    with e2e.watched(browser, report.parent.as_uri(), viewport={"width": width, "height": 1000}) as page:
        page.context.set_offline(True)
        page.goto(report.as_uri())
        yield page


def test_it_shows_its_pictures_without_a_network(e2e: ModuleType, chromium: Browser, report: Path) -> None:
    with offline(e2e, chromium, report) as page:
        expect(page.get_by_role("heading", name="demo-ada")).to_be_visible()
        for name in ("practice", "scores", "weak-spots", "moments"):
            picture = page.locator(f"section.{name} svg").first
            expect(picture).to_be_visible()
        for selector, least in (
            ("section.practice svg rect", 35),
            ("section.scores svg circle", 5),
            ("section.weak-spots svg circle", 10),
            ("section.moments svg circle", 8),
        ):
            shapes = page.locator(selector)
            assert shapes.count() >= least, selector
            box = shapes.nth(least - 1).bounding_box()
            assert box is not None
            assert box["width"] > 1.0
        outside = page.evaluate(
            """() => [...document.querySelectorAll('svg text')].filter((text) => {
                 const box = text.getBoundingClientRect();
                 const frame = text.closest('svg').getBoundingClientRect();
                 return box.left < frame.left - 1 || box.right > frame.right + 1 ||
                        box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
               }).map((text) => text.textContent)"""
        )
        assert outside == [], "words cut off at the edge of a picture"


@pytest.mark.parametrize("width", [360, 900])
def test_nothing_is_wider_than_the_window(
    e2e: ModuleType, chromium: Browser, report: Path, width: int
) -> None:
    with offline(e2e, chromium, report, width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints_on_two_pages_also_when_there_is_much_to_say(
    report: Path, pages_of: Callable[[bytes], int]
) -> None:
    page = report.read_text(encoding="utf-8")
    assert pages_of(printed(page)) == 2
    assert pages_of(printed(stuffed(page))) == 2


def stuffed(page: str) -> str:
    """The same report with as many sentences and rows as there can be."""
    change = (
        "<li>Timing is 15 points better than in the four weeks before: 60 then, 75 now (by 9 to 21).</li>"
    )
    long = f"<li>{80 * 'word '}</li>"[:170] + "</li>"
    page = filled(page, "changes", "ul", change * 5 + long * 2)
    page = filled(page, "weak-spots", "ol", long * MOST_SPOTS)
    row = "<td>Wed 28 Oct, 17:44</td><td>B flat harmonic minor</td>" + "<td>100</td>" * 5 + f"<td>{long}</td>"
    page = filled(page, "diary", "table", f"<tr>{row}</tr>" * (MOST_SESSIONS + 1))
    more = "<p>and 3 more sessions.</p>"
    settings = "<p>Scored by engine 2.0 (sound at 48 kHz, looked at every 5.8 ms, 40 ms of patience).</p>"
    return page.replace("</section>\n<footer>", f"{more}</section>\n<footer>{settings}")


def filled(page: str, section: str, tag: str, content: str) -> str:
    """The page with another content of the first such element of a section."""
    pattern = rf'(<section class="{section}">.*?<{tag}[^>]*>).*?(</{tag}>)'
    changed, count = re.subn(pattern, rf"\g<1>{content}\g<2>", page, count=1, flags=re.DOTALL)
    assert count == 1, section
    return changed
