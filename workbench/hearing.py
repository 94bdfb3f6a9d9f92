"""A recorded take heard from beginning to end by the engine that also listens live."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dsp.errors import ParameterError
from dsp.events import Note, Reading
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
    keep_readings: bool = False,
    on_progress: Callable[[float], None] | None = None,
) -> Hearing:
    """Hear a take as fast as it goes.

    Parameters
    ----------
    take : not opened yet, not in real time
    tuning, a4_hz : see `dsp.stream.Analyzer`
    keep_readings : whether to keep level and f0 of each hop
    on_progress : told how much has been heard, 0..1

    Raises
    ------
    SourceError : the file can't be used, breaks off, or has a sample rate that can't be heard
    """
    take.open()
    try:
        analyzer = Analyzer(take.sample_rate, tuning=tuning, a4_hz=a4_hz)
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
