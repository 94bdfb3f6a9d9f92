from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from coach.compared import periods_facts, takes_facts
from workbench.store.queries import SESSION_SCHEMA
from workbench.store.queries_notes import PLAYED_SCHEMA

BEGAN = datetime(2026, 10, 5, 18, 0, tzinfo=UTC)


def period(first_day: int, scores: list[float]) -> pl.DataFrame:
    """Sessions day after day with these pitch scores, and a timing score that stays."""
    rows = [
        {
            **dict.fromkeys(SESSION_SCHEMA),
            "session_id": f"{first_day + index}",
            "start_timestamp": BEGAN + timedelta(days=first_day + index),
            "end_timestamp": BEGAN + timedelta(days=first_day + index, minutes=10),
            "engine_version": "1.0",
            "pitch_accuracy": score,
            "timing_stability": 0.6 + 0.01 * (index % 2),
        }
        for index, score in enumerate(scores)
    ]
    return pl.DataFrame(rows, schema=dict(SESSION_SCHEMA))


def take(session_id: str, cents: float, notes: int = 96) -> pl.DataFrame:
    """A session whose notes all lie about so many cents off."""
    rows = [
        {
            **dict.fromkeys(PLAYED_SCHEMA),
            "session_id": session_id,
            "start_timestamp": BEGAN,
            "scale_chosen": "A Minor",
            "scale_type": "natural",
            "bpm": 80.0,
            "position": index,
            "onset_s": 0.5 * index,
            "midi": 57.0 + cents / 100.0,
            "cents": cents + index % 3,
            "in_scale": True,
            "deviation_ms": float(index % 5),
        }
        for index in range(notes)
    ]
    return pl.DataFrame(rows, schema=dict(PLAYED_SCHEMA))


def test_what_changed_for_sure_has_a_size_an_interval_and_a_direction() -> None:
    before, after = period(0, [0.60, 0.62, 0.61, 0.63, 0.60]), period(10, [0.80, 0.82, 0.81, 0.80, 0.83])
    facts = periods_facts(before, after, than="the four weeks before")
    pitch = facts.facts["change.pitch_accuracy"]
    assert pitch.words == "your pitch score is 20 points better than in the four weeks before"
    assert (pitch.direction, pitch.unit, pitch.n, pitch.counted) == ("better", "score", 10, "sessions")
    assert pitch.low is not None
    assert pitch.high is not None
    assert 0.15 < pitch.low < pitch.value < pitch.high < 0.25


def test_what_did_not_change_for_sure_says_so() -> None:
    facts = periods_facts(period(0, [0.6, 0.7] * 3), period(10, [0.7, 0.6] * 3), than="the week before")
    pitch = facts.facts["change.pitch_accuracy"]
    assert pitch.direction == "no difference"
    assert pitch.words == "your pitch score has not changed for sure against the week before"


def test_too_few_sessions_are_a_reason_and_no_fact() -> None:
    facts = periods_facts(period(0, [0.6] * 3), period(10, [0.8] * 6), than="the week before")
    assert "change.pitch_accuracy" not in facts.facts
    assert facts.missing["pitch_accuracy"].startswith("there are 6 scored sessions against 3, and it takes 4")


@pytest.mark.parametrize(("earlier", "later", "direction"), [(20.0, 5.0, "better"), (5.0, 20.0, "worse")])
def test_two_sessions_are_held_against_each_other(earlier: float, later: float, direction: str) -> None:
    pitch = takes_facts(take("a", earlier), take("b", later)).facts["change.pitch_accuracy"]
    assert (pitch.direction, pitch.unit) == (direction, "cents")
    assert pitch.words == f"your pitch was {direction} than in the session before, by 15 cents"


def test_a_short_session_can_not_be_compared() -> None:
    facts = takes_facts(take("a", 5.0, notes=20), take("b", 20.0))
    assert not facts
    assert facts.missing["pitch_accuracy"] == "one of both sessions is too short"
