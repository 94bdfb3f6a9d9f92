"""Histories of sessions for the words and parts of a report."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import polars as pl
import pytest

from workbench.report.week import Week, parse_week
from workbench.store.queries import SESSION_SCHEMA

Sessions = Callable[..., pl.DataFrame]


@pytest.fixture
def week() -> Week:
    return parse_week("2026-W44")


@pytest.fixture
def sessions(week: Week) -> Sessions:
    """Make a history of (day after the week's Monday, changed columns), 30 minutes of A minor each."""

    def make(*history: tuple[int, dict[str, Any]]) -> pl.DataFrame:
        rows = []
        for number, (day, changes) in enumerate(history):
            began = datetime.combine(week.monday + timedelta(days=day), time(12), UTC)
            rows.append(
                {
                    **dict.fromkeys(SESSION_SCHEMA),
                    "session_id": f"00000000-0000-7000-8000-{number:012d}",
                    "user_id": "ada",
                    "start_timestamp": began,
                    "end_timestamp": began + timedelta(minutes=30),
                    "scale_chosen": "A Minor",
                    "scale_type": "natural",
                    "total_notes_played": 100,
                    "correct_notes_played": 90,
                    "bad_notes_played": 6,
                    "unjudged_notes": 4,
                    "duration_seconds": 1800.0,
                    "strictness": 0.5,
                    "sensitivity": 0.5,
                    "a4_hz": 440.0,
                    "latency_ms": 12.5,
                    "engine_version": "2.0",
                    **changes,
                }
            )
        return pl.DataFrame(rows, schema=dict(SESSION_SCHEMA))

    return make
