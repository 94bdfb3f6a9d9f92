"""Notes heard beside notes played."""

from collections.abc import Callable, Sequence
from typing import Any

import mir_eval
import numpy as np
import pytest

from dsp.convert import midi_to_hz
from dsp.events import Block, Note
from dsp.stream import Analyzer
from dsp.synth import PluckedNote

ONSET_S, PITCH_CENTS = 0.05, 50.0
"""The usual tolerances of note transcription (mir_eval)."""

Pair = tuple[int, int]


@pytest.fixture(scope="session")
def hear() -> Callable[..., list[Note]]:
    """What the engine makes of samples: every note event as it stood at the end, by onset."""

    def listen(samples: np.ndarray, sample_rate: float, **settings: Any) -> list[Note]:
        analyzer = Analyzer(sample_rate, **settings)
        events = analyzer.push(Block(samples, 0)).events + analyzer.flush().events
        last = {event.note.number: event.note for event in events}
        return sorted(last.values(), key=lambda note: note.onset_s)

    return listen


@pytest.fixture(scope="session")
def match() -> Callable[..., list[Pair]]:
    """Pairs (played, heard) of right notes, by onset and pitch; the offset has no say.

    Both are sequences of (onset_s, midi).
    """

    def pairs(played: Sequence[tuple[float, float]], heard: Sequence[tuple[float, float]]) -> list[Pair]:
        if not played or not heard:
            return []
        spans, pitches = zip(*(_notes(side) for side in (played, heard)), strict=True)
        return mir_eval.transcription.match_notes(
            spans[0],
            pitches[0],
            spans[1],
            pitches[1],
            onset_tolerance=ONSET_S,
            pitch_tolerance=PITCH_CENTS,
            offset_ratio=None,
        )

    return pairs


def _notes(side: Sequence[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    onsets = np.array([onset for onset, _ in side])
    return np.column_stack([onsets, onsets + ONSET_S]), midi_to_hz([midi for _, midi in side])


@pytest.fixture(scope="session")
def one_each(hear: Callable[..., list[Note]]) -> Callable[..., list[tuple[PluckedNote, Note]]]:
    """Each played note with the one claim at its onset; fails if a claim is missing or is one too many."""

    def pairs(
        played: Sequence[PluckedNote], samples: np.ndarray, sample_rate: float, **settings: Any
    ) -> list[tuple[PluckedNote, Note]]:
        heard = [note for note in hear(samples, sample_rate, **settings) if note.judged]
        assert [note.onset_s for note in heard] == pytest.approx(
            [note.onset_s for note in played], abs=ONSET_S
        )
        return list(zip(played, heard, strict=True))

    return pairs
