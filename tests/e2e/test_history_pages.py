"""Sessions, Progress and the front page in a real browser, over one's own sessions and a made-up history."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from workbench.charts.theme import DARK, LIGHT
from workbench.demo.history import make_history, plan_history, store_history
from workbench.store.columns import new_id
from workbench.store.engine import open_engine, upgrade
from workbench.store.repository import Repository
from workbench.user import User

pytestmark = pytest.mark.browser

OWN = 5
PLOT_WITH_REASONS = """
const plots = [...Bokeh.index.query((view) => view.model.type === "Figure")];
const plot = plots.find((view) => view.model.renderers.some((each) => each.data_source?.data.has?.("reason")
  ?? "reason" in (each.data_source?.data ?? {})));
"""


@pytest.fixture(scope="module")
def history_url(tmp_path_factory: pytest.TempPathFactory, e2e: Any) -> Iterator[str]:
    """An app that keeps five sessions of Ada's own and three weeks of a demo player."""
    folder = tmp_path_factory.mktemp("history")
    store_played(folder / "data" / "fretcoach.sqlite")
    with e2e.running_app(folder) as (url, _):
        yield url


def store_played(database: Path) -> None:
    engine = open_engine(f"sqlite:///{database}")
    upgrade(engine)
    repository = Repository(engine)
    plans = plan_history(users=1, weeks=3)
    store_history(repository, plans)
    for start, end in make_history(plans[:OWN]):
        mine = new_id()
        repository.add_finished(
            [
                (
                    replace(
                        start, session_id=mine, user=User("ada"), device_type="take", origin_device="laptop"
                    ),
                    replace(end, session_id=mine, comment=None),
                )
            ]
        )
    engine.dispose()


@pytest.fixture
def page(chromium: Browser, history_url: str, e2e: Any) -> Iterator[Page]:
    with e2e.watched(chromium, history_url, viewport={"width": 1280, "height": 900}) as page:
        yield page


@pytest.fixture
def phone(chromium: Browser, history_url: str, e2e: Any) -> Iterator[Page]:
    with e2e.watched(chromium, history_url, viewport={"width": 360, "height": 740}, has_touch=True) as page:
        yield page


@pytest.fixture
def sessions(page: Page) -> Page:
    """The Sessions page with its newest session open."""
    page.goto("/sessions")
    expect(entries(page)).to_have_count(OWN, timeout=30_000)
    page.wait_for_function(f"() => {{ {PLOT_WITH_REASONS} return plot !== undefined }}", timeout=30_000)
    return page


def entries(page: Page) -> Locator:
    """The buttons of the diary."""
    return page.locator("button.entry")


def opened(page: Page, *, other: str = "") -> str:
    """Day and time of the open session, as the diary and as the heading have them.

    While the page is drawn anew there is no text; what is waited for is a whole one, and not `other`.
    """
    heading = page.locator("h2").first
    for _ in range(300):
        text = heading.inner_text()
        if re.search(r"\d\d:\d\d$", text) and text != other:
            return text
        page.wait_for_timeout(100)
    raise AssertionError(f"no session but {other!r} was opened within 30 s: {text!r}")


def window(page: Page) -> tuple[float, float]:
    """The seconds that the timeline shows."""
    start, end = page.evaluate(
        f"() => {{ {PLOT_WITH_REASONS} return [plot.model.x_range.start, plot.model.x_range.end] }}"
    )
    return start, end


def at_rest(page: Page) -> None:
    """Wait until the page has stopped scrolling: a place on a moving page is soon another place."""
    page.evaluate(
        """() => new Promise((done) => {
          let [last, frames] = [-1, 0];
          const look = () => {
            frames = document.scrollingElement.scrollTop === last ? frames + 1 : 0;
            last = document.scrollingElement.scrollTop;
            frames < 20 ? requestAnimationFrame(look) : done();
          };
          look();
        })"""
    )


