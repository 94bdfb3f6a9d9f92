"""The server's side of the browser's microphone."""

from typing import Any

import numpy as np
import pytest

from dashboards.parts.microphone import SENTENCES, Microphone
from workbench.audio.browser import BrowserSource
from workbench.audio.source import SourceLost


class Desk:
    """Keeps what the microphone reports."""

    def __init__(self) -> None:
        self.opened: list[tuple[float, str]] = []
        self.troubles: list[tuple[str, str]] = []

    def microphone(self) -> Microphone:
        return Microphone(
            lambda rate, label: self.opened.append((rate, label)),
            lambda code, sentence: self.troubles.append((code, sentence)),
            wanted=True,
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


def sound(seq: int, n: int = 1024) -> dict[str, Any]:
    pcm = np.full(n, 0.25, "<f4").tobytes()
    return {"kind": "sound", "seq": seq, "frame": seq * n, "pcm": pcm}


def test_sound_reaches_the_source(desk: Desk) -> None:
    source, microphone = BrowserSource(48_000.0), desk.microphone()
    microphone.feed(source)
    microphone._handle_msg(sound(0))
    microphone._handle_msg(sound(1))
    blocks = source.blocks()
    assert [(next(blocks).start, len(next(blocks).samples))] == [(0, 1024)]
    assert source.dropped == 0


def test_sound_before_a_practice_is_let_go(desk: Desk) -> None:
    desk.microphone()._handle_msg(sound(0))
    assert desk.troubles == []


def test_the_newest_tab_is_the_one_that_is_heard(desk: Desk) -> None:
    source, first, second = BrowserSource(48_000.0), desk.microphone(), desk.microphone()
    first.feed(source)
    second.feed(source)
    first._handle_msg(sound(0))
    assert not first.wanted
    assert second.wanted


def test_opening_reports_the_real_rate(desk: Desk) -> None:
    desk.microphone()._handle_msg({"kind": "open", "rate": 48_000, "label": "USB Audio"})
    assert desk.opened == [(48_000.0, "USB Audio")]


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_each_trouble_is_one_sentence(desk: Desk, code: str) -> None:
    desk.microphone()._handle_msg({"kind": code})
    assert desk.troubles == [(code, SENTENCES[code])]
    assert SENTENCES[code].endswith(".")


def test_a_trouble_that_nobody_foresaw_is_still_a_sentence(desk: Desk) -> None:
    desk.microphone()._handle_msg({"kind": "eclipse"})
    assert desk.troubles == [("failed", SENTENCES["failed"])]


def test_a_message_that_no_page_of_ours_sends_ends_the_sound(desk: Desk) -> None:
    source, microphone = BrowserSource(48_000.0), desk.microphone()
    microphone.feed(source)
    microphone._handle_msg(sound(0) | {"pcm": b"abc"})
    assert not microphone.wanted
    with pytest.raises(SourceLost):
        list(source.blocks())
