"""What the store takes: plain records, so that a practice needs to know no table.

Conventions
-----------
Times of day are aware `datetime`s; times inside a session are seconds from its first sample. Pitches are MIDI
numbers (A4 = 69 at the session's A4), levels dBFS, scores 0..1.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from dsp.summary import METRICS, Summary
from workbench.user import User

DEMO_DEVICE: Literal["demo"] = "demo"
"""`origin_device` and `device_type` of sessions that were made up, so that they can be told and removed."""

DeviceType = Literal["take", "browser", "device", "demo"]


@dataclass(frozen=True, slots=True)
class SessionStart:
    """What is known when a practice begins.

    Attributes
    ----------
    session_id : made on the device by `new_id`
    scale_chosen, scale_type : "A Minor", "natural" or "pentatonic" or another kind of scale
    strictness, sensitivity : 0..1
    enabled_metrics : names out of `dsp.summary.METRICS`
    a4_hz : the pitch called A4
    bpm : None without a click
    latency_ms : calibrated delay of the input
    origin_device : host name of the machine that made the row
    """

    session_id: UUID
    user: User
    started_at: datetime
    scale_chosen: str
    scale_type: str
    strictness: float = 0.5
    sensitivity: float = 0.5
    enabled_metrics: tuple[str, ...] = METRICS
    a4_hz: float = 440.0
    bpm: float | None = None
    latency_ms: float = 0.0
    device_type: DeviceType = "device"
    ambient_lighting_used: bool = False
    origin_device: str = ""

    def __post_init__(self) -> None:
        _check_aware("started_at", self.started_at)


@dataclass(frozen=True, slots=True)
class StoredNote:
    """One note event as it is kept, judged or not.

    Attributes
    ----------
    position : order in the analysis, from 0
    duration_s : None when the end was not heard
    midi, cents : None when no pitch was found
    in_scale : None for an event that was not judged
    articulation : "pick", "hammer", "pull", "slide", "bend" or "vibrato"; for an unjudged event its kind
        ("unsure", "percussive", ..)
    deviation_ms : distance from the click, late is positive; None without a click
    string, fret : None where nobody knows
    """

    position: int
    onset_s: float
    duration_s: float | None
    midi: float | None
    cents: float | None
    level_dbfs: float
    confidence: float
    in_scale: bool | None
    articulation: str
    deviation_ms: float | None = None
    string: int | None = None
    fret: int | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """One scoring of a session by one engine; a later engine adds another and never overwrites."""

    summary: Summary
    notes: tuple[StoredNote, ...]
    unique_notes: int
    engine_version: str
    engine_settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """What is known when a practice is over.

    Attributes
    ----------
    duration_s : seconds of audio heard
    unique_notes : how many different semitones were judged
    recording_path : None when no audio was kept
    """

    session_id: UUID
    ended_at: datetime
    duration_s: float
    summary: Summary
    notes: tuple[StoredNote, ...]
    unique_notes: int
    engine_version: str
    engine_settings: dict[str, Any] = field(default_factory=dict)
    recording_path: str | None = None
    comment: str | None = None

    def __post_init__(self) -> None:
        _check_aware("ended_at", self.ended_at)

    @property
    def analysis(self) -> Analysis:
        """The part that belongs to the engine and not to the session."""
        return Analysis(
            self.summary, self.notes, self.unique_notes, self.engine_version, self.engine_settings
        )


def _check_aware(name: str, moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError(
            f"{name} = {moment} has no time zone; give an aware time, such as datetime.now(UTC)."
        )
