"""A real `fretcoach app` and a real Chromium.

Each test's `page` fails when anything was asked of another host, a request failed, or the console showed an
error: a page must be right with the network off.
"""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from workbench.settings import Settings, variable_name

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OTHER_NAME = "fretcoach.test"
"""A name of this machine that is not loopback's: pages under it may use no microphone."""

START_S = 120.0

# Two busy cores draw a page late; how late says nothing about it.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running app with a data folder of its own."""
    with running_app(tmp_path_factory.mktemp("app")) as (url, _):
        yield url


@contextmanager
def running_app(
    folder: Path, *options: str, scheme: str = "http", **settings: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start the app on a free port; end it as a service manager would, and see that it obeys.

    `settings` are environment variables.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {variable_name(field) for field in Settings.model_fields}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    environment |= {"FRETCOACH_DATA_DIR": str(folder / "data"), "FRETCOACH_USER": "ada", **settings}
    log = (folder / "app.log").open("w+")
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from workbench.cli import main; main()",
            "app",
            "--port",
            str(port),
            "--no-show",
            "--origin",
            OTHER_NAME,
            *options,
        ],
        cwd=folder,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        text=True,
    )
    url = f"{scheme}://127.0.0.1:{port}"
    try:
        until(lambda: answers(f"{url}/liveness") or process.poll() is not None, START_S)
        assert process.poll() is None, (folder / "app.log").read_text()
        yield url, process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30.0)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            log.close()


def answers(url: str) -> bool:
    """Whether something answers there."""
    try:
        # The certificate of a test is signed by nobody.
        with urllib.request.urlopen(url, timeout=5.0, context=ssl._create_unverified_context()) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def until(condition: Callable[[], object], within_s: float = 30.0) -> None:
    """Wait for `condition`, at most `within_s`."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {within_s:g} s"
        time.sleep(0.1)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    if shutil.which(CHROMIUM) is None:
        pytest.skip(f"no Chromium at {CHROMIUM}; install it with: apt-get install -y chromium")
    with sync_playwright() as driver:
        yield driver


@contextmanager
def launched(playwright: Playwright, *flags: str) -> Iterator[Browser]:
    """A browser with more flags than the usual ones."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
    try:
        yield browser
    finally:
        browser.close()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A browser without a microphone."""
    with launched(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def e2e() -> ModuleType:
    """This module, for tests that need a browser, a window or an app of their own."""
    return sys.modules[__name__]


@pytest.fixture
def page(chromium: Browser, app_url: str) -> Iterator[Page]:
    """A window of 1280 px."""
    with watched(chromium, app_url, viewport={"width": 1280, "height": 800}) as page:
        yield page


@pytest.fixture
def practice(page: Page) -> "PracticePage":
    """The Practice page, ready to be used."""
    return PracticePage(page).open()


@contextmanager
def watched(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    """A window whose every request and console message is looked at when the test is done."""
    context = browser.new_context(base_url=url, **options)
    page = context.new_page()
    trouble: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((url, "data:", "blob:")):
            trouble.append(f"asked {request.url}")

    def failed(request: Request) -> None:
        # The browser itself gives up what a page still wanted when the player moves on.
        if request.failure != "net::ERR_ABORTED":
            trouble.append(f"failed {request.url}: {request.failure}")

    def told(message: ConsoleMessage) -> None:
        # Other warnings are the graphics driver's, about itself.
        if message.type == "error" or (message.type == "warning" and "bokeh" in message.text):
            trouble.append(f"console {message.type}: {message.text}")

    page.on("request", asked)
    page.on("requestfailed", failed)
    page.on("response", lambda got: trouble.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    page.on("console", told)
    page.on("pageerror", lambda error: trouble.append(f"script error: {error}"))
    try:
        yield page
    finally:
        stop_if_playing(page)
        context.close()
    assert trouble == []


def stop_if_playing(page: Page) -> None:
    """Leave no practice behind for the next test."""
    stop = page.get_by_role("button", name="Stop")
    if stop.is_visible():
        stop.click()
        page.get_by_role("button", name="Again").wait_for()


METRICS = ("Pitch", "Scale", "Timing", "Noise")


@dataclass
class PracticePage:
    """The Practice page as a player uses it."""

    page: Page

    def open(self) -> "PracticePage":
        """Load it; what it shows when it is ready depends on whether a practice runs."""
        self.page.goto("/practice")
        self.page.locator(".note").wait_for(state="attached")
        return self

    def button(self, name: str) -> Locator:
        """One of the buttons, by the word on it."""
        return self.page.get_by_role("button", name=name)

    def start(self) -> None:
        """Press Start and see the controls fold away."""
        self.button("Start").click()
        expect(self.button("Stop")).to_be_visible(timeout=30_000)
        expect(self.page.get_by_role("combobox", name="Scale")).to_be_hidden()

    def listen(self) -> None:
        """From now on, keep every note that the big label shows."""
        self.page.locator(".note").evaluate(
            """label => {
              window.shownNotes = [];
              new MutationObserver(() => window.shownNotes.push(label.dataset.note))
                .observe(label, {attributes: true, attributeFilter: ["data-note"]});
            }"""
        )

    def shown_notes(self) -> list[str]:
        """What the label has shown since `listen`, without repeats in a row."""
        return [name for name, _ in groupby(self.page.evaluate("window.shownNotes"))]

    def live_scores(self) -> tuple[str | None, ...]:
        """What the four meters show now."""
        return tuple(
            self.page.locator(f'.meter[data-meter="{name}"]').get_attribute("data-score") for name in METRICS
        )

    def wait_until_ended(self) -> set[tuple[str | None, ...]]:
        """Wait for the summary; returns every state of the meters on the way."""
        seen = set()
        while not self.button("Again").is_visible():
            seen.add(self.live_scores())
            self.page.wait_for_timeout(500)
        return seen

    def final_scores(self) -> dict[str, str]:
        """The scores of the summary at stop, by metric."""
        self.button("Again").wait_for()
        return {name: self.page.locator(f"tr[data-metric={name}] td.number").inner_text() for name in METRICS}
