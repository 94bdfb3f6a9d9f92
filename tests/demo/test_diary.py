"""When somebody of a crowd practises: their days, their hours, their holidays."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from workbench.demo.crowd import demo_player
from workbench.demo.diary import Diary, keep_diary

FIRST, LAST = date(2026, 1, 1), date(2026, 7, 1)


def diary(index: int = 0, sessions: int | None = None, last: date = LAST, seed: int = 1) -> Diary:
    return keep_diary(demo_player(index, 1), FIRST, last, sessions, np.random.default_rng(seed))


def days(of: Diary) -> list[date]:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return [(epoch + timedelta(microseconds=int(began))).date() for began in of.began]


def test_habits_bring_a_few_sessions_a_week_one_a_day_at_most() -> None:
    found = days(diary())
    assert 26 * 2 < len(found) < 26 * 6
    assert len(set(found)) == len(found)
    assert min(found) >= FIRST
    assert max(found) <= LAST
    gaps = np.diff([day.toordinal() for day in found])
    assert 3 <= gaps.max() < 30


@pytest.mark.parametrize("sessions", [1, 100, 182, 500])
def test_a_number_that_is_asked_for_is_kept(sessions: int) -> None:
    found = diary(sessions=sessions)
    assert found.began.size == sessions
    assert (np.diff(found.began) >= 0).all()
    assert min(days(found)) >= FIRST
    assert max(days(found)) <= LAST
    if sessions <= 100:
        assert len(set(days(found))) == sessions


def test_practice_is_in_the_evening_and_earlier_at_weekends() -> None:
    found = diary(sessions=180)
    hour = found.began // 1_000_000 % 86_400 / 3600.0
    weekend = np.array([day.weekday() >= 5 for day in days(found)])
    assert np.median(hour[weekend]) == pytest.approx(10.5, abs=0.6)
    assert np.median(hour[~weekend]) == pytest.approx(18.5, abs=0.6)


def test_progress_grows_and_stays_a_share() -> None:
    progress = diary(sessions=150).progress
    assert progress[-20:].mean() > progress[:20].mean() + 0.5
    assert (progress >= 0.0).all()
    assert (progress <= 1.0).all()


def test_days_off_cost_progress() -> None:
    crowd = [diary(index, seed=index) for index in range(40)]
    rusty, fresh = [], []
    for found in crowd:
        ordinal = np.array([day.toordinal() for day in days(found)])
        expected = 1.0 - np.exp(-(ordinal - FIRST.toordinal()) / 7.0 / 12.0)
        late = np.arange(ordinal.size) > 20
        after_rest = np.diff(ordinal, prepend=ordinal[0]) >= 4
        rusty.extend((found.progress - expected)[late & after_rest])
        fresh.extend((found.progress - expected)[late & ~after_rest])
    assert np.mean(fresh) - np.mean(rusty) == pytest.approx(0.1, abs=0.03)


def test_nobody_never_practises() -> None:
    assert min(diary(index, last=FIRST, seed=index).began.size for index in range(30)) == 1


def test_the_seed_decides() -> None:
    assert (diary().began == diary().began).all()
    assert diary().began.tolist() != diary(seed=2).began.tolist()
