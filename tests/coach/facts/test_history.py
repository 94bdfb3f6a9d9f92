"""Facts of a history: where the scores stand and head, weak spots, practice."""

from collections.abc import Callable
from datetime import UTC, date, timedelta

import polars as pl
import pytest

from coach.checker import check
from coach.fact import Facts
from coach.facts.history import history_facts
from coach.facts.names import is_fact_name
from dsp.summary import METRICS

FIRST = date(2026, 3, 2)
"""A Monday; sessions are every other day from here on."""

HistoryOf = Callable[[int, int], tuple[pl.DataFrame, pl.DataFrame]]


def facts_of(history: tuple[pl.DataFrame, pl.DataFrame], today: date) -> Facts:
    return history_facts(*history, today=today, zone=UTC)


def test_an_empty_history_tells_nothing(history: HistoryOf) -> None:
    facts = facts_of(history(0, 0), FIRST)

    assert len(facts) == 0
    assert facts.about == "no session yet"
    assert set(facts.missing) == set(METRICS)


def test_one_session_is_told_as_one(history: HistoryOf) -> None:
    facts = facts_of(history(0, 1), FIRST)

    assert facts.about == "your newest session"
    assert facts.facts["pitch_accuracy.score"].n == 1
    assert facts.facts["pitch_accuracy.score"].low is None
    assert facts.facts["practice.days_off"].words == "your last practice was today"
    assert not [
        fact.name for fact in facts if fact.name.startswith(("trend.", "change.", "spot.", "timing.b"))
    ]


@pytest.mark.parametrize(
    ("player", "place", "direction"),
    [(0, "up", "early"), (1, "the notes from", "sharp"), (2, "degree 6", "")],
    ids=["hurried leaps", "sharp above E4", "degree 6"],
)
def test_the_planted_weakness_is_the_worst_spot(
    history: HistoryOf, player: int, place: str, direction: str
) -> None:
    spot = facts_of(history(player, 40), FIRST + timedelta(days=79)).facts["spot.1.rate"]

    assert place in spot.place
    assert spot.direction == direction
    assert spot.scale


def test_scores_head_somewhere_and_changed(history: HistoryOf) -> None:
    facts = facts_of(history(0, 40), FIRST + timedelta(days=79))

    assert facts.facts["trend.timing_stability"].direction == "better"
    assert facts.facts["trend.timing_stability"].n == 40
    assert facts.facts["change.timing_stability"].direction in {"better", "no difference"}
    assert facts.facts["timing_stability.score"].n == 12
    assert facts.facts["latest.timing_stability"].n == 1


def test_practice_is_counted_by_the_players_week(history: HistoryOf) -> None:
    facts = facts_of(history(0, 8), FIRST + timedelta(days=15))

    assert facts.facts["practice.minutes_week"].value == pytest.approx(20.0)
    assert facts.facts["practice.minutes_last_week"].value == pytest.approx(60.0)
    assert facts.facts["practice.sessions"].value == 8
    assert facts.facts["practice.streak_days"].value == 8
    assert facts.facts["practice.days_off"].value == 1
    assert facts.facts["repertoire.1"].scale == facts.scales[0]


@pytest.mark.parametrize("player", [0, 1, 2])
@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_every_name_is_known_and_every_clause_is_grounded(
    history: HistoryOf, player: int, count: int
) -> None:
    facts = facts_of(history(player, count), FIRST + timedelta(days=2 * count + 1))

    assert [fact.name for fact in facts if not is_fact_name(fact.name)] == []
    said = [f"{fact.words[0].upper()}{fact.words[1:]}." for fact in facts]
    assert [str(each) for sentence in said for each in check(sentence, facts)] == []


def test_a_click_of_unknown_start_tells_no_bias(history: HistoryOf) -> None:
    sessions, played = history(0, 8)
    own = pl.col("deviation_ms") - pl.col("deviation_ms").median().over("session_id")
    unanchored = played.filter(pl.col("in_scale").is_not_null()).with_columns(own)

    assert facts_of((sessions, played), FIRST).get("timing.bias_ms") is not None
    told = facts_of((sessions, unanchored), FIRST)
    assert told.get("timing.bias_ms") is None
    assert told.get("timing.spread_ms") is not None
