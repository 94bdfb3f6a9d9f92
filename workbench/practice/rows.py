"""The rows of a journal: what is written while a practice runs, and how a session is read back from them.

Row types: `session` once, first; `note` at every event of a note, the newest state counts; `heard` once a
second with how far the practice has come; `end` once, when it ended in good order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from dsp.events import Note
from dsp.scales import Scale
from dsp.tuning import Tuning
from workbench.practice.goal import Goal
from workbench.practice.record import Heard, session_end, session_start
from workbench.store.records import DeviceType, SessionEnd, SessionStart
from workbench.user import User

VERSION = 1


class RowsError(ValueError):
    """Rows that no session can be read from. The message is one sentence."""


@dataclass(frozen=True, slots=True)
class Header:
    """What is known when a practice begins."""

    start: SessionStart
    goal: Goal
    sample_rate: float
    engine: Mapping[str, Any]
    recording_path: str | None


def header_row(header: Header) -> dict[str, Any]:
    """The first row."""
    start, goal = header.start, header.goal
    return {
        "type": "session",
        "version": VERSION,
        "session_id": str(start.session_id),
        "user": start.user.id,
        "started_at": start.started_at.isoformat(),
        "device_type": start.device_type,
        "origin_device": start.origin_device,
        "goal": {**asdict(goal), "enabled_metrics": sorted(goal.enabled_metrics)},
        "sample_rate": header.sample_rate,
        "engine": dict(header.engine),
        "recording_path": header.recording_path,
    }


def note_row(note: Note) -> dict[str, Any]:
    """A note in its newest state."""
    return {"type": "note", "note": asdict(note)}


def heard_row(t_s: float, pauses_s: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """How far the practice has come, pauses included, and where it was paused."""
    return {"type": "heard", "t_s": t_s, "pauses_s": pauses_s}


def end_row(ended_at: datetime, ending: str) -> dict[str, Any]:
    """The practice ended in good order."""
    return {"type": "end", "ended_at": ended_at.isoformat(), "ending": ending}


def read_session(rows: Sequence[Mapping[str, Any]]) -> tuple[SessionStart, SessionEnd]:
    """The session that the rows tell of, as far as they go.

    Raises
    ------
    RowsError : no header, or one of another version
    """
    header = _header(rows)
    notes: dict[int, Note] = {}
    t_s, pauses_s, ended_at = 0.0, [], None
    for row in rows[1:]:
        if row["type"] == "note":
            note = Note(**row["note"])
            notes[note.number] = note
            t_s = max(t_s, note.offset_s or note.reported_s)
        elif row["type"] == "heard":
            t_s, pauses_s = row["t_s"], [(start, end) for start, end in row["pauses_s"]]
        elif row["type"] == "end":
            ended_at = datetime.fromisoformat(row["ended_at"])
    heard = Heard(
        notes=[notes[number] for number in sorted(notes)],
        duration_s=t_s - sum(end - start for start, end in pauses_s),
        engine=header.engine,
        sample_rate=header.sample_rate,
        pauses_s=pauses_s,
        recording_path=header.recording_path,
    )
    ended_at = ended_at or header.start.started_at + timedelta(seconds=t_s)
    return header.start, session_end(header.start.session_id, header.goal, heard, ended_at)


def _header(rows: Sequence[Mapping[str, Any]]) -> Header:
    if not rows or rows[0]["type"] != "session":
        raise RowsError("The journal has no readable beginning, so nobody knows whose session it was.")
    row = rows[0]
    if row["version"] != VERSION:
        raise RowsError(f"The journal has version {row['version']}; this FretCoach reads version {VERSION}.")
    goal = _goal(row["goal"])
    start = session_start(
        UUID(row["session_id"]),
        User(row["user"]),
        goal,
        device_type=_device_type(row["device_type"]),
        started_at=datetime.fromisoformat(row["started_at"]),
        origin_device=row["origin_device"],
    )
    return Header(start, goal, row["sample_rate"], row["engine"], row["recording_path"])


def _goal(row: Mapping[str, Any]) -> Goal:
    scale, tuning = row["scale"], row["tuning"]
    return Goal(
        **{
            **row,
            "scale": Scale(**{**scale, "pitch_classes": tuple(scale["pitch_classes"])}),
            "tuning": Tuning(tuning["name"], tuple(tuning["strings"])),
            "enabled_metrics": frozenset(row["enabled_metrics"]),
        }
    )


def _device_type(text: str) -> DeviceType:
    for known in ("take", "browser", "device", "demo"):
        if text == known:
            return known
    raise RowsError(f"The journal names a source {text!r} that nobody knows.")
