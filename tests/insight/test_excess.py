"""The excess of a fault over the rest of the same sessions."""

import numpy as np
import polars as pl
import pytest

from workbench.insight.excess import MIN_NOTES, MIN_SESSIONS, excess
from workbench.insight.places import KINDS


def cell(session: int, faults: int, notes: int, fault: str = "early", **places: int) -> dict[str, object]:
    return {
        "session_id": f"{session}",
        "began": session,
        **dict.fromkeys(KINDS),
        **places,
        "fault": fault,
        "notes": notes,
        "faults": faults,
    }


def counted(*cells: dict[str, object]) -> pl.DataFrame:
    types = dict.fromkeys(("began", *KINDS, "notes", "faults"), pl.Int64)
    return pl.DataFrame(list(cells), schema={**types, "session_id": pl.String, "fault": pl.String})


def row(frame: pl.DataFrame, kind: str, place: int) -> dict[str, float]:
    return frame.row(by_predicate=(pl.col("kind") == kind) & (pl.col("place") == place), named=True)


def test_a_bad_day_is_no_bad_place() -> None:
    # On bad days everything goes wrong, and on those days the place was played more often.
    bad = [cell(s, n // 2, n, pitch=p) for s in range(5) for p, n in ((1, 80), (2, 20))]
    good = [cell(s, n // 20, n, pitch=p) for s in range(5, 10) for p, n in ((1, 20), (2, 80))]
    told = row(excess(counted(*bad, *good)), "pitch", 1)
    assert told["rate"] > 0.4
    assert told["excess"] == pytest.approx(0.0, abs=1e-12)


def test_the_difference_is_found_with_its_interval() -> None:
    rng = np.random.default_rng(440)
    cells = [
        cell(s, int(rng.binomial(n, 0.1 + 0.2 * (p == 1))), n, pitch=p)
        for s in range(30)
        for p, n in ((1, 40), (2, 60))
    ]
    frame = excess(counted(*cells))
    told = row(frame, "pitch", 1)
    assert told["low"] < 0.2 < told["high"]
    assert told["high"] - told["low"] < 0.15
    assert (told["notes"], told["sessions"], told["freedom"]) == (1200, 30, 29)
    assert row(frame, "pitch", 2)["excess"] == pytest.approx(-told["excess"])


def test_an_error_of_one_evening_widens_the_interval() -> None:
    even = [cell(s, f, 50, pitch=p) for s in range(10) for p, f in ((1, 10), (2, 5))]
    one = [cell(s, f, 50, pitch=p) for s in range(10) for p, f in ((1, 50 if s == 0 else 5), (2, 5))]
    assert row(excess(counted(*even)), "pitch", 1)["low"] > 0.0
    assert row(excess(counted(*one)), "pitch", 1)["low"] < 0.0


def test_little_is_left_out() -> None:
    few_notes = [cell(s, 1, n, pitch=p) for s in range(5) for p, n in ((1, 5), (2, 50))]
    assert excess(counted(*few_notes))["place"].to_list() == [2]
    assert MIN_NOTES > 5 * 5
    few_sessions = [cell(s, 1, 50, pitch=p) for s in range(MIN_SESSIONS - 1) for p in (1, 2)]
    assert excess(counted(*few_sessions)).is_empty()


def test_guesses_fill_no_place_that_is_hardly_played() -> None:
    cells = [cell(s, f, n, "wrong", pitch=p) for s in range(10) for p, f, n in ((1, 3, 5), (2, 5, 95))]
    assert excess(counted(*cells))["place"].to_list() == [2]
    assert set(excess(counted(*({**each, "fault": "late"} for each in cells)))["place"]) == {1, 2}


def test_getting_better_while_getting_faster_is_no_tempo() -> None:
    cells = [cell(s, 50 - s, 100, tempo=6 + s // 10) for s in range(40)]
    told = excess(counted(*cells))
    assert told.filter(pl.col("low") > 0.02).is_empty()


def test_a_tempo_that_is_too_fast_is_found() -> None:
    rng = np.random.default_rng(440)
    cells = [
        cell(s, int(rng.binomial(100, 0.1 + 0.2 * (s % 3 == 0))), 100, tempo=12 if s % 3 == 0 else 8)
        for s in range(40)
    ]
    told = row(excess(counted(*cells)), "tempo", 12)
    assert told["low"] < 0.2 < told["high"]
    assert told["sessions"] == 14


def test_nothing_gives_nothing() -> None:
    assert excess(counted()).is_empty()
