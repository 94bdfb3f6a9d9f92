"""Histories of sessions, as `queries.sessions` gives them, and of notes, as `queries_notes.played` does."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest

from dsp.scales import scale_from
from workbench.demo.players import DemoPlayer
from workbench.demo.playing import play
from workbench.practice.goal import Goal
from workbench.practice.record import stored_notes
from workbench.store.queries import SESSION_SCHEMA
from workbench.store.queries_notes import PLAYED_SCHEMA

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


@cache
def played_by(player: DemoPlayer, seed: int, sessions: int = 40) -> pl.DataFrame:
    """The notes of a player who gets better and, at the same time, faster."""
    rows = []
    for number in range(sessions):
        rng = np.random.default_rng((seed, number))
        progress = number / sessions
        slow, fast = player.tempos
        goal = Goal(
            scale_from(*player.scales[number % len(player.scales)]),
            bpm=float(round(slow + progress * (fast - slow) + rng.normal(0.0, 4.0))),
            notes_per_beat=2,
            click_start_s=0.0,
        )
        notes = play(player, player.first.towards(player.last, progress), goal, 150, rng)
        began = FIRST + timedelta(days=number)
        rows += [
            (
                f"session {number:03}", began, goal.scale.chosen, goal.scale.type, goal.bpm,
                note.position, note.onset_s, note.midi, note.cents, note.in_scale, note.deviation_ms,
                note.string, note.fret,
            )
            for note in stored_notes(notes, goal)
        ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict(PLAYED_SCHEMA), orient="row")


@pytest.fixture
def history() -> Callable[..., pl.DataFrame]:
    """Notes of a demo player and a seed."""
    return played_by
