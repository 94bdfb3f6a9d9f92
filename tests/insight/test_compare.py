"""Before and after: sessions are the unit, and little data says so."""

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl
import pytest

from workbench.demo.players import DEMO_PLAYERS
from workbench.insight.compare import (
    COMPARE_SCHEMA,
    MIN_SESSIONS,
    NO_DIFFERENCE,
    NOT_ENOUGH,
    compare,
    compare_takes,
)
from workbench.store.queries_notes import PLAYED_SCHEMA

Sessions = Callable[..., pl.DataFrame]


def scored(sessions: Sessions, first_day: int, scores: Sequence[float], **changes: object) -> pl.DataFrame:
    rows = [
        (first_day + index, {"pitch_accuracy": score, "session_id": f"{first_day}.{index}", **changes})
        for index, score in enumerate(scores)
    ]
    return sessions(*rows)


def pitch(frame: pl.DataFrame) -> dict[str, object]:
    return frame.row(by_predicate=pl.col("metric") == "pitch_accuracy", named=True)


BEFORE, AFTER = (0.60, 0.62, 0.58, 0.61, 0.63, 0.59), (0.80, 0.82, 0.79, 0.81, 0.78)


def test_a_clear_change_is_told_with_its_interval(sessions: Sessions) -> None:
    stats = pytest.importorskip("scipy.stats", reason="SciPy is the oracle")
    frame = compare(scored(sessions, 0, BEFORE), scored(sessions, 30, AFTER))
    assert frame.schema == COMPARE_SCHEMA
    row = pitch(frame)
    assert (row["verdict"], row["before_n"], row["after_n"]) == ("better", 6, 5)
    interval = stats.ttest_ind(AFTER, BEFORE, equal_var=False).confidence_interval()
    # Degrees of freedom are rounded down, so ours is a little wider.
    assert row["low"] == pytest.approx(interval.low, abs=0.002)
    assert row["low"] <= interval.low
    assert interval.high <= row["high"]
    assert pitch(compare(scored(sessions, 0, AFTER), scored(sessions, 30, BEFORE)))["verdict"] == "worse"


def test_too_few_sessions_on_either_side_say_so(sessions: Sessions) -> None:
    for before, after in ((BEFORE, AFTER[: MIN_SESSIONS - 1]), (BEFORE[: MIN_SESSIONS - 1], AFTER), ((), ())):
        frame = compare(scored(sessions, 0, before), scored(sessions, 30, after))
        assert set(frame["verdict"]) == {NOT_ENOUGH}
        assert frame["p"].null_count() == frame["difference"].null_count() == frame.height == 5


def test_chance_is_called_no_difference(sessions: Sessions) -> None:
    rng = np.random.default_rng(440)
    verdicts = [
        pitch(
            compare(
                scored(sessions, 0, rng.normal(0.7, 0.05, 8)), scored(sessions, 30, rng.normal(0.7, 0.05, 8))
            )
        )
        for _ in range(20)
    ]
    assert sum(row["verdict"] != NO_DIFFERENCE for row in verdicts) <= 1


def test_a_session_on_both_sides_counts_once_and_for_the_later(sessions: Sessions) -> None:
    before, after = scored(sessions, 0, BEFORE), scored(sessions, 30, AFTER)
    assert compare(pl.concat([before, after]), after).equals(compare(before, after))


def test_only_like_is_compared_with_like(sessions: Sessions) -> None:
    before = scored(sessions, 0, BEFORE, engine_version="fretcoach-prototype")
    row = pitch(compare(before, scored(sessions, 30, AFTER)))
    assert (row["before_n"], row["verdict"]) == (0, NOT_ENOUGH)
    made_up = scored(sessions, 0, BEFORE, device_type="demo")
    assert pitch(compare(made_up, scored(sessions, 30, AFTER)))["before_n"] == 0


def test_two_takes_are_compared_by_blocks(history: Callable[..., pl.DataFrame]) -> None:
    played = history(DEMO_PLAYERS[0], 1)
    first, last = (played.filter(session_id=name) for name in ("session 000", "session 039"))
    frame = compare_takes(first, last)
    assert frame.schema == COMPARE_SCHEMA
    rows = {row["metric"]: row for row in frame.iter_rows(named=True)}
    assert set(rows) == {"wrong_notes", "cents_off", "ms_off"}
    assert rows["cents_off"]["verdict"] == "better"
    assert rows["cents_off"]["difference"] < 0.0
    assert rows["cents_off"]["before_n"] == first["in_scale"].count() // 16


def test_a_take_of_a_minute_is_not_enough() -> None:
    nothing = pl.DataFrame(schema=dict(PLAYED_SCHEMA))
    frame = compare_takes(nothing, nothing)
    assert frame.schema == COMPARE_SCHEMA
    assert set(frame["verdict"]) == {NOT_ENOUGH}
