"""The newest state of a practice: a slot of one, written by the practice, read by whoever shows it.

Readers never slow the writer and never queue: whoever comes late sees the newest state only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dsp.summary import METRICS, Counts, Metric
from workbench.practice.judged import JudgedNote
from workbench.practice.levels import Levels

State = Literal["idle", "running", "paused", "ended"]


@dataclass(frozen=True, slots=True)
class NoteNow:
    """The note that sounds now; `midi` and `cents` follow the pitch while it sounds."""

    name: str
    midi: float
    cents: float
    confidence: float
    judged: JudgedNote


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One look at a practice.

    Attributes
    ----------
    t_s : seconds of the stream heard so far, pauses included
    state : "idle" before it starts
    note : the note that sounds, None in silence or while paused
    levels : of the input, alive in a pause too
    metrics : live values over the last notes, by name; provisional ones say so in their detail
    overall : live overall 0..1, None before anything was measured
    counts : notes so far as judged live
    enabled_metrics : names
    dropped_blocks : lost so far on the way in
    sample_rate : Hz, 0 before the source opened
    note_delay_ms : from the attack of the newest note to the moment the engine could name it
    load : share of one core that listening takes, 1 = as long as the sound itself
    engine : name, version and settings of the engine
    message : one sentence for the player (journal or recording trouble, why it ended), or None
    """

    t_s: float = 0.0
    state: State = "idle"
    note: NoteNow | None = None
    levels: Levels = field(default_factory=Levels)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    overall: float | None = None
    counts: Counts = field(default_factory=Counts)
    enabled_metrics: tuple[str, ...] = ()
    dropped_blocks: int = 0
    sample_rate: float = 0.0
    note_delay_ms: float | None = None
    load: float = 0.0
    engine: Mapping[str, Any] = field(default_factory=dict)
    message: str | None = None

    def payload(self) -> dict[str, Any]:
        """The message of the metrics feed: plain JSON types only."""
        scores = {name: metric.score for name, metric in self.metrics.items()}
        return {
            "t_s": self.t_s,
            "state": "idle" if self.state == "ended" else self.state,
            "note": self.note
            and {
                "name": self.note.name,
                "midi": self.note.midi,
                "cents": self.note.cents,
                "confidence": self.note.confidence,
            },
            "level_dbfs": self.levels.level_dbfs,
            "metrics": {name: scores.get(name) for name in METRICS} | {"overall": self.overall},
            "counts": {
                "played": self.counts.played,
                "correct": self.counts.right,
                "wrong": self.counts.wrong,
                "unjudged": self.counts.unjudged,
            },
            "enabled_metrics": list(self.enabled_metrics),
            "dropped_blocks": self.dropped_blocks,
        }


class Meter:
    """The slot: one writer, any number of readers."""

    def __init__(self) -> None:
        self._latest = Snapshot()

    def publish(self, snapshot: Snapshot) -> None:
        """Replace what is shown."""
        self._latest = snapshot

    @property
    def latest(self) -> Snapshot:
        """The newest state."""
        return self._latest
