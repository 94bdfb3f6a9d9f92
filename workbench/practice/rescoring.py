"""A stored recording heard again by today's engine: the same aim, new notes, new figures.

The recording has the times of the practice: what was paused is silence in it. The result is one more
analysis; those before it stay.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from dsp.errors import DspError
from dsp.scales import scale_from
from dsp.summary import METRICS
from dsp.tuning import STANDARD, Tuning
from workbench.audio.recording import Take
from workbench.audio.source import SourceError
from workbench.hearing import hear
from workbench.practice.goal import Goal
from workbench.practice.record import Heard, session_end
from workbench.store.records import Analysis


class RescoreError(Exception):
    """A session can't be scored again. The message is one sentence."""


def rescored(
    row: Mapping[str, Any],
    settings: Mapping[str, Any],
    patience_s: float,
    on_progress: Callable[[float], None] | None = None,
) -> Analysis:
    """Score a finished session again.

    Parameters
    ----------
    row : the session as `queries.sessions` gives it, with a `recording_path`
    settings : of its current analysis, which know the tuning, the click and the pauses
    patience_s : see `dsp.stream.Analyzer`
    on_progress : told how much has been heard, 0..1

    Raises
    ------
    RescoreError : the recording is gone or damaged, or the aim is none that this version knows
    """
    session_id = row["session_id"]
    try:
        goal = goal_of(row, settings)
        take = Take(Path(row["recording_path"]), realtime=False)
        hearing = hear(
            take, tuning=goal.tuning, a4_hz=goal.a4_hz, patience_s=patience_s, on_progress=on_progress
        )
    except (SourceError, DspError) as error:
        raise RescoreError(f"The session {session_id} can't be scored again: {error}") from error
    pauses = [(float(start), float(end)) for start, end in settings.get("pauses_s") or ()]
    heard = Heard(
        notes=hearing.notes,
        duration_s=hearing.duration_s - sum(end - start for start, end in pauses),
        engine=hearing.engine,
        sample_rate=hearing.sample_rate,
        pauses_s=pauses,
    )
    return session_end(session_id, goal, heard, row["end_timestamp"]).analysis


def goal_of(row: Mapping[str, Any], settings: Mapping[str, Any]) -> Goal:
    """What the player set out to do; parameters as for `rescored`. Raises `DspError`."""
    strings = settings.get("tuning")
    return Goal(
        scale=scale_from(row["scale_chosen"], row["scale_type"]),
        strictness=row["strictness"],
        sensitivity=row["sensitivity"],
        enabled_metrics=frozenset(METRICS if row["enabled_metrics"] is None else row["enabled_metrics"]),
        a4_hz=row["a4_hz"] or 440.0,
        tuning=Tuning("as it was", tuple(strings)) if strings else STANDARD,
        bpm=row["bpm"],
        notes_per_beat=int(settings.get("notes_per_beat") or 1),
        click_start_s=settings.get("click_start_s") if row["bpm"] is not None else None,
        latency_ms=row["latency_ms"] or 0.0,
    )
