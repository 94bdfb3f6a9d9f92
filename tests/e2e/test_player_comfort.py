"""Keys, phones, light and dark: what a player with a guitar in the hands needs."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

MIN_TARGET_PX = 44

# Every visible control with its size, open shadow roots included.
CONTROLS = """
() => {
  const found = [];
  const seek = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.matches("button, select, input, a[href]") && node.checkVisibility()) {
        const target = node.matches("input[type=radio], input[type=checkbox]") ? node.closest("label") : node;
        const {width, height} = target.getBoundingClientRect();
        const name = `${node.tagName} ${node.textContent.trim()}`;
        if (width > 1) found.push([name, Math.round(width), Math.round(height)]);
      }
      if (node.shadowRoot) seek(node.shadowRoot);
    }
  };
  seek(document);
  return found;
}
"""


@pytest.fixture
def phone(chromium: Browser, app_url: str, e2e: Any) -> Iterator[Any]:
    """The Practice page on a phone."""
    with e2e.watched(
        chromium, app_url, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    ) as page:
        yield e2e.PracticePage(page).open()


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_keys_start_pause_mark_and_stop(practice: Any) -> None:
    page = practice.page
    page.keyboard.press("Space")
    expect(practice.button("Stop")).to_be_visible(timeout=30_000)
    page.locator(".note[data-note]").wait_for()
    page.keyboard.press("m")
    page.keyboard.press("p")
    expect(practice.button("Resume")).to_be_visible()
    page.keyboard.press("p")
    expect(practice.button("Pause")).to_be_visible()
    page.keyboard.press("Space")
    practice.final_scores()
    page.get_by_role("link", name="Look closer").click()
    expect(page.get_by_role("textbox", name="comment")).to_have_value(re.compile(r"Marked at 0:\d\d\."))


def test_a_key_typed_into_a_field_is_text(practice: Any) -> None:
    practice.page.get_by_role("combobox", name="Scale").select_option("My own ..")
    scale = practice.page.get_by_role("textbox", name="Own scale")
    scale.press_sequentially("A minor pm ")
    expect(practice.button("Start")).to_be_visible()
    expect(scale).to_have_value("A minor pm ")


def test_everything_is_reached_by_tab_with_a_visible_focus(practice: Any) -> None:
    page = practice.page
    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                """() => {
                  let node = document.activeElement;
                  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
                  const {outlineStyle, outlineWidth} = getComputedStyle(node);
                  const name = node.textContent.trim().slice(0, 8);
                  return [node.tagName, name, outlineStyle, outlineWidth].join("|");
                }"""
            )
        )
    assert any("Start" in each for each in reached)
    assert any(each.startswith("SELECT") for each in reached)
    unseen = [each for each in reached if not each.startswith("BODY") and "|none|" in each]
    assert unseen == []


def test_targets_are_large_enough(practice: Any) -> None:
    small = [each for each in practice.page.evaluate(CONTROLS) if each[2] < MIN_TARGET_PX]
    assert small == []


def test_a_phone_shows_all_without_scrolling_sideways(phone: Any) -> None:
    assert sideways(phone.page) == 0
    phone.start()
    phone.page.locator(".note[data-note]").wait_for()
    assert sideways(phone.page) == 0
    for seen in (".note", ".four", '[data-action="stop"]'):
        box = phone.page.locator(seen).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 740
    phone.button("Stop").click()
    phone.final_scores()
    assert sideways(phone.page) == 0


def test_the_tab_bears_the_name_of_the_page(practice: Any) -> None:
    expect(practice.page).to_have_title("Practice - FretCoach")


def test_light_and_dark_are_switched_and_kept(practice: Any) -> None:
    page = practice.page
    page.get_by_role("button", name="Switch between light and dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    practice.open()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark == "rgb(18, 21, 25)"
