"""From what was heard to what is stored: pure, and the same for a practice that is recovered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from dsp.convert import nearest_semitone
from dsp.events import Note
from dsp.metrics import summarize
from dsp.timing import deviations_ms
from workbench.practice.goal import Goal
from workbench.store.records import DeviceType, SessionEnd, SessionStart, StoredNote
from workbench.user import User


@dataclass(frozen=True, slots=True)
class Heard:
    """All that a practice heard.

    Attributes
    ----------
    notes : newest state of every note event, in the order of the engine's numbers
    duration_s : seconds of sound that was listened to, without pauses
    pauses_s : stretches of the stream that were not listened to
    engine : name, version and settings of the engine
    sample_rate : Hz
    recording_path : None when no audio was kept
    """

    notes: Sequence[Note]
    duration_s: float
    engine: Mapping[str, Any]
    sample_rate: float
    pauses_s: Sequence[tuple[float, float]] = ()
    recording_path: str | None = None


def session_start(
    session_id: UUID,
    user: User,
    goal: Goal,
    *,
    device_type: DeviceType,
    started_at: datetime,
    origin_device: str,
) -> SessionStart:
    """The row that stands from the start."""
    return SessionStart(
        session_id=session_id,
        user=user,
        started_at=started_at,
        scale_chosen=goal.scale.chosen,
        scale_type=goal.scale.type,
        strictness=goal.strictness,
        sensitivity=goal.sensitivity,
        enabled_metrics=tuple(sorted(goal.enabled_metrics)),
        a4_hz=goal.a4_hz,
        bpm=goal.bpm,
        latency_ms=goal.latency_ms,
        device_type=device_type,
        origin_device=origin_device,
    )


def session_end(session_id: UUID, goal: Goal, heard: Heard, ended_at: datetime) -> SessionEnd:
    """The summary and the notes, scored the absolute way (see `dsp.metrics.summarize`)."""
    judged = [note for note in heard.notes if note.judged and note.pitch is not None]
    settings = {
        **heard.engine,
        "sample_rate": heard.sample_rate,
        "tuning": list(goal.tuning.strings),
        "scale": goal.scale.name,
        "notes_per_beat": goal.notes_per_beat,
        "click_start_s": goal.click_start_s,
        "pauses_s": [list(pause) for pause in heard.pauses_s],
    }
    return SessionEnd(
        session_id=session_id,
        ended_at=ended_at,
        duration_s=heard.duration_s,
        summary=summarize(heard.notes, scale=goal.scale, click=goal.click, enabled=goal.enabled_metrics),
        notes=stored_notes(heard.notes, goal),
        unique_notes=len({nearest_semitone(note.pitch) for note in judged if note.pitch is not None}),
        engine_version=str(heard.engine.get("version", "")),
        engine_settings=settings,
        recording_path=heard.recording_path,
    )


def stored_notes(notes: Sequence[Note], goal: Goal) -> tuple[StoredNote, ...]:
    """Every note event as a row, with its distance from the click or from the player's own beat."""
    late = deviations_ms(notes, goal.click)
    return tuple(_stored(position, note, goal, late[position]) for position, note in enumerate(notes))


def _stored(position: int, note: Note, goal: Goal, deviation_ms: float | None) -> StoredNote:
    pitch = note.pitch
    judged = note.judged and pitch is not None
    string, fret = _only_place(goal, pitch)
    return StoredNote(
        position=position,
        onset_s=note.onset_s,
        duration_s=None if note.offset_s is None else note.offset_s - note.onset_s,
        midi=pitch,
        cents=None if pitch is None else 100.0 * (pitch - nearest_semitone(pitch)),
        level_dbfs=note.level_dbfs,
        confidence=note.confidence,
        in_scale=goal.scale.contains(pitch) if judged and pitch is not None else None,
        articulation=note.articulation if judged else note.kind,
        deviation_ms=deviation_ms,
        string=string,
        fret=fret,
    )


def _only_place(goal: Goal, pitch: float | None) -> tuple[int | None, int | None]:
    """String and fret where the tuning leaves no choice: a guess would look like knowledge."""
    places = () if pitch is None else goal.tuning.positions(pitch)
    return places[0] if len(places) == 1 else (None, None)
