"""Weeks of made-up practice: plausible, reproducible, marked, removable."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import polars as pl
import pytest
from sqlalchemy import Engine

from workbench.demo.history import make_history, plan_history, store_history
from workbench.demo.players import DEMO_PLAYERS
from workbench.insight import history, trends
from workbench.store import queries
from workbench.store.columns import new_id
from workbench.store.read import read
from workbench.store.records import SessionStart
from workbench.store.repository import Repository
from workbench.user import User

UNTIL = date(2026, 6, 28)
PLANS = plan_history(3, 26, 1, UNTIL)


def test_half_a_year_has_a_few_sessions_a_week_and_rest_days() -> None:
    for player in DEMO_PLAYERS:
        began = [plan.began for plan in PLANS if plan.player == player]
        assert 26 * 2 < len(began) < 26 * 6
        assert began == sorted(began)
        assert len({moment.date() for moment in began}) == len(began)
        gaps = [(later - earlier).days for earlier, later in pairwise(began)]
        assert max(gaps) >= 3
        assert max(gaps) < 30


def test_nothing_lies_outside_the_weeks() -> None:
    days = [plan.began.date() for plan in PLANS]
    assert UNTIL - timedelta(weeks=26) < min(days)
    assert max(days) <= UNTIL
    assert max(plan.began for plan in plan_history(3, 2, 1)) < datetime.now(UTC)


def test_players_get_better() -> None:
    progress = [plan.progress for plan in PLANS if plan.player == DEMO_PLAYERS[0]]
    assert sum(progress[-10:]) > sum(progress[:10]) + 5.0
    assert all(0.0 <= share <= 1.0 for share in progress)


def test_the_same_seed_gives_the_same_history() -> None:
    plans = plan_history(1, 2, 5, UNTIL)
    assert list(make_history(plans)) == list(make_history(plan_history(1, 2, 5, UNTIL)))
    assert [plan.began for plan in plan_history(1, 2, 6, UNTIL)] != [plan.began for plan in plans]


def test_every_session_is_marked_and_whole() -> None:
    for start, end in make_history(PLANS[::40]):
        assert (start.device_type, start.origin_device) == ("demo", "demo")
        assert end.engine_version == "demo"
        assert start.session_id.version == 7
        assert end.session_id == start.session_id
        assert 120.0 < end.duration_s < 3600.0
        counts = end.summary.counts
        judged = Counter(note.in_scale for note in end.notes)
        assert (judged[True], judged[False], judged[None]) == (counts.right, counts.wrong, counts.unjudged)
        assert end.summary.overall.score is not None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0, 26, 1), "users goes from 1 to 3, not 0"),
        ((4, 26, 1), "not 4"),
        ((3, 0, 1), "weeks"),
        ((3, 1, -1), "seed"),
    ],
)
def test_a_number_out_of_range_is_named(arguments: tuple[int, int, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        plan_history(*arguments)


def test_storing_twice_does_not_double_and_touches_nothing_real(any_engine: Engine) -> None:
    repository = Repository(any_engine)
    me = User("demo-ada")
    mine = SessionStart(new_id(), me, datetime(2026, 1, 1, tzinfo=UTC), "A Minor", "natural")
    repository.begin_session(mine)
    plans = plan_history(2, 1, 1, UNTIL)
    ticks: list[int] = []
    for _ in range(2):
        store_history(repository, plans, lambda: ticks.append(1))
        stored = {
            player.user.id: read(any_engine, player.user, queries.sessions()).height
            for player in DEMO_PLAYERS
        }
        expected = Counter(plan.player.user.id for plan in plans)
        assert stored == {
            "demo-ada": expected["demo-ada"] + 1,
            "demo-ben": expected["demo-ben"],
            "demo-cleo": 0,
        }
    assert len(ticks) == 2 * len(plans)
    assert repository.erase_demo(player.user for player in DEMO_PLAYERS) == len(plans)
    assert repository.unfinished(me) == [mine.session_id]


def test_the_pages_have_something_to_show(sqlite_engine: Engine) -> None:
    plans = plan_history(1, 8, 1, UNTIL)
    store_history(Repository(sqlite_engine), plans)
    sessions = read(sqlite_engine, DEMO_PLAYERS[0].user, queries.sessions())
    totals = history.totals(sessions, UTC).row(0, named=True)
    assert totals["sessions"] == len(plans)
    assert totals["hours"] > 2.0
    weekly = trends.weekly(sessions, UTC)
    assert set(weekly["metric"]) == {*queries.SESSION_SCHEMA} & set(weekly["metric"])
    assert weekly.group_by("metric").agg(pl.len())["len"].min() == weekly["week"].n_unique()
    pitch = trends.direction(sessions, UTC).filter(metric="pitch_accuracy").row(0, named=True)
    assert pitch["verdict"] == "improving"
