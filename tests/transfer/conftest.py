"""A history to take along: two sessions with texts that are hard to carry, and everything around them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import Engine, insert

from dsp.summary import Counts, Metric, Overall, Summary
from workbench.store.columns import new_id
from workbench.store.engine import open_engine, upgrade
from workbench.store.read import read
from workbench.store.records import Analysis, SessionEnd, SessionStart, StoredNote
from workbench.store.repository import Repository
from workbench.store.schema_coach import (
    CoachMessageRow,
    PlanOutcomeRow,
    PracticeItemRow,
    PracticePlanRow,
    UserConfigRow,
)
from workbench.store.transaction import transaction
from workbench.transfer.tables import MOMENT, PARTS
from workbench.user import User

STARTED = datetime(2026, 3, 31, 22, 30, 15, 123456, tzinfo=UTC)
HARD = 'Schöner "Lauf",\n=1+1;\t漢字 🎸 \\N \\ \'; DROP TABLE notes; --'


@pytest.fixture
def ada() -> User:
    return User("ada")


@pytest.fixture
def ben() -> User:
    return User("ben")


def a_summary() -> Summary:
    metrics = {
        "pitch_accuracy": Metric(6.5, "cents", 5.0, 8.25, 3, 0.94, {"bias": -1.5, "share": {"10": 0.7}}),
        "timing_stability": Metric(None, "ms", None, None, 0, None, {"reason": HARD}),
    }
    return Summary(
        metrics,
        Overall(0.1 + 0.2, {"pitch_accuracy": 1.0}, ("timing_stability",)),
        Counts(played=4, right=2, wrong=1, unjudged=1),
    )


def some_notes() -> tuple[StoredNote, ...]:
    return (
        StoredNote(0, 0.5, 0.45, 57.0, 0.0, -20.5, 0.99, True, "pick", 3.5, 2, 7),
        StoredNote(1, 1.0, 0.45, 60.04, 4.0, -21.0, 0.95, True, "hammer", -1e-17, None, None),
        StoredNote(2, 1.5, None, 61.0, 0.0, -22.0, 1.0 / 3.0, False, ""),
        StoredNote(3, 2.0, 0.05, None, None, -40.0, 0.20, None, "muted"),
    )


def a_session(user: User, started_at: datetime = STARTED, **other: Any) -> tuple[SessionStart, SessionEnd]:
    start = SessionStart(
        session_id=new_id(),
        user=user,
        started_at=started_at,
        scale_chosen="A Minor",
        scale_type="pentatonic",
        enabled_metrics=("pitch_accuracy", "timing_stability", "noise_control"),
        bpm=90.0,
        latency_ms=12.5,
        device_type="browser",
        origin_device="",
    )
    end = SessionEnd(
        session_id=start.session_id,
        ended_at=started_at + timedelta(minutes=1),
        duration_s=60.0,
        summary=a_summary(),
        notes=some_notes(),
        unique_notes=3,
        engine_version="1.0",
        engine_settings={"hop_length": 256, "text": HARD, "notes_per_beat": 2, "click_start_s": 0.5},
        recording_path="/somewhere/on/this/computer.flac",
        comment=HARD,
    )
    return start, replace(end, **other)


@pytest.fixture
def history(any_engine: Engine, ada: User, ben: User) -> list[str]:
    """Ids of ada's two finished sessions, oldest first; there are a running one and one of ben besides."""
    return stored_history(any_engine, ada, ben)


@pytest.fixture
def store_history() -> Callable[[Engine, User, User], list[str]]:
    """Stores that history in a database of one's choice."""
    return stored_history


def stored_history(engine: Engine, ada: User, ben: User) -> list[str]:
    """Two months of ada, all her other rows, a session of hers that runs and one of ben."""
    repository = Repository(engine)
    first, second = a_session(ada), a_session(ada, STARTED + timedelta(days=2), comment=None)
    repository.add_finished([first, second])
    repository.append_analysis(
        ada, first[0].session_id, Analysis(a_summary(), some_notes()[:2], 2, "2.0", {})
    )
    repository.begin_session(replace(a_session(ada)[0], session_id=new_id()))
    repository.add_finished([a_session(ben)])
    plan = new_id()
    rows: list[tuple[Any, dict[str, Any]]] = [
        (PracticePlanRow, {"practice_id": plan, "practice_plan": {"text": HARD}, "generated_at": STARTED}),
        (PlanOutcomeRow, {"outcome_id": new_id(), "practice_id": plan, "outcome": {"pitch": [0.5, None]}}),
        (
            PracticeItemRow,
            {
                "item_id": new_id(),
                "kind": "scale",
                "content": {"name": "A minor"},
                "due_at": STARTED,
                "stability": 1.5,
                "difficulty": 2.5,
            },
        ),
        (UserConfigRow, {"name": "theme", "value": "dark"}),
        (CoachMessageRow, {"message_id": new_id(), "role": "user", "content": HARD, "evidence": None}),
    ]
    with transaction(engine, ada) as connection:
        for model, row in rows:
            connection.execute(insert(model), {**row, "user_id": ada.id})
    return [str(first[0].session_id), str(second[0].session_id)]


def everything(engine: Engine, user: User) -> dict[str, pl.DataFrame]:
    """All rows of a player that an export holds."""
    return {part.name: read(engine, user, part.rows(None)).drop(MOMENT) for part in PARTS}


@pytest.fixture
def same() -> Callable[[Engine, Engine, User], bool]:
    """Whether two databases hold the same rows of a player."""

    def compared(one: Engine, other: Engine, user: User) -> bool:
        first, second = everything(one, user), everything(other, user)
        return all(first[name].equals(second[name], null_equal=True) for name in first)

    return compared


@pytest.fixture
def other_engine(tmp_path: Path) -> Any:
    """A second, empty SQLite database."""
    engine = open_engine(f"sqlite:///{tmp_path / 'other' / 'fretcoach.sqlite'}")
    upgrade(engine)
    yield engine
    engine.dispose()
