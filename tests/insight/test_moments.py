"""The best and the worst moment are what a slow look at every note finds."""

from datetime import UTC, datetime
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from workbench.insight.moments import LEAST_FAULTS, LEAST_RUN, MOMENT_SCHEMA, WINDOW, moments, told
from workbench.store.queries_notes import PLAYED_SCHEMA

BEGAN = datetime(2026, 10, 27, 18, 0, tzinfo=UTC)


def a_note(position: int, onset_s: float, fault: str | None = None, session: str = "a") -> dict[str, Any]:
    """A judged note; deviations of one session are chosen to have a mean of 0 only where none is off."""
    cents = {"sharp": 40.0, "flat": -40.0}.get(fault or "", 0.0)
    return {
        **dict.fromkeys(PLAYED_SCHEMA),
        "session_id": session,
        "start_timestamp": BEGAN,
        "scale_chosen": "A Minor",
        "scale_type": "natural",
        "position": position,
        "onset_s": onset_s,
        "midi": 57.0 + cents / 100.0,
        "cents": cents,
        "in_scale": None if fault == "unjudged" else fault != "wrong",
    }


def take(faults: list[str | None], session: str = "a", gap_s: float = 0.5) -> pl.DataFrame:
    rows = [a_note(index, index * gap_s, fault, session) for index, fault in enumerate(faults)]
    return pl.DataFrame(rows, schema=dict(PLAYED_SCHEMA))


def one(found: pl.DataFrame, kind: str) -> dict[str, Any]:
    return found.row(by_predicate=pl.col("kind") == kind, named=True)


def test_the_longest_clean_run_is_the_best_moment() -> None:
    best = one(moments(take([None] * 5 + ["wrong"] + [None] * 9 + ["flat"])), "best")
    assert (best["first"], best["last"], best["notes"], best["clean"]) == (6, 14, 9, 9)
    assert (best["start_s"], best["end_s"]) == (3.0, 7.0)


def test_the_worst_moment_tells_what_was_wrong() -> None:
    faults = [None] * 12 + ["wrong", "sharp", "sharp", "flat"] + [None] * 12
    worst = one(moments(take(faults)), "worst")
    assert worst["notes"] == WINDOW
    assert [worst[name] for name in ("clean", "wrong", "sharp", "flat")] == [WINDOW - 4, 1, 2, 1]
    assert worst["first"] <= 12
    assert worst["last"] >= 15


def test_an_unjudged_event_neither_ends_a_run_nor_counts() -> None:
    best = one(moments(take([None] * 4 + ["unjudged"] + [None] * 4)), "best")
    assert best["notes"] == 8


def test_a_pause_and_another_session_end_a_stretch() -> None:
    apart = take([None] * 6, gap_s=2.5)
    assert moments(apart).is_empty()
    two = pl.concat([take([None] * 5, "a"), take([None] * 6, "b")])
    assert one(moments(two), "best")["session_id"] == "b"


def test_late_notes_are_late_beside_the_session_own_mean() -> None:
    notes = take([None] * 20).with_columns(
        pl.when(pl.col("position") < 8).then(60.0).otherwise(-40.0).alias("deviation_ms")
    )
    worst = one(moments(notes), "worst")
    assert worst["timed"]
    assert (worst["late"], worst["early"]) == (8, 4)
    assert "best" not in moments(notes)["kind"]


def test_nothing_stands_out_in_clean_or_short_playing() -> None:
    assert moments(take([None] * 40))["kind"].to_list() == ["best"]
    assert moments(take(["wrong"] * (WINDOW - 1))).is_empty()


def test_no_notes_give_a_typed_empty_frame() -> None:
    assert moments(take([])).schema == MOMENT_SCHEMA
    assert told(take([])).is_empty()


@given(st.lists(st.sampled_from([None, None, "wrong", "sharp", "flat", "unjudged"]), max_size=60))
def test_as_a_slow_look_at_every_note(faults: list[str | None]) -> None:
    judged = [fault for fault in faults if fault != "unjudged"]
    runs = "".join("x" if fault else "." for fault in judged).split("x")
    longest = max(map(len, runs))
    windows = [judged[first : first + WINDOW] for first in range(len(judged) - WINDOW + 1)]
    most = max((sum(fault is not None for fault in window) for window in windows), default=0)
    found = {row["kind"]: row for row in moments(take(faults)).iter_rows(named=True)}
    assert found.get("best", {}).get("notes", 0) == (longest if longest >= LEAST_RUN else 0)
    assert ("worst" in found) == (most >= LEAST_FAULTS)
    if "worst" in found:
        assert found["worst"]["clean"] == WINDOW - most
