"""When items come back: sooner what is hard, later what is easy, by days of the player's own clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from coach.planner.item import new_item
from coach.planner.schedule import LONGEST_DAYS, day_of, midnight, recall, reviewed
from coach.planner.target import Target
from workbench.store.items import Item
from workbench.user import User

MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
NEW = new_item(User("ada"), Target("notes", "A Minor", "pentatonic"), MONDAY)
ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("UTC", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu")]
)
RATINGS = st.sampled_from(list(Rating))
HISTORIES = st.lists(st.tuples(st.integers(1, 40), RATINGS), max_size=8)


def after(history: list[tuple[int, Rating]], zone: ZoneInfo) -> tuple[Item, datetime]:
    """An item after reviews, each so many days after the one before."""
    item, at = NEW, MONDAY
    for days, given_rating in history:
        at += timedelta(days=days)
        item = reviewed(item, given_rating, at, zone)
    return item, at


@given(HISTORIES, st.integers(1, 60), ZONES)
def test_the_better_it_went_the_later_it_comes_back(
    history: list[tuple[int, Rating]], days: int, zone: ZoneInfo
) -> None:
    item, last = after(history, zone)
    at = last + timedelta(days=days)
    due = [reviewed(item, each, at, zone).due_at for each in Rating]
    assert due == sorted(due)
    today = day_of(at, zone)
    for moment in due:
        assert timedelta(days=1) <= day_of(moment, zone) - today <= timedelta(days=LONGEST_DAYS)


@given(HISTORIES.filter(bool), ZONES)
def test_nothing_is_due_again_on_the_day_of_its_review(
    history: list[tuple[int, Rating]], zone: ZoneInfo
) -> None:
    item, at = after(history, zone)
    assert day_of(item.due_at, zone) > day_of(at, zone)
    assert item.due_at == midnight(day_of(item.due_at, zone), zone)
    later_that_day = midnight(day_of(at, zone) + timedelta(days=1), zone) - timedelta(seconds=1)
    assert reviewed(item, Rating.Easy, later_that_day, zone) is item


@given(HISTORIES.filter(bool), ZONES)
def test_what_is_expected_to_go_well_falls_with_the_days(
    history: list[tuple[int, Rating]], zone: ZoneInfo
) -> None:
    item, at = after(history, zone)
    chances = [recall(item, day_of(at, zone) + timedelta(days=days), zone) for days in range(0, 100, 7)]
    assert chances[0] == pytest.approx(1.0)
    assert chances == sorted(chances, reverse=True)
    assert all(0.0 < chance <= 1.0 for chance in chances)


def test_before_a_review_nothing_is_expected() -> None:
    assert recall(NEW, date(2026, 3, 9), UTC) == 0.0


def test_a_lapse_is_counted_only_where_there_was_something_to_lose() -> None:
    first = reviewed(NEW, Rating.Again, MONDAY, UTC)
    assert (first.repetitions, first.lapses) == (1, 0)
    again = reviewed(first, Rating.Again, MONDAY + timedelta(days=1), UTC)
    assert (again.repetitions, again.lapses) == (2, 1)


def test_an_evening_and_the_next_morning_are_two_days_and_one_evening_is_one() -> None:
    new_york = ZoneInfo("America/New_York")
    evening = datetime(2026, 3, 7, 23, 30, tzinfo=new_york)
    morning = datetime(2026, 3, 8, 7, 0, tzinfo=new_york)
    one = reviewed(NEW, Rating.Good, evening.astimezone(UTC), new_york)
    two = reviewed(one, Rating.Good, morning.astimezone(UTC), new_york)
    assert two.repetitions == 2
    assert reviewed(one, Rating.Good, morning.astimezone(UTC), UTC) is one, "both are the 8th in London"


def test_the_night_of_the_clock_change_keeps_the_day() -> None:
    new_york = ZoneInfo("America/New_York")
    before = datetime(2026, 3, 7, 18, 0, tzinfo=new_york).astimezone(UTC)
    item = reviewed(NEW, Rating.Again, before, new_york)
    assert item.due_at == datetime(2026, 3, 8, 5, 0, tzinfo=UTC)
    day_after = reviewed(NEW, Rating.Again, before + timedelta(days=1), new_york)
    assert day_after.due_at == datetime(2026, 3, 9, 4, 0, tzinfo=UTC), "summer time has begun"


def test_without_a_zone_the_day_is_that_of_this_machine() -> None:
    at = datetime(2026, 3, 2, 12, 0).astimezone()
    assert day_of(at, None) == date(2026, 3, 2)
    assert midnight(date(2026, 3, 2), None) == datetime(2026, 3, 2, 0, 0).astimezone()
