"""Reasons say what was measured, when, and what is expected."""

from datetime import UTC, date

from coach.planner.reasons import ago, due_reason, early_reason
from coach.planner.schedule import recall
from coach.planner.target import Target

NOTES = Target("notes", "A Minor", "pentatonic")
DAY = date(2026, 3, 9)


def test_what_went_well_and_is_due(item) -> None:
    made = item(NOTES, (0, 0.93), notes=140)
    left = 100 * recall(made, DAY, UTC)
    assert due_reason(made, DAY, UTC) == (
        "Due again: 7 days ago 93 of 100 notes were in the scale, from 140 notes. "
        f"Without practice it should go well {left:.0f} times in 100 by now."
    )


def test_what_did_not_go_well(item) -> None:
    made = item(Target("tempo", "A Minor", "pentatonic", None, 90, 2), (6, 0.41), notes=60)
    assert (
        due_reason(made, DAY, UTC)
        == "Not there yet: yesterday the timing score was 41 of 100, from 60 notes."
    )


def test_a_degree(item) -> None:
    degree = Target("degree", "A Minor", "natural", 6)
    found = due_reason(item(degree, found="You often miss it."), DAY, UTC)
    assert found == "You often miss it. Found 7 days ago."
    reason = due_reason(item(degree, (4, 0.5), notes=12, found="You often miss it."), DAY, UTC)
    assert reason == "Not there yet: 3 days ago 50 of 100 notes on it were right and in tune, from 12 notes."


def test_what_is_not_due(item) -> None:
    made = item(NOTES, (0, 0.97))
    assert early_reason(made, date(2026, 3, 3), UTC).startswith("Not due before 10 March,")
    assert early_reason(made, DAY, UTC).startswith("Not due before tomorrow,")


def test_days() -> None:
    assert [ago(days) for days in (0, 1, 2, 30)] == ["today", "yesterday", "2 days ago", "30 days ago"]
