from datetime import date, timedelta

import pytest

from coach.past import Past
from workbench.archive import Archive


@pytest.fixture
def past(ada: Archive, today: date) -> Past:
    return Past(ada, today=today, zone=None)


def test_the_newest_sessions_come_first_with_their_facts(past: Past, ada: Archive) -> None:
    takes = past.newest(3)
    assert [take.session_id for take in takes] == ada.sessions()["session_id"].head(3).to_list()
    assert past.latest == takes[0]
    assert takes[0].facts.get("timing_stability.score") is not None
    assert takes[0].facts.scales == (takes[0].scale,)


def test_more_sessions_than_there_are_is_all_of_them(past: Past) -> None:
    assert len(past.newest(10_000)) == past.sessions.height


def test_a_period_holds_its_own_days_only(past: Past, today: date) -> None:
    week, month = past.of("last week"), past.of("month")
    days = past.sessions["day"]
    assert (
        week.facts["practice.sessions"].value
        == days.is_between(today - timedelta(days=7), today - timedelta(days=1)).sum()
    )
    assert month.facts["practice.sessions"].value == (days > today - timedelta(days=28)).sum()
    assert past.of("week").facts == {}
    assert past.of("lately") is past.history


def test_the_halves_of_a_comparison_do_not_overlap(past: Past, today: date) -> None:
    for span, days in (("week", 7), ("month", 28)):
        earlier, later = past.halves(span)
        middle = today - timedelta(days=days)
        assert earlier["start_timestamp"].max().astimezone().date() <= middle
        assert later["start_timestamp"].min().astimezone().date() > middle
    earlier, later = past.halves("takes")
    assert [*earlier["session_id"], *later["session_id"]] == past.sessions["session_id"].tail(2).to_list()


def test_a_single_session_has_nothing_before_it(ada: Archive, today: date) -> None:
    past = Past(ada, today=today, zone=None)
    past.__dict__["sessions"] = past.sessions.head(1)
    earlier, later = past.halves("takes")
    assert (earlier.height, later.height) == (0, 1)
    assert not past.compared("takes")


def test_without_a_session_there_is_nothing(newcomer: Archive, today: date) -> None:
    past = Past(newcomer, today=today, zone=None)
    assert past.latest is None
    assert past.newest(3) == []
    assert not past.history
    assert not past.compared("takes")
    assert not past.compared("month")


def test_what_is_worked_on_knows_where_the_noise_came_from(past: Past) -> None:
    assert past.latest is not None
    assert "noise.ring_overs" not in past.history.facts
    assert past.to_work_on.facts["noise.ring_overs"] == past.latest.facts.facts["noise.ring_overs"]
    assert past.to_work_on.facts.items() >= past.history.facts.items()


def test_weak_spots_take_more_than_an_evening(past: Past, ada: Archive, today: date) -> None:
    assert past.spots_can_be_told
    early = Past(ada, today=today, zone=None)
    early.__dict__["sessions"] = early.sessions.head(2)
    assert not early.spots_can_be_told
