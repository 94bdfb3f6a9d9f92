"""A recorded take heard from beginning to end by the engine that also listens live."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dsp.errors import ParameterError
from dsp.events import Note, Reading
from dsp.hindsight import with_hindsight
from dsp.patience import PATIENCE_S
from dsp.stream import Analyzer
from dsp.tuning import STANDARD, Tuning
from workbench.audio.recording import Take
from workbench.audio.source import SourceError


@dataclass
class Hearing:
    """What the engine made of a take.

    Attributes
    ----------
    sample_rate : Hz
    duration_s : seconds heard
    engine : name, version and settings
    notes : final state of every note event, unjudged ones included, in the order of their onsets
    readings : one a hop; empty unless they were asked for
    """

    sample_rate: float
    duration_s: float
    engine: dict[str, Any]
    notes: list[Note]
    readings: list[Reading] = field(default_factory=list)


def hear(
    take: Take,
    *,
    tuning: Tuning = STANDARD,
    a4_hz: float = 440.0,
    patience_s: float = PATIENCE_S,
    keep_readings: bool = False,
    on_progress: Callable[[float], None] | None = None,
) -> Hearing:
    """Hear a take as fast as it goes.

    Parameters
    ----------
    take : not opened yet, not in real time
    tuning, a4_hz, patience_s : see `dsp.stream.Analyzer`
    keep_readings : whether to keep level and f0 of each hop
    on_progress : told how much has been heard, 0..1

    Raises
    ------
    SourceError : the file can't be used, breaks off, or has a sample rate that can't be heard
    """
    take.open()
    try:
        analyzer = Analyzer(take.sample_rate, tuning=tuning, a4_hz=a4_hz, patience_s=patience_s)
    except ParameterError as error:
        raise SourceError(str(error)) from error
    notes: dict[int, Note] = {}
    readings: list[Reading] = []
    heard = 0
    for block in take.blocks():
        output = analyzer.push(block)
        notes.update((event.note.number, event.note) for event in output.events)
        if keep_readings:
            readings += output.readings
        heard = block.start + block.samples.size
        if on_progress is not None:
            on_progress(heard / take.sample_rate / take.duration_s)
    notes.update((event.note.number, event.note) for event in analyzer.flush().events)
    ordered = sorted(notes.values(), key=lambda note: (note.onset_s, note.number))
    return Hearing(take.sample_rate, heard / take.sample_rate, analyzer.engine(), ordered, readings)


def look_back(take: Take, hearing: Hearing) -> list[Note]:
    """The notes of a hearing after a second look at the same take, see `dsp.hindsight`.

    Parameters
    ----------
    take : the same sound, not opened yet, not in real time
    hearing : what the engine made of it

    Raises
    ------
    SourceError : the file can't be used any more
    """
    take.open()
    rate = hearing.sample_rate
    return with_hindsight(hearing.notes, hearing.duration_s, _Stretches(take), rate, hearing.engine["a4_hz"])


_KEPT_S = 1.0
"""More than the longest stretch that anybody asks for."""


class _Stretches:
    """Stretches of a take, read from beginning to end once, a second of it in memory."""

    def __init__(self, take: Take) -> None:
        self._rate = take.sample_rate
        self._blocks = take.blocks()
        self._kept = np.zeros(0, np.float32)
        self._end = 0

    def __call__(self, start_s: float, stop_s: float) -> NDArray[np.float32]:
        """The samples from `start_s` to `stop_s`, fewer where the take begins or ends."""
        start, stop = max(round(start_s * self._rate), 0), round(stop_s * self._rate)
        keep = round(_KEPT_S * self._rate)
        newest = [self._kept]
        while self._end < stop and (block := next(self._blocks, None)) is not None:
            self._end = block.start + block.samples.size
            if self._end > stop - keep:
                newest.append(block.samples)
        everything = np.concatenate(newest)
        self._kept = everything[-keep:]
        first = self._end - everything.size
        return everything[max(start - first, 0) : max(stop - first, 0)]
