"""The browser's microphone, fed with a real take."""

import difflib
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np
import pytest
import soundfile as sf
from playwright.sync_api import Browser, Page, Playwright, expect

from dsp.convert import note_name
from workbench.audio.bundled import TITLES, take_file, truth
from workbench.audio.recording import load_take

pytestmark = pytest.mark.browser

TAKE = next(iter(TITLES))
SILENCE_S = 0.5

# Browsers run at the rate of the machine's output; a guitarist's interface is often at 48 kHz.
FIXED_RATE = """
const Plain = window.AudioContext;
window.AudioContext = class extends Plain {
  constructor(options) { super({...options, sampleRate: %d}); }
};
"""


@pytest.fixture(scope="module")
def hearing(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory, e2e: Any) -> Iterator[Browser]:
    """A browser whose microphone hears the demo take once, from the moment it is opened."""
    samples, rate = load_take(take_file(f"{TAKE}.flac"))
    sound = tmp_path_factory.mktemp("sound") / "take.wav"
    sf.write(sound, np.concatenate([np.zeros(round(SILENCE_S * rate), np.float32), samples]), int(rate))
    with e2e.launched(
        playwright,
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={sound}%noloop",
    ) as browser:
        yield browser


def use_microphone(page: Page) -> None:
    page.get_by_label("This browser's microphone").check()


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_a_take_in_front_of_the_microphone_is_heard(
    hearing: Browser, app_url: str, e2e: Any, rate: int
) -> None:
    known = truth(TAKE)
    with e2e.watched(hearing, app_url, viewport={"width": 1280, "height": 800}) as page:
        page.add_init_script(FIXED_RATE % rate)
        practice = e2e.PracticePage(page).open()
        use_microphone(page)
        practice.listen()
        practice.start()
        page.wait_for_timeout(1000.0 * (known["duration_s"] + SILENCE_S))
        page.get_by_role("button", name="Engine").click()
        expect(page.get_by_text(f"{rate} Hz")).to_be_visible()
        practice.button("Stop").click()
        practice.final_scores()
        played = [name for name, _ in groupby(note_name(note["midi"]) for note in known["notes"])]
        assert difflib.SequenceMatcher(a=practice.shown_notes(), b=played, autojunk=False).ratio() > 0.9
        counted = re.search(r"played (\d+)", page.locator(".why", has_text="played").inner_text())
        assert counted is not None
        assert int(counted[1]) == pytest.approx(len(known["notes"]), abs=2)
        page.get_by_role("link", name="Look closer").click()
        expect(page.get_by_text("microphone of the browser")).to_be_attached()


def test_a_reload_goes_on_with_the_microphone(hearing: Browser, app_url: str, e2e: Any) -> None:
    with e2e.watched(hearing, app_url, viewport={"width": 1280, "height": 800}) as page:
        practice = e2e.PracticePage(page).open()
        use_microphone(page)
        practice.start()
        page.locator(".note[data-note]").wait_for()
        practice.open()
        expect(practice.button("Stop")).to_be_visible()
        # The reloaded page hears the take from its beginning again.
        practice.listen()
        page.wait_for_function("window.shownNotes.length > 3")


def test_no_microphone_is_said_in_a_sentence(practice: Any) -> None:
    use_microphone(practice.page)
    practice.button("Start").click()
    expect(practice.page.get_by_role("status")).to_contain_text("No microphone was found; plug one in")
    expect(practice.button("Start")).to_be_visible()


def test_a_refusal_is_said_in_a_sentence(playwright: Playwright, app_url: str, e2e: Any) -> None:
    with (
        e2e.launched(
            playwright, "--use-fake-device-for-media-stream", "--deny-permission-prompts"
        ) as browser,
        e2e.watched(browser, app_url) as page,
    ):
        practice = e2e.PracticePage(page).open()
        use_microphone(page)
        practice.button("Start").click()
        expect(page.get_by_role("status")).to_contain_text("The browser refused the microphone; allow it")


def test_an_insecure_address_is_said_in_a_sentence(playwright: Playwright, app_url: str, e2e: Any) -> None:
    name = e2e.OTHER_NAME
    with (
        e2e.launched(playwright, f"--host-resolver-rules=MAP {name} 127.0.0.1") as browser,
        e2e.watched(browser, app_url.replace("127.0.0.1", name)) as page,
    ):
        practice = e2e.PracticePage(page).open()
        use_microphone(page)
        practice.button("Start").click()
        expect(page.get_by_role("status")).to_contain_text("This address may not use a microphone")


def test_a_refusal_after_another_practice_is_said_too(practice: Any) -> None:
    practice.start()
    practice.button("Stop").click()
    practice.final_scores()
    use_microphone(practice.page)
    practice.button("Start").click()
    expect(practice.page.get_by_role("status")).to_contain_text("No microphone was found; plug one in")
