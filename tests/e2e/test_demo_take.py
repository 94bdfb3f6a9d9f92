"""The bundled take, from Start to the Sessions page."""

import difflib
import re
from itertools import groupby
from typing import Any

import pytest
from playwright.sync_api import expect

from dsp.convert import note_name
from workbench.audio.bundled import TITLES, truth

pytestmark = pytest.mark.browser


def test_the_demo_take_is_judged_live_and_kept(practice: Any) -> None:
    page, known = practice.page, truth(next(iter(TITLES)))
    practice.listen()
    practice.start()
    meters = practice.wait_until_ended()

    played = [name for name, _ in groupby(note_name(note["midi"]) for note in known["notes"])]
    assert difflib.SequenceMatcher(a=practice.shown_notes(), b=played, autojunk=False).ratio() > 0.9
    assert len(meters) > 4
    scores = practice.final_scores()
    assert all(text.isdecimal() for text in scores.values())
    counted = re.search(r"played (\d+)", page.locator(".why", has_text="played").inner_text())
    assert counted is not None
    assert int(counted[1]) == pytest.approx(len(known["notes"]), abs=2)

    page.get_by_role("link", name="Look closer").click()
    for name, text in scores.items():
        card = page.locator(".card", has=page.locator(".title", has_text=re.compile(f"^{name}$")))
        expect(card.locator(".figure")).to_contain_text(text)


def test_a_wrong_note_is_marked_by_shape_and_word(practice: Any) -> None:
    practice.start()
    wrong = practice.page.locator('.note[data-verdict="wrong"]')
    wrong.wait_for(timeout=15_000)
    expect(practice.page.locator(".meter[data-meter=Scale] .physical")).to_contain_text("wrong of")


def test_an_unknown_scale_is_refused_with_a_sentence(practice: Any) -> None:
    practice.page.get_by_role("combobox", name="Scale").select_option("My own ..")
    own = practice.page.get_by_role("textbox", name="Own scale")
    own.press_sequentially("A minr")
    own.press("Tab")
    practice.button("Start").click()
    expect(practice.page.get_by_role("status")).to_contain_text("did you mean A minor?")
    expect(practice.button("Start")).to_be_visible()


def test_the_menus_show_their_scale_on_the_empty_lane(practice: Any) -> None:
    practice.page.get_by_role("combobox", name="Scale").select_option("E Minor")
    practice.page.get_by_role("combobox", name="Type").select_option("pentatonic")
    expect(practice.page.locator(".scale-name")).to_have_text("E minor pentatonic")
