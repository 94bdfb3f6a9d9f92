"""The Coach page and what it starts, in a real browser, without any model."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from workbench.demo.history import plan_history, store_history
from workbench.store.engine import open_engine, upgrade
from workbench.store.repository import Repository

pytestmark = pytest.mark.browser

# Remembers what a page would speak: a browser without a screen has no voice.
EARS = """
window.spoken = [];
window.speechSynthesis.speak = (utterance) => { window.spoken.push(utterance.text); utterance.onstart?.() };
"""


@pytest.fixture(scope="module")
def coach_url(tmp_path_factory: pytest.TempPathFactory, e2e: Any) -> Iterator[str]:
    """An app of a player with five weeks of a made-up history, whose coach speaks up often."""
    folder = tmp_path_factory.mktemp("coach")
    engine = open_engine(f"sqlite:///{folder / 'data' / 'fretcoach.sqlite'}")
    upgrade(engine)
    store_history(Repository(engine), plan_history(users=1, weeks=5))
    engine.dispose()
    with e2e.running_app(folder, FRETCOACH_USER="demo-ada", FRETCOACH_COACH_LIVE_EVERY_S="5") as (url, _):
        yield url


@pytest.fixture
def page(chromium: Browser, coach_url: str, e2e: Any) -> Iterator[Page]:
    with e2e.watched(chromium, coach_url, viewport={"width": 1280, "height": 900}) as page:
        yield page


@pytest.fixture
def phone(chromium: Browser, coach_url: str, e2e: Any) -> Iterator[Page]:
    with e2e.watched(chromium, coach_url, viewport={"width": 360, "height": 740}, has_touch=True) as page:
        yield page


def ask(page: Page, question: str) -> None:
    """Type a question and wait until it is answered."""
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    answered(page)


def answered(page: Page) -> None:
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_enabled()
    expect(page.locator(".looking:visible")).to_have_count(0)


def newest(page: Page) -> Locator:
    """The words of the newest answer."""
    return page.locator(".answer").last


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def play_the_plan(practice: Any) -> None:
    """Practise with a demo take what the page has been set up with."""
    page = practice.page
    expect(page.locator(".scale-name")).not_to_be_empty()
    name = page.locator(".scale-name").inner_text()
    scale = page.get_by_label("Scale", exact=True).first.input_value()
    kind = page.get_by_label("Type").input_value()
    page.get_by_label("A demo take").check()
    page.get_by_role("combobox", name="Take").wait_for()
    page.get_by_label("Scale", exact=True).first.select_option(scale)
    page.get_by_label("Type").select_option(kind)
    expect(page.locator(".scale-name")).to_have_text(name)
    practice.start()


def test_one_click_sets_the_practice_page_up_and_the_session_counts(page: Page, e2e: Any) -> None:
    page.goto("/chat")
    start = page.get_by_role("link", name="Start this").first
    start.wait_for()
    expect(page.get_by_role("heading", name="Next practice")).to_be_visible()
    page.get_by_text("Based on").first.click()
    expect(page.locator(".based li").first).to_contain_text("From")
    start.click()
    expect(page).to_have_url(re.compile("/practice\\?plan="))
    expect(page.get_by_text("Your plan")).to_be_visible()
    expect(page.get_by_label("This browser's microphone")).to_be_checked()
    expect(page.get_by_role("button", name="Start")).to_be_in_viewport()
    practice = e2e.PracticePage(page)
    play_the_plan(practice)
    practice.final_scores()
    expect(page.get_by_text("You played your plan")).to_be_visible()
    page.get_by_role("link", name="Coach page").click()
    page.get_by_text("Earlier plans").click()
    expect(page.locator(".past")).to_contain_text("Played. ")


def test_an_answer_with_its_chart_is_kept_over_a_reload(page: Page) -> None:
    page.goto("/chat")
    page.get_by_role("button", name="My last session").click()
    answered(page)
    expect(page.locator(".bubble")).to_have_text("How was my last session?")
    expect(page.locator(".bk-Figure canvas").first).to_be_visible()
    said = newest(page).inner_text()
    page.reload()
    expect(newest(page)).to_have_text(said)
    expect(page.locator(".bk-Figure canvas").first).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".bubble")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="My last session")).to_be_visible()
    expect(page.locator(".bubble")).to_have_count(0)


def test_a_plan_is_saved_when_the_player_says_so(page: Page) -> None:
    page.goto("/chat")
    ask(page, "Make me a plan of 13 minutes")
    page.get_by_role("button", name="Save this plan").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(page.locator(".plan h3").first).to_contain_text("13 minutes")
    page.get_by_role("link", name="Start this").last.click()
    expect(page.get_by_text(re.compile("13 minutes")).first).to_be_visible()


def test_what_is_asked_and_answered_can_be_no_markup(page: Page) -> None:
    page.goto("/chat")
    ask(page, "<img src=x onerror=alert(1)> how was my week?")
    expect(page.locator(".bubble").last).to_have_text("<img src=x onerror=alert(1)> how was my week?")


def test_today_fills_the_minutes_and_leads_to_its_practice(page: Page) -> None:
    page.goto("/chat")
    page.get_by_label("How long").select_option("10 minutes")
    expect(page.locator(".turns li .long").first).to_be_visible()
    page.wait_for_function(
        """() => {
          const found = [];
          const seek = (root) => {
            for (const node of root.querySelectorAll("*")) {
              if (node.matches(".turns .long")) found.push(parseFloat(node.textContent));
              if (node.shadowRoot) seek(node.shadowRoot);
            }
          };
          seek(document);
          return found.reduce((sum, each) => sum + each, 0) === 10;
        }"""
    )
    page.locator(".turns a").first.click()
    expect(page).to_have_url(re.compile("/practice\\?scale="))
    expect(page.get_by_label("This browser's microphone")).to_be_checked()


def test_a_phone_shows_all_without_scrolling_sideways(phone: Page) -> None:
    phone.goto("/chat")
    phone.get_by_role("button", name="My last session").tap()
    answered(phone)
    expect(phone.locator(".bk-Figure canvas").first).to_be_visible()
    assert sideways(phone) == 0
    phone.goto("/settings")
    expect(phone.get_by_role("heading", name="Who answers")).to_be_visible()
    assert sideways(phone) == 0


def test_a_setting_is_kept_and_taken_back(page: Page) -> None:
    page.goto("/settings")
    live = page.get_by_label("Say a sentence now and then while I play")
    live.uncheck()
    expect(page.get_by_role("status")).to_contain_text("Saved. The coach keeps silent while you play.")
    page.reload()
    expect(live).not_to_be_checked()
    live.check()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back.")
    expect(live).not_to_be_checked()
    live.check()
    expect(page.get_by_role("status")).to_contain_text("Saved. At most one sentence")


def test_the_coach_speaks_up_while_a_take_plays(page: Page, e2e: Any) -> None:
    page.add_init_script(EARS)
    page.goto("/settings")
    page.get_by_role("button", name="Try the voice").click()
    page.wait_for_function("() => window.spoken.length === 1")
    page.get_by_label("Speak it, too").check()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    practice = e2e.PracticePage(page).open()
    page.get_by_role("combobox", name="Take").select_option("D minor pentatonic, acoustic, an unsteady beat")
    # The page draws its controls anew for another take; a press in between would be lost.
    expect(page.locator(".scale-name")).to_have_text("D minor pentatonic")
    practice.start()
    line = page.locator(".coach p")
    expect(line).to_have_text("The coach listens, and speaks up when something stands out.")
    before = page.locator(".four").bounding_box()
    expect(line).not_to_have_text("The coach listens, and speaks up when something stands out.")
    page.wait_for_function("() => window.spoken.length > 0")
    assert page.locator(".four").bounding_box() == before, "nothing below the line has moved"
    # The next sentence may come meanwhile: what is shown is spoken, whichever it is.
    e2e.until(lambda: line.inner_text() in page.evaluate("window.spoken"))
