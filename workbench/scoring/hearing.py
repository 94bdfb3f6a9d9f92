"""Many takes heard at once, one process a core.

Processes: a pool that lives as long as `hear_all` runs; each take is heard whole by one of them. They are
started afresh (spawn), since a copy of a process with threads can hang.
"""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path
from typing import Any

import numpy as np

from dsp.evaluation.annotation import Annotation
from dsp.events import Block, Note
from dsp.stream import Analyzer
from workbench.audio.recording import Take
from workbench.audio.source import SourceError
from workbench.hearing import hear, look_back
from workbench.scoring.takes import F0Track, TakesError, read_annotation, read_true_f0

_WARM_UP_RATE_HZ = 44_100
_FEW = 3
"""Starting processes, each of which loads the engine anew, takes longer than hearing so many takes."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A take with its truth and what the engine made of it.

    Attributes
    ----------
    path : of the annotation
    annotation : what was played
    notes : every event of the engine, by onset
    f0, true_f0 : tracks; `true_f0` None when nobody wrote one
    engine : name, version and settings
    duration_s : seconds of sound
    cpu_s : seconds of one core that hearing it took
    """

    path: Path
    annotation: Annotation
    notes: tuple[Note, ...]
    f0: F0Track
    true_f0: F0Track | None
    engine: dict[str, Any]
    duration_s: float
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Failure:
    """A take that could not be heard, and why in one sentence."""

    path: Path
    error: str


def hear_all(
    paths: Sequence[Path], *, offline: bool = False, on_done: Callable[[], None] | None = None
) -> list[Heard | Failure]:
    """Hear annotated takes, one process a core; a few takes in this process.

    Parameters
    ----------
    paths : of annotations, their sound beside them
    offline : take a second look at each whole take
    on_done : called after each take

    Returns
    -------
    in the order of `paths`

    Raises
    ------
    TakesError : a process was killed
    """
    told = on_done or _nobody
    if len(paths) <= _FEW:
        _warm_up()
        return [_told(hear_annotated(path, offline=offline), told) for path in paths]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        min(cpu_count() or 1, len(paths)), mp_context=spawn, initializer=_warm_up
    ) as pool:
        jobs = [pool.submit(hear_annotated, path, offline=offline) for path in paths]
        try:
            for job in as_completed(jobs):
                _told(job.result(), told)
            return [job.result() for job in jobs]
        except BrokenProcessPool as error:
            raise TakesError(
                "A process that heard a take was killed; the machine may be out of memory."
            ) from error
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def hear_annotated(path: Path, *, offline: bool = False) -> Heard | Failure:
    """Hear one take by the path of its annotation."""
    try:
        annotation = read_annotation(path)
        true_f0 = read_true_f0(path.parent, annotation)
        sound = path.parent / annotation.audio
        began = time.process_time()
        hearing = hear(Take(sound, realtime=False), keep_readings=True)
        notes = look_back(Take(sound, realtime=False), hearing) if offline else hearing.notes
        cpu_s = time.process_time() - began
    except (TakesError, SourceError) as error:
        return Failure(path, str(error))
    times, first = np.unique([reading.time_s for reading in hearing.readings], return_index=True)
    f0_hz = np.array([reading.f0_hz for reading in hearing.readings])[first]
    engine = {**hearing.engine, "offline": offline}
    return Heard(
        path, annotation, tuple(notes), F0Track(times, f0_hz), true_f0, engine, hearing.duration_s, cpu_s
    )


def _told(take: Heard | Failure, on_done: Callable[[], None]) -> Heard | Failure:
    on_done()
    return take


def _nobody() -> None:
    """Nobody wants to be told."""


def _warm_up() -> None:
    """Load and compile before anything is timed."""
    Analyzer(_WARM_UP_RATE_HZ).push(Block(np.zeros(_WARM_UP_RATE_HZ // 4, np.float32), 0))