def place_of_note(page: Page, index: int) -> tuple[float, float]:
    """Where on the screen a note of the timeline is."""
    x, y = page.evaluate(
        f"""(index) => {{ {PLOT_WITH_REASONS}
          plot.el.scrollIntoView({{block: "center"}});
          const marks = plot.model.renderers.find((each) => each.data_source?.get_column?.("reason"));
          const column = (name) => marks.data_source.get_column(name)[index];
          const box = plot.canvas_view.el.getBoundingClientRect();
          return [box.x + plot.frame.x_scale.compute(column("onset_s")),
                  box.y + plot.frame.y_scale.compute(column("midi"))];
        }}""",
        index,
    )
    return x, y


def test_the_front_page_says_what_to_do_first(page: Page) -> None:
    page.goto("/")
    expect(page.locator(".steps li")).to_have_count(3)
    expect(page.locator(".pages a")).to_have_count(5)
    page.get_by_role("link", name="Start practising").click()
    expect(page).to_have_url(re.compile("/practice$"))


def test_a_session_is_opened_by_the_diary_and_by_its_address(sessions: Page) -> None:
    newest, its_address = opened(sessions), sessions.url
    entries(sessions).nth(2).click()
    expect(entries(sessions).nth(2)).to_have_attribute("aria-current", "true")
    older = opened(sessions, other=newest)
    expect(sessions).not_to_have_url(its_address)
    expect(sessions).to_have_url(re.compile(r"\?session=[0-9a-f-]{36}$"))
    sessions.reload()
    expect(sessions.locator("h2").first).to_have_text(older)


def test_a_mark_tells_its_reason(sessions: Page) -> None:
    sessions.mouse.move(*place_of_note(sessions, 3))
    expect(sessions.locator(".bk-tooltip-content, .bk-Tooltip").first).to_contain_text(
        re.compile("scale|count")
    )


def test_a_wheel_scrolls_the_page_and_ctrl_with_it_zooms(sessions: Page) -> None:
    x, y = place_of_note(sessions, 3)
    sessions.mouse.move(x, y)
    whole = window(sessions)
    sessions.mouse.wheel(0, 200)
    sessions.wait_for_function("() => document.scrollingElement.scrollTop > 0")
    at_rest(sessions)
    assert window(sessions) == whole
    sessions.mouse.move(*place_of_note(sessions, 3))
    sessions.keyboard.down("Control")
    sessions.mouse.wheel(0, -300)
    sessions.keyboard.up("Control")
    sessions.wait_for_function(
        f"""(width) => {{ {PLOT_WITH_REASONS}
          const shown = plot.model.x_range;
          return shown.end - shown.start < width }}""",
        arg=0.9 * (whole[1] - whole[0]),
    )


def test_words_and_order_shape_the_list(sessions: Page) -> None:
    days = entries(sessions).locator(".day").all_inner_texts()
    sessions.get_by_label("Order").select_option("Oldest first")
    expect(entries(sessions).locator(".day")).to_have_text(days[::-1])
    sessions.get_by_label("Search").fill("no such words")
    expect(entries(sessions)).to_have_count(0)
    expect(sessions.get_by_text("No session fits these filters.")).to_be_visible()


def test_a_comment_is_kept_over_a_reload(sessions: Page) -> None:
    sessions.get_by_label("Your comment").fill("slower, <b>relaxed</b>")
    sessions.get_by_role("button", name="Save comment").click()
    expect(entries(sessions).first.locator(".comment")).to_have_text("slower, <b>relaxed</b>")
    sessions.reload()
    expect(sessions.get_by_label("Your comment")).to_have_value("slower, <b>relaxed</b>")


def test_a_session_is_deleted_and_taken_back(sessions: Page) -> None:
    gone = opened(sessions)
    sessions.get_by_role("button", name="Delete session").click()
    expect(entries(sessions)).to_have_count(OWN - 1)
    expect(sessions.locator("h2").first).not_to_have_text(gone)
    sessions.get_by_role("button", name="Undo").click()
    expect(entries(sessions)).to_have_count(OWN)
    expect(sessions.locator("h2").first).to_have_text(gone)


