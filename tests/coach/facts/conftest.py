"""Made-up playing: a summary with its notes, a history of sessions with theirs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import polars as pl
import pytest

from dsp.events import Note
from dsp.metrics import summarize
from dsp.scales import scale_from
from dsp.summary import Summary
from workbench.demo.players import DEMO_PLAYERS
from workbench.demo.playing import play
from workbench.practice.goal import Goal
from workbench.practice.record import stored_notes
from workbench.store.queries import SESSION_SCHEMA
from workbench.store.queries_notes import PLAYED_SCHEMA

FIRST = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
"""A Monday."""

SCALE = scale_from("A Minor", "natural")

Take = tuple[Summary, pl.DataFrame]


def played_frame(notes: list[Note], goal: Goal, session: str, began: datetime) -> pl.DataFrame:
    """The notes of one session as `queries_notes.played` gives them."""
    rows = [
        (
            session, began, goal.scale.chosen, goal.scale.type, goal.bpm, note.position, note.onset_s,
            note.midi, note.cents, note.in_scale, note.deviation_ms, note.string, note.fret,
        )
        for note in stored_notes(notes, goal)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict(PLAYED_SCHEMA), orient="row")


@pytest.fixture
def take() -> Callable[..., Take]:
    """Make a take of notes: (seconds from the click, cents off, semitones off) each."""

    def make(errors: list[tuple[float, float, int]], *, bpm: float | None = 60.0) -> Take:
        goal = Goal(SCALE, bpm=bpm, click_start_s=None if bpm is None else 0.0)
        notes = [
            Note(
                number=i,
                onset_s=1.0 + i + late_s,
                reported_s=1.1 + i,
                midi=69.0 + semitones + cents / 100.0,
                confidence=0.9,
                level_dbfs=-20.0,
                offset_s=1.8 + i,
                hnr_db=18.0,
                floor_dbfs=-60.0,
                rest_dbfs=-55.0,
                ring_over_db=-40.0,
            )
            for i, (late_s, cents, semitones) in enumerate(errors)
        ]
        summary = summarize(notes, scale=goal.scale, click=goal.click)
        return summary, played_frame(notes, goal, "one", FIRST)

    return make


@cache
def _history(player: int, count: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    sessions, frames = [], []
    who = DEMO_PLAYERS[player]
    for number in range(count):
        rng = np.random.default_rng((player, number))
        progress = number / max(count, 1)
        goal = Goal(scale_from(*who.scales[0]), bpm=80.0, notes_per_beat=2, click_start_s=0.0)
        notes = play(who, who.first.towards(who.last, progress), goal, 120, rng)
        summary = summarize(notes, scale=goal.scale, click=goal.click)
        began = FIRST + timedelta(days=2 * number)
        counts = summary.counts
        scores = {name: metric.score for name, metric in summary.metrics.items()}
        sessions.append(
            {
                **dict.fromkeys(SESSION_SCHEMA),
                **scores,
                "session_id": f"session {number:03}",
                "user_id": "ada",
                "start_timestamp": began,
                "end_timestamp": began + timedelta(minutes=20),
                "scale_chosen": goal.scale.chosen,
                "scale_type": goal.scale.type,
                "overall": summary.overall.score,
                "total_notes_played": counts.played,
                "duration_seconds": 1200.0,
                "bpm": goal.bpm,
                "engine_version": "1.0",
            }
        )
        frames.append(played_frame(notes, goal, f"session {number:03}", began))
    empty = pl.DataFrame(schema=dict(PLAYED_SCHEMA))
    return pl.DataFrame(sessions, schema=dict(SESSION_SCHEMA)), pl.concat([empty, *frames])


@pytest.fixture
def history() -> Callable[[int, int], tuple[pl.DataFrame, pl.DataFrame]]:
    """Sessions and notes of a demo player (0 to 2), a session every other day from `FIRST` on."""
    return _history
