"""The items as a table."""

from collections.abc import Callable
from datetime import UTC, date

from coach.planner.outlook import OUTLOOK_SCHEMA, outlook
from coach.planner.schedule import recall
from coach.planner.target import Target
from workbench.charts.due import DUE_SCHEMA
from workbench.store.items import Item

DAY = date(2026, 3, 9)


def test_what_is_due_first_comes_first(item: Callable[..., Item]) -> None:
    well = item(Target("notes", "A Minor", "pentatonic"), (0, 0.97), notes=120)
    badly = item(Target("tempo", "A Minor", "pentatonic", None, 90, 2), (5, 0.41))
    found = item(Target("degree", "A Minor", "natural", 6), found="You often miss it.")
    rows = outlook([well, badly, found], DAY, UTC).rows()
    assert [row[0] for row in rows] == [
        "A minor: degree 6 (F)",
        "A minor pentatonic at 90 bpm",
        "A minor pentatonic: right notes",
    ]
    assert rows[0][1:] == (None, None, None, 0.0, date(2026, 3, 2), "You often miss it.")
    assert rows[2][1:4] == (date(2026, 3, 2), 0.97, 120)
    assert rows[2][4] == recall(well, DAY, UTC)
    assert rows[2][-1] == "last: 97 of 100, from 120 notes"


def test_it_can_be_drawn_and_be_empty() -> None:
    assert set(DUE_SCHEMA) <= set(OUTLOOK_SCHEMA)
    assert outlook([], DAY, UTC).schema == OUTLOOK_SCHEMA
