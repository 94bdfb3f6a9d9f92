"""Items and results to plan with."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from coach.planner.item import new_item, with_last
from coach.planner.results import Result
from coach.planner.schedule import reviewed
from coach.planner.target import Target
from workbench.demo.history import make_history, plan_history
from workbench.store.items import Item
from workbench.store.records import SessionEnd, SessionStart
from workbench.user import User

MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)

Reviewed = Callable[..., Item]


@pytest.fixture
def ada() -> User:
    return User("ada")


@pytest.fixture
def item(ada: User) -> Reviewed:
    """An item after reviews of (day after the Monday, score), oldest first."""

    def make(target: Target, *reviews: tuple[float, float], notes: int = 100, found: str = "") -> Item:
        made = new_item(ada, target, MONDAY, found)
        for day, score in reviews:
            result = Result(target, MONDAY + timedelta(days=day), score, notes)
            made = with_last(reviewed(made, result.rating, result.at, UTC), result)
        return made

    return make


@cache
def practised_by(name: str, weeks: int) -> list[tuple[SessionStart, SessionEnd]]:
    """The made-up sessions of one player until the 15th of November 2026."""
    plans = plan_history(weeks=weeks, seed=1, until=date(2026, 11, 15))
    return list(make_history([plan for plan in plans if plan.player.user.id == name]))


@pytest.fixture(scope="session")
def practised() -> Callable[[str, int], list[tuple[SessionStart, SessionEnd]]]:
    """Name of a player of the demo and weeks to finished sessions, for `Repository.add_finished`."""
    return practised_by
