"""A guitar take, played into a virtual sound card, is heard as the notes it holds."""

from typing import Any

import numpy as np
import pytest

from dsp.events import Note
from dsp.stream import Analyzer
from workbench.audio.bundled import take_file, truth
from workbench.audio.microphone import Microphone

pytestmark = pytest.mark.pulseaudio

LISTEN_S = 14.0
"""The take lasts 10 s; player and recorder may each begin up to two seconds late."""


def heard(microphone: Microphone) -> list[Note]:
    engine = Analyzer(microphone.sample_rate)
    notes: dict[int, Note] = {}
    for block in microphone.blocks():
        for event in engine.push(block).events:
            notes[event.note.number] = event.note
        if block.start > LISTEN_S * microphone.sample_rate:
            break
    return [notes[number] for number in sorted(notes) if notes[number].judged]


def test_the_notes_of_a_take_are_heard_through_the_sound_card(card: Any) -> None:
    played = truth("r_clean_01")["notes"]
    microphone = Microphone("pulse")
    microphone.open()
    try:
        with card.play(take_file("r_clean_01.flac")):
            notes = heard(microphone)
    finally:
        microphone.close()
    assert len(notes) == len(played)
    right = [abs((heard.midi or 0.0) - true["midi"]) < 0.5 for heard, true in zip(notes, played, strict=True)]
    assert np.mean(right) > 0.95
    late = np.array([heard.onset_s - true["onset_s"] for heard, true in zip(notes, played, strict=True)])
    assert np.abs(late - np.median(late)).max() < 0.025
    assert microphone.dropped == 0
