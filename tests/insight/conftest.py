"""Histories of sessions, as `queries.sessions` gives them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from workbench.store.queries import SESSION_SCHEMA

FIRST = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
"""A Monday."""

Sessions = Callable[..., pl.DataFrame]


def one_session(number: int, day: float, changes: dict[str, Any]) -> dict[str, Any]:
    began = FIRST + timedelta(days=day)
    return {
        **dict.fromkeys(SESSION_SCHEMA),
        "session_id": f"session {number}",
        "user_id": "ada",
        "start_timestamp": began,
        "end_timestamp": began + timedelta(minutes=30),
        "scale_chosen": "A Minor",
        "scale_type": "natural",
        "pitch_accuracy": 0.8,
        "scale_conformity": 0.9,
        "timing_stability": 0.7,
        "noise_control": 0.6,
        "overall": 0.75,
        "total_notes_played": 100,
        "correct_notes_played": 90,
        "bad_notes_played": 6,
        "unjudged_notes": 4,
        "duration_seconds": 1800.0,
        "origin_device": "laptop",
        "engine_version": "1.0",
        **changes,
    }


@pytest.fixture
def sessions() -> Sessions:
    """Make a history of (day after the first Monday, changed columns)."""

    def make(*history: tuple[float, dict[str, Any]]) -> pl.DataFrame:
        rows = [one_session(number, day, changes) for number, (day, changes) in enumerate(history)]
        return pl.DataFrame(rows, schema=dict(SESSION_SCHEMA))

    return make