def test_the_marks_follow_the_theme(sessions: Page) -> None:
    fills = f"""(dark) => {{ {PLOT_WITH_REASONS}
      const marks = plot?.model.renderers.find((each) => each.data_source?.get_column?.("reason"));
      const right = dark ? "{DARK.right}" : "{LIGHT.right}";
      return marks && marks.data_source.get_column("fill").includes(right) }}"""
    sessions.wait_for_function(fills, arg=False)
    sessions.get_by_role("button", name="Switch between light and dark").click()
    sessions.wait_for_function(fills, arg=True)


def test_a_phone_shows_the_list_or_the_session(phone: Page) -> None:
    phone.goto("/sessions")
    expect(entries(phone)).to_have_count(OWN, timeout=30_000)
    expect(phone.get_by_role("button", name="All sessions")).to_be_hidden()
    entries(phone).nth(1).tap()
    expect(phone.get_by_role("button", name="All sessions")).to_be_visible()
    expect(entries(phone).first).to_be_hidden()
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= 360
    phone.get_by_role("button", name="All sessions").tap()
    expect(entries(phone).first).to_be_visible()


def test_a_tap_tells_the_reason_too(phone: Page) -> None:
    phone.goto("/sessions")
    entries(phone).first.tap(timeout=30_000)
    phone.wait_for_function(
        f"() => {{ {PLOT_WITH_REASONS} return plot?.frame.bbox.width > 100 }}", timeout=30_000
    )
    phone.touchscreen.tap(*place_of_note(phone, 3))
    expect(phone.locator(".bk-Tooltip").first).to_contain_text(re.compile("scale|count"))


def test_progress_tells_ones_own_figures_and_links_to_the_sessions(page: Page) -> None:
    page.goto("/progress")
    expect(page.locator(".card", has_text="Sessions").locator(".figure")).to_have_text(
        str(OWN), timeout=30_000
    )
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.locator(".bk-Figure canvas").first).to_be_visible()
    page.locator("td a").first.click()
    expect(page).to_have_url(re.compile(r"/sessions\?session="))


def test_the_filters_stay_in_sight(page: Page) -> None:
    page.goto("/progress")
    when = page.get_by_label("When")
    expect(when).to_be_visible(timeout=30_000)
    expect(page.locator(".bk-Figure canvas").first).to_be_visible()
    page.evaluate("scrollTo(0, 1200)")
    page.wait_for_function("() => document.scrollingElement.scrollTop > 600")
    box = when.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 100


def test_progress_fits_a_phone(phone: Page) -> None:
    phone.goto("/progress")
    expect(phone.locator(".bk-Figure canvas").first).to_be_visible(timeout=30_000)
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= 360


def test_a_weak_spot_leads_to_its_practice(page: Page) -> None:
    page.goto("/progress?player=demo-ada")
    spot = page.locator(".spots li").first
    expect(spot).to_contain_text("You hurry the note after a fourth", timeout=30_000)
    spot.get_by_role("link", name="Practise this").click()
    expect(page).to_have_url(re.compile(r"/practice\?scale=A\+Minor&type=pentatonic&bpm=\d+$"))
    expect(page.get_by_label("Scale", exact=True).first).to_have_value("A Minor", timeout=30_000)
    expect(page.get_by_label("This browser's microphone")).to_be_checked()


def test_periods_are_compared_and_a_closer_look_opens(phone: Page) -> None:
    phone.goto("/progress?player=demo-ada")
    compare = phone.get_by_label("Compare")
    compare.select_option("The latest session against the one before", timeout=30_000)
    expect(phone.get_by_role("cell", name="ms off the beat")).to_be_visible()
    phone.get_by_text("A closer look").click()
    expect(phone.get_by_text("After days off")).to_be_visible()
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= 360


def test_a_demo_history_is_marked_and_can_be_removed(page: Page) -> None:
    page.goto("/progress?player=demo-ada")
    expect(page.locator(".notice")).to_contain_text("Demo history, invented.", timeout=30_000)
    page.get_by_role("button", name="Remove demo data").click()
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.get_by_label("Player")).to_be_hidden()
    expect(page.locator(".card", has_text="Sessions").locator(".figure")).to_have_text(str(OWN))
