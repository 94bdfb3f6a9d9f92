from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl

from workbench.insight.scope import scope_of
from workbench.store.queries_notes import Scope

Sessions = Callable[..., pl.DataFrame]


def test_a_scope_spans_the_sessions_that_compare(sessions: Sessions) -> None:
    history = sessions(
        (0, {"engine_version": "fretcoach-prototype"}),
        (1, {"device_type": "demo"}),
        (2, {"engine_version": "fretcoach-2.1"}),
        (3, {"engine_version": "fretcoach-2.1", "scale_type": "pentatonic"}),
        (9, {"end_timestamp": None}),
    )
    first, last = (datetime(2026, 3, day, 18, tzinfo=UTC) for day in (4, 5))
    assert scope_of(history) == Scope("fretcoach-2", since=first, until=last)
    by_scale = scope_of(history, by_scale=True)
    assert by_scale is not None
    assert by_scale.scales == (("A Minor", "natural"), ("A Minor", "pentatonic"))


def test_a_made_up_history_is_its_own_scope(sessions: Sessions) -> None:
    scope = scope_of(sessions((1, {"device_type": "demo"})))
    assert scope is not None
    assert scope.made_up


def test_nothing_to_compare_is_nothing_to_ask(sessions: Sessions) -> None:
    assert scope_of(sessions()) is None
    assert scope_of(sessions((0, {"engine_version": "fretcoach-prototype"}))) is None
