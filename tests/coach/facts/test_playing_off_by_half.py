"""A guitar that is half a semitone off: its notes read +48 and -49 cents and still lie side by side."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from coach.facts.playing import playing_facts
from workbench.store.queries_notes import PLAYED_SCHEMA


def _played(off_cents: float) -> pl.DataFrame:
    rng = np.random.default_rng(3)
    rows = []
    for session in range(4):
        pitches = 60.0 + (off_cents + rng.normal(0.0, 4.0, 60)) / 100.0
        for position, midi in enumerate(pitches):
            rows.append(
                {
                    "session_id": f"s{session}",
                    "start_timestamp": datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=session),
                    "scale_chosen": "C Major",
                    "scale_type": "natural",
                    "position": position,
                    "onset_s": float(position),
                    "midi": midi,
                    "cents": 100.0 * (midi - np.floor(midi + 0.5)),
                    "in_scale": True,
                }
            )
    return pl.DataFrame(rows, schema=dict(PLAYED_SCHEMA))


@pytest.mark.parametrize("off", [-49.5, -20.0, 20.0, 49.0])
def test_the_bias_is_that_of_the_guitar(off: float) -> None:
    facts = {fact.name: fact for fact in playing_facts(_played(off))}
    assert abs(facts["pitch.bias_cents"].value) == pytest.approx(abs(off), abs=2.0)
    assert facts["pitch.bias_cents"].direction in {"sharp", "flat"}
