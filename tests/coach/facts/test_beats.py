"""Notes to a beat are counted from what was played."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from coach.facts.beats import newest_notes_per_beat, notes_per_beat
from workbench.store.queries_notes import PLAYED_SCHEMA

BEGAN = datetime(2026, 11, 20, 18, tzinfo=UTC)


def take(
    session: str, day: int, bpm: float | None, step_s: float, judged: bool = True
) -> list[dict[str, object]]:
    same = {"session_id": session, "start_timestamp": BEGAN + timedelta(days=day), "bpm": bpm}
    return [
        {**same, "position": i, "onset_s": i * step_s, "in_scale": True if judged else None} for i in range(9)
    ]


def played(*takes: list[dict[str, object]]) -> pl.DataFrame:
    rows = [row for each in takes for row in each]
    return (
        pl.DataFrame(rows, schema_overrides=dict(PLAYED_SCHEMA))
        if rows
        else pl.DataFrame(schema=dict(PLAYED_SCHEMA))
    )


@pytest.mark.parametrize(("step_s", "beats"), [(1.0, 1), (0.5, 2), (0.34, 3), (0.24, 4), (0.02, 8), (3.0, 1)])
def test_the_usual_step_says_how_many(step_s: float, beats: int) -> None:
    assert notes_per_beat(played(take("a", 0, 60.0, step_s))).rows() == [("a", beats)]


def test_without_a_click_nothing_is_counted() -> None:
    free = played(take("a", 0, None, 0.5))
    assert notes_per_beat(free).is_empty()
    assert newest_notes_per_beat(free) == 1
    assert newest_notes_per_beat(played()) == 1


def test_the_newest_session_with_a_click_counts() -> None:
    takes = take("b", 2, 60.0, 0.25), take("a", 1, 60.0, 0.5), take("c", 3, None, 0.5)
    assert newest_notes_per_beat(played(*takes)) == 4


def test_a_session_that_was_not_judged_is_no_evidence() -> None:
    assert newest_notes_per_beat(played(take("a", 0, 60.0, 0.5, judged=False))) == 1
