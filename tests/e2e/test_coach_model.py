"""The Coach page with a model that says what the test scripts: streaming, cost, faults, a restart."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from loopback import Calls, Server, Status, Text
from playwright.sync_api import Browser, Page, expect

from coach.past import Past
from dashboards.parts.days import today
from dashboards.parts.next_practice import idea_for
from workbench.archive import Archive
from workbench.demo.history import plan_history, store_history
from workbench.store.engine import open_engine, upgrade
from workbench.store.repository import Repository
from workbench.user import User

pytestmark = pytest.mark.browser

LOOK = Calls([("analyze_performance", {"time": "newest sessions"})])
QUESTION = "How is my timing?"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server().start()
    yield server
    server.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("coach-model")


@pytest.fixture(scope="module")
def sentence(folder: Path) -> str:
    """Something true about the player, whose database this makes, with the next practice planned."""
    engine = open_engine(f"sqlite:///{folder / 'data' / 'fretcoach.sqlite'}")
    upgrade(engine)
    store_history(Repository(engine), plan_history(users=1, weeks=5))
    archive = Archive(User("demo-ada"), engine)
    idea_for(archive, None)
    fact = Past(archive, today=today(), zone=None).history.facts["timing_stability.score"]
    engine.dispose()
    return f"Your timing score is {100 * fact.value:.0f} of 100."


@pytest.fixture
def opened(
    chromium: Browser, e2e: Any, folder: Path, server: Server
) -> Callable[[], AbstractContextManager[Page]]:
    """Starts the app and opens its Coach page."""
    prices = {"FRETCOACH_COACH_PRICES": '{"loopback": [1000, 1000]}', "FRETCOACH_COACH_BUDGET_USD": "5"}
    settings = {"FRETCOACH_USER": "demo-ada", **server.environment(), **prices}

    @contextmanager
    def running() -> Iterator[Page]:
        size = {"width": 1280, "height": 900}
        with (
            e2e.running_app(folder, **settings) as (url, _),
            e2e.watched(chromium, url, viewport=size) as page,
        ):
            page.goto("/chat")
            yield page

    return running


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")


def answered(page: Page) -> None:
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_enabled()


def test_a_model_answers_and_what_it_said_survives(
    opened: Callable[[], AbstractContextManager[Page]], server: Server, sentence: str
) -> None:
    with opened() as page:
        expect(
            page.get_by_text("The compatible server loopback answers. $0.00 of $5.00 this month")
        ).to_be_visible()
        streams_and_outlives_a_reload(page, server, sentence)
        expect(page.get_by_text(re.compile(r"\$0\.\d\d of \$5\.00 this month"))).not_to_contain_text(
            "$0.00 of"
        )
        refuses_what_was_not_measured(page, server, sentence)
        falls_back_on_the_rules(page, server)
    with opened() as page:
        expect(page.locator(".bubble")).to_have_count(3)
        expect(page.locator(".answer", has_text=sentence).first).to_be_visible()


def streams_and_outlives_a_reload(page: Page, server: Server, sentence: str) -> None:
    gate = threading.Event()
    server.script([LOOK, Text(f"{sentence} Play slowly now.", gate=gate)])
    ask(page, QUESTION)
    expect(page.locator(".answer").last).to_have_text(sentence)
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_disabled()
    page.reload()
    expect(page.locator(".answer").last).to_have_text(sentence)
    gate.set()
    answered(page)
    expect(page.locator(".answer").last).to_have_text(f"{sentence} Play slowly now.")
    expect(page.locator(".signed").last).to_have_text(
        "By The compatible server loopback, checked against your figures"
    )
    page.get_by_text("Based on").last.click()
    expect(page.locator(".based li").last).to_contain_text("timing score")


def refuses_what_was_not_measured(page: Page, server: Server, sentence: str) -> None:
    server.script([LOOK, Text("Your notes come 93 ms late."), Text(sentence)])
    ask(page, "Am I late?")
    expect(page.locator(".bubble").last).to_have_text("Am I late?")
    answered(page)
    expect(page.locator(".answer").last).to_have_text(sentence)
    expect(page.get_by_text("93 ms")).to_have_count(0)


def falls_back_on_the_rules(page: Page, server: Server) -> None:
    server.always = Status(500)
    server.script([])
    ask(page, "What should I practise next?")
    expect(page.locator(".bubble").last).to_have_text("What should I practise next?")
    answered(page)
    expect(page.locator(".foot .notice").last).to_contain_text("The rules answered instead.")
    expect(page.locator(".signed").last).to_have_text("By FretCoach's rules")
    page.get_by_role("button", name="Another idea").click()
    expect(page.locator(".plan .notice").first).to_contain_text("The rules made this plan.")
