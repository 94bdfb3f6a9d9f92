"""From sessions to items, once each, in the store of both databases."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from fsrs import Rating
from sqlalchemy import Engine

from coach.planner.item import found_of, last_of, target_of
from coach.planner.results import Result
from coach.planner.review import catch_up, review, weak_degrees
from coach.planner.schedule import day_of
from coach.planner.target import Kind, Target
from workbench.archive import Archive
from workbench.insight.scope import scope_of
from workbench.store.items import Item, Items
from workbench.store.repository import Repository
from workbench.user import User

Make = Callable[..., Item]
Practised = Callable[[str, int], list[Any]]

MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
CLEO = User("demo-cleo")
NOTES = Target("notes", "A Minor", "pentatonic")


def result(target: Target, day: float, score: float) -> Result:
    return Result(target, MONDAY + timedelta(days=day), score, 100)


@pytest.mark.parametrize(
    ("kind", "score", "begins"),
    [
        ("notes", 0.99, True),
        ("tempo", 0.2, True),
        ("intonation", 0.69, True),
        ("intonation", 0.71, False),
        ("clean", 0.5, True),
        ("degree", 0.1, False),
    ],
)
def test_what_becomes_an_item(ada: User, kind: Kind, score: float, *, begins: bool) -> None:
    target = Target(kind, "A Minor", "natural")
    assert len(review(ada, [], [result(target, 0, score)], UTC)) == begins


def test_an_item_that_is_there_is_reviewed_however_it_went(ada: User, item: Make) -> None:
    degree = item(Target("degree", "A Minor", "natural", 6), found="You often miss it.")
    (after,) = review(ada, [degree], [result(target_of(degree), 1, 0.97)], UTC)
    assert last_of(after).rating is Rating.Easy
    assert found_of(after) == "You often miss it."
    assert after.item_id == degree.item_id


def test_the_first_try_of_a_day_counts(ada: User) -> None:
    tries = [result(NOTES, 0.0, 0.6), result(NOTES, 0.1, 0.99), result(NOTES, 1.0, 0.97)]
    (after,) = review(ada, [], tries[:2], UTC)
    assert (after.repetitions, last_of(after).score) == (1, 0.6)
    (next_day,) = review(ada, [after], tries, UTC)
    assert (next_day.repetitions, last_of(next_day).score) == (2, 0.97)


def test_what_another_device_brings_late_changes_nothing(ada: User, item: Make) -> None:
    known = item(NOTES, (5, 0.9))
    assert review(ada, [known], [result(NOTES, 3, 0.2)], UTC) == []


def test_a_history_is_counted_once_and_the_weak_degree_is_found(
    any_engine: Engine, practised: Practised
) -> None:
    Repository(any_engine).add_finished(practised("demo-cleo", 8))
    archive, store = Archive(CLEO, any_engine), Items(any_engine)
    items = catch_up(archive, store, UTC)
    assert {item.item_id for item in store.all(CLEO)} == {item.item_id for item in items}
    degrees = [item for item in items if item.kind == "degree"]
    assert {target_of(item).degree for item in degrees} == {6}, "that is the weakness of the made-up player"
    assert "degree 6" in found_of(degrees[0])
    played = archive.played(scope_of(archive.sessions()))
    assert {item.item_id for item in weak_degrees(CLEO, [], played)} == {item.item_id for item in degrees}
    assert weak_degrees(CLEO, items, played) == [], "what is known is not begun anew"
    days = archive.sessions().filter(pl.col("scale_chosen") == "D Minor")["start_timestamp"]
    known = next(item for item in items if target_of(item) == Target("notes", "D Minor", "natural"))
    assert known.repetitions == len({day_of(moment, UTC) for moment in days})
    again = {item.item_id: item for item in catch_up(archive, store, UTC)}
    assert again == {item.item_id: item for item in store.all(CLEO)}
    assert again[known.item_id].repetitions == known.repetitions
    assert store.all(User("ada")) == []


def test_the_next_session_is_added_to_what_is_kept(sqlite_engine: Engine, practised: Practised) -> None:
    repository = Repository(sqlite_engine)
    *before, last = practised("demo-cleo", 8)
    repository.add_finished(before)
    archive, store = Archive(CLEO, sqlite_engine), Items(sqlite_engine)
    first = {item.item_id: item for item in catch_up(archive, store, UTC)}
    repository.add_finished([last])
    for item in catch_up(archive, store, UTC):
        known = first.get(item.item_id)
        assert known is None or item.repetitions - known.repetitions in {0, 1}
    start = last[0]
    practised = Target("notes", start.scale_chosen, start.scale_type).item_id(CLEO)
    reviewed = next(item for item in store.all(CLEO) if item.item_id == practised)
    assert reviewed.last_review_at == start.started_at


def test_a_player_without_practice_has_no_items(sqlite_engine: Engine, ada: User) -> None:
    assert catch_up(Archive(ada, sqlite_engine), Items(sqlite_engine), UTC) == []
