"""Takes made of note events without any sound, and what the engine hears in samples."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from dsp.events import Block, Note
from dsp.stream import Analyzer

Take = Callable[..., list[Note]]


@pytest.fixture(scope="session")
def take() -> Take:
    """A take from pitches (MIDI); any field of `Note` as one value or one for each note."""

    def make(
        pitches: Sequence[float], *, onsets: Any = None, step_s: float = 0.5, **fields: Any
    ) -> list[Note]:
        times = 1.0 + step_s * np.arange(len(pitches)) if onsets is None else np.asarray(onsets)
        notes = []
        for i, (midi, onset) in enumerate(zip(pitches, times, strict=True)):
            own = {name: value[i] if isinstance(value, list) else value for name, value in fields.items()}
            given = {"confidence": 0.9, "level_dbfs": -20.0, **own}
            notes.append(Note(i, float(onset), float(onset) + 0.04, float(midi), **given))
        return notes

    return make


Hear = Callable[..., list[Note]]


@pytest.fixture(scope="session")
def hear() -> Hear:
    """What the engine makes of samples: every note event as it stood at the end, by onset."""

    def listen(samples: np.ndarray, sample_rate: float, **settings: Any) -> list[Note]:
        analyzer = Analyzer(sample_rate, **settings)
        events = analyzer.push(Block(samples, 0)).events + analyzer.flush().events
        last = {event.note.number: event.note for event in events}
        return sorted(last.values(), key=lambda note: note.onset_s)

    return listen
