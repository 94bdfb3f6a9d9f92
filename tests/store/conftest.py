"""Sessions to store."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from dsp.summary import Counts, Metric, Overall, Summary
from workbench.store.columns import new_id
from workbench.store.records import SessionEnd, SessionStart, StoredNote
from workbench.user import User

STARTED = datetime(2026, 3, 1, 18, 30, 15, 123456, tzinfo=UTC)
"""With microseconds, since those are what a database loses first."""


@pytest.fixture
def ada() -> User:
    return User("ada")


@pytest.fixture
def ben() -> User:
    return User("ben")


@pytest.fixture
def start(ada: User) -> SessionStart:
    """A session that ada begins."""
    return SessionStart(
        session_id=new_id(),
        user=ada,
        started_at=STARTED,
        scale_chosen="A Minor",
        scale_type="pentatonic",
        enabled_metrics=("pitch_accuracy", "timing_stability", "noise_control"),
        bpm=90.0,
        latency_ms=12.5,
        device_type="browser",
        origin_device="laptop",
    )


def a_summary() -> Summary:
    metrics = {
        "pitch_accuracy": Metric(6.5, "cents", 5.0, 8.25, 3, 0.94, {"bias": -1.5, "share": {"10": 0.7}}),
        "timing_stability": Metric(None, "ms", None, None, 0, None, {"reason": "not enough notes yet"}),
    }
    overall = Overall(0.94, {"pitch_accuracy": 1.0}, ("timing_stability",))
    return Summary(metrics, overall, Counts(played=4, right=2, wrong=1, unjudged=1))


def some_notes() -> tuple[StoredNote, ...]:
    return (
        StoredNote(0, 0.5, 0.45, 57.0, 0.0, -20.5, 0.99, True, "pick", 3.5, 2, 7),
        StoredNote(1, 1.0, 0.45, 60.04, 4.0, -21.0, 0.95, True, "hammer", None, None, None),
        StoredNote(2, 1.5, None, 61.0, 0.0, -22.0, 0.90, False, "pick"),
        StoredNote(3, 2.0, 0.05, None, None, -40.0, 0.20, None, "muted"),
    )


@pytest.fixture
def finish() -> Callable[[SessionStart], SessionEnd]:
    """How a session ends, one minute after its start."""

    def end_of(start: SessionStart) -> SessionEnd:
        return SessionEnd(
            session_id=start.session_id,
            ended_at=start.started_at + timedelta(minutes=1),
            duration_s=60.0,
            summary=a_summary(),
            notes=some_notes(),
            unique_notes=3,
            engine_version="1.0",
            engine_settings={"hop_length": 256, "gate_dbfs": -50.0},
        )

    return end_of
