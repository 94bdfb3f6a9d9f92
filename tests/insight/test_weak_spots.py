"""The demo players' planted weaknesses are found, and a player without one is told of none."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from workbench.demo.players import DEMO_PLAYERS, DemoPlayer, Weakness
from workbench.insight.weak_spots import EVIDENCE_SCHEMA, WEAK_SPOTS_SCHEMA, evidence, weak_spots
from workbench.store.queries_notes import PLAYED_SCHEMA

History = Callable[..., pl.DataFrame]
ADA, BEN, CLEO = DEMO_PLAYERS


@pytest.mark.parametrize("seed", [1, 2])
def test_a_hurried_leap_is_found(history: History, seed: int) -> None:
    worst = weak_spots(history(ADA, seed)).row(0, named=True)
    assert (worst["kind"], worst["fault"]) == ("transition", "early")
    assert worst["where"].startswith("+3")
    assert worst["sentence"].startswith("You hurry the note after a fourth")


@pytest.mark.parametrize("seed", [1, 2])
def test_notes_pushed_sharp_are_found(history: History, seed: int) -> None:
    spots = weak_spots(history(BEN, seed))
    worst = spots.row(0, named=True)
    assert (worst["kind"], worst["fault"], worst["lowest"]) == ("pitch", "sharp", 64)
    assert set(spots["fault"]) == {"sharp"}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_degree_that_is_missed_is_found(history: History, seed: int) -> None:
    spots = weak_spots(history(CLEO, seed))
    worst = spots.row(0, named=True)
    assert (worst["kind"], worst["fault"], worst["where"]) == ("degree", "wrong", "minor:6")
    assert worst["label"] == "degree 6 (b6) of minor scales"
    # Planted: one in five more than elsewhere.
    assert worst["low"] < 0.2 < worst["high"] + 0.04
    assert spots.height == 1


def test_a_player_without_a_weakness_has_no_weak_spot_in_almost_all_histories(history: History) -> None:
    found = [
        weak_spots(history(replace(player, weakness=Weakness()), seed)).height
        for player in DEMO_PLAYERS
        for seed in range(4)
    ]
    assert sum(count > 0 for count in found) <= 1


def test_a_spot_says_from_how_many_notes_and_what_to_practise(history: History) -> None:
    played = history(CLEO, 1)
    spot = weak_spots(played).row(0, named=True)
    assert spot["n"] <= played.height / 5
    assert spot["sessions"] <= played["session_id"].n_unique()
    assert spot["excess"] == pytest.approx(spot["rate"] - spot["usual"])
    assert spot["low"] < spot["excess"] < spot["high"]
    assert (spot["scale_chosen"], spot["scale_type"]) in CLEO.scales
    assert 40.0 <= spot["bpm"] <= 80.0


def test_the_worst_comes_first_and_the_schema_is_kept(history: History) -> None:
    both = replace(CLEO, weakness=Weakness(degree=6, hurried_leap=5))
    spots = weak_spots(history(both, 3))
    assert spots.schema == WEAK_SPOTS_SCHEMA
    assert {"wrong", "early"} <= set(spots["fault"])
    assert spots["low"].is_sorted(descending=True)


def test_neither_too_few_notes_nor_too_few_sessions_are_judged(history: History) -> None:
    played = history(CLEO, 1)
    three = played.filter(pl.col("session_id").is_in(played["session_id"].unique().sort().head(3).implode()))
    for few in (played.head(150), three, played.clear()):
        assert weak_spots(few).is_empty()
        assert weak_spots(few).schema == WEAK_SPOTS_SCHEMA
        assert evidence(few)["enough"].to_list() == [False]
    assert evidence(played.clear()).rows() == [(0, 0, False)]
    assert evidence(played).schema == EVIDENCE_SCHEMA
    assert evidence(played)["enough"].to_list() == [True]


def test_nothing_depends_on_how_a_scale_is_called(history: History) -> None:
    # A scale that nobody can read has no degrees; leaps and pitches are judged all the same.
    unknown = history(ADA, 1).with_columns(pl.lit("Q Klezmer").alias("scale_chosen"))
    assert weak_spots(unknown).row(0, named=True)["where"].startswith("+3")


def test_unjudged_events_alone_are_no_evidence() -> None:
    rows = {name: [None] * 300 for name in PLAYED_SCHEMA} | {"session_id": [str(i % 9) for i in range(300)]}
    unjudged = pl.DataFrame(rows, schema=dict(PLAYED_SCHEMA))
    assert evidence(unjudged).rows() == [(0, 0, False)]
    assert weak_spots(unjudged).is_empty()


def test_a_player_of_a_whole_deck_of_weaknesses_breaks_nothing(history: History) -> None:
    hopeless: DemoPlayer = replace(ADA, weakness=Weakness(degree=1, sharp_above=40, hurried_leap=1))
    spots = weak_spots(history(hopeless, 1))
    assert spots.schema == WEAK_SPOTS_SCHEMA
    assert spots["low"].min() > 0.0  # type: ignore[operator]
