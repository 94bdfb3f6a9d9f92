"""Spaced practice in the store: cards of FSRS go in and come out, each player's own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from sqlalchemy import Engine

from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.items import Item, Items
from workbench.user import User

NOW = datetime(2026, 3, 1, 18, 30, 15, 123456, tzinfo=UTC)


def test_a_card_of_the_scheduler_survives_the_store(any_engine: Engine, ada: User) -> None:
    items, scheduler = Items(any_engine), Scheduler(enable_fuzzing=False)
    card, at, new = Card(due=NOW), NOW, Item(new_id(), "degree", {"degree": 6, "scale": "A♭ minor"}, NOW)
    items.put(ada, [new])
    assert items.all(ada) == [new]
    for rating in (Rating.Good, Rating.Good, Rating.Again, Rating.Easy):
        card, _ = scheduler.review_card(card, rating, at)
        at = card.due
        kept = replace(
            new,
            due_at=card.due,
            stability=card.stability,
            difficulty=card.difficulty,
            state=card.state.value,
            step=card.step,
            last_review_at=card.last_review,
        )
        items.put(ada, [kept])
        assert items.all(ada) == [kept]


def test_what_is_due_comes_in_the_order_of_its_time(any_engine: Engine, ada: User, ben: User) -> None:
    items = Items(any_engine)
    later, soon, late = (
        Item(new_id(), "tempo", {"bpm": hours}, NOW + timedelta(hours=hours)) for hours in (24, 1, -3)
    )
    items.put(ada, [later, soon, late])
    items.put(ben, [])
    assert items.due(ada, NOW) == [late]
    assert items.due(ada, soon.due_at) == [late, soon]
    assert items.all(ada) == [late, soon, later]
    assert items.all(ben) == []


def test_an_item_of_another_player_is_never_overwritten(any_engine: Engine, ada: User, ben: User) -> None:
    items = Items(any_engine)
    hers = Item(new_id(), "degree", {"degree": 6}, NOW)
    items.put(ada, [hers])
    with pytest.raises(StoreError):
        items.put(ben, [Item(new_id(), "degree", {"degree": 1}, NOW), replace(hers, kind="stolen")])
    assert items.all(ada) == [hers]
    assert items.all(ben) == []


def test_a_player_of_the_app_writes_and_rewrites_their_own(app_engine: Engine, ada: User, ben: User) -> None:
    items = Items(app_engine)
    hers = Item(new_id(), "degree", {"degree": 6}, NOW)
    items.put(ada, [hers])
    items.put(ada, [replace(hers, lapses=1)])
    with pytest.raises(StoreError):
        items.put(ben, [replace(hers, kind="stolen")])
    assert items.all(ada) == [replace(hers, lapses=1)]
