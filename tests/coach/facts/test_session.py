"""Facts of one session: what was planted is told, with its direction, and nothing without enough notes."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from coach.checker import check
from coach.facts.names import is_fact_name
from coach.facts.session import session_facts
from dsp.summary import Summary

RNG = np.random.default_rng(7)
JITTER = [float(each) for each in RNG.normal(0.0, 0.012, 64)]
CENTS = [float(each) for each in RNG.normal(0.0, 5.0, 64)]

TakeOf = Callable[..., tuple[Summary, pl.DataFrame]]


def test_what_was_played_is_told(take: TakeOf) -> None:
    errors = [(jitter - 0.03, cents + 12.0, 0) for jitter, cents in zip(JITTER, CENTS, strict=True)]
    errors[10:13] = [(late, cents, 9) for late, cents, _ in errors[10:13]]
    facts = session_facts(*take(errors), scale="A minor")

    assert facts.scope == "session"
    assert facts.scales == ("A minor",)
    assert facts.facts["timing.bias_ms"].direction == "early"
    assert facts.facts["timing.bias_ms"].value == pytest.approx(-30.0, abs=5.0)
    assert facts.facts["pitch.bias_cents"].direction == "sharp"
    assert facts.facts["pitch.bias_cents"].value == pytest.approx(12.0, abs=2.0)
    assert facts.facts["scale.wrong"].value == 3
    assert facts.facts["scale.wrong_note.F#5"].value == 3
    assert facts.facts["session.bpm"].value == 60.0
    assert facts.facts["session.notes"].value == 64
    assert facts.facts["timing.spread_ms"].low < 12.0 < facts.facts["timing.spread_ms"].high
    assert facts.get("timing.drift") is None


def test_every_name_is_known_and_every_clause_is_grounded(take: TakeOf) -> None:
    errors = [(jitter - 0.03, cents + 12.0, 9 if i % 20 == 0 else 0)
              for i, (jitter, cents) in enumerate(zip(JITTER, CENTS, strict=True))]  # fmt: skip
    facts = session_facts(*take(errors), scale="A minor")

    assert [fact.name for fact in facts if not is_fact_name(fact.name)] == []
    assert [str(each) for fact in facts for each in check(f"{fact.words.capitalize()}.", facts)] == []


def test_below_the_least_notes_nothing_is_told(take: TakeOf) -> None:
    facts = session_facts(*take([(0.0, 0.0, 0)] * 7), scale="A minor")

    assert len(facts) == 0
    assert set(facts.missing) == {"pitch_accuracy", "scale_conformity", "timing_stability", "noise_control"}
    assert set(facts.missing.values()) == {"not enough notes yet"}


def test_a_bias_that_chance_explains_has_no_side(take: TakeOf) -> None:
    errors = [(jitter, cents, 0) for jitter, cents in zip(JITTER, CENTS, strict=True)]
    bias = session_facts(*take(errors), scale="A minor").facts["timing.bias_ms"]

    assert bias.direction == ""
    assert bias.low < 0.0 < bias.high
    assert "neither late nor early" in bias.words


def test_a_bias_that_few_notes_leave_open_is_not_told(take: TakeOf) -> None:
    errors = [(5.0 * jitter + 0.012, 0.0, 0) for jitter in JITTER[:9]]

    assert session_facts(*take(errors), scale="A minor").get("timing.bias_ms") is None


def test_running_away_from_the_click_is_a_drift(take: TakeOf) -> None:
    errors = [(jitter - 0.002 * i, 0.0, 0) for i, jitter in enumerate(JITTER)]
    drift = session_facts(*take(errors), scale="A minor").facts["timing.drift"]

    assert drift.direction == "speeding up"
    assert drift.low < -120.0 < drift.high


def test_without_a_click_the_own_beat_is_spoken_of(take: TakeOf) -> None:
    errors = [(jitter, cents, 0) for jitter, cents in zip(JITTER, CENTS, strict=True)]
    facts = session_facts(*take(errors, bpm=None), scale="A minor")

    assert facts.get("timing.bias_ms") is None
    assert facts.get("session.bpm") is None
    assert facts.facts["timing.step_share"].value == pytest.approx(0.012, abs=0.006)


def test_what_the_engine_cannot_tell_is_said_so(take: TakeOf) -> None:
    words = session_facts(*take([(0.0, 0.5, 0)] * 16), scale="A minor").facts["pitch.cents"].words

    assert words == "your typical note is less than 2 cents off"
