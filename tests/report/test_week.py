"""Weeks as ISO 8601 names them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.report.week import ReportError, Week, parse_week


@given(st.dates(date(1971, 1, 1), date(8999, 12, 1)))
def test_every_day_lies_in_the_week_that_the_calendar_says(day: date) -> None:
    week = Week.of(day)
    year, number, _ = day.isocalendar()
    assert str(week) == f"{year}-W{number:02d}"
    assert day in week.days
    assert parse_week(str(week)) == week
    assert week.before(4).monday == week.monday - timedelta(days=28)


@pytest.mark.parametrize("text", ["2026-W47", " 2026-w47 ", "2026W47"])
def test_the_ways_to_write_a_week(text: str) -> None:
    assert parse_week(text).monday == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("last week", "'last week' is no week; write a year and a week like 2026-W47."),
        (
            "2026-11-18",
            "'2026-11-18' is no week; write a year and a week like 2026-W47; 2026-11-18 lies in 2026-W47.",
        ),
        ("2025-W53", "2025-W53 is no week; the weeks of 2025 go from 01 to 52."),
        ("2026-W00", "2026-W00 is no week; the weeks of 2026 go from 01 to 53."),
        ("0001-W01", "0001-W01 is too far away; the years go from 1970 to 9000."),
        ("", "'' is no week; write a year and a week like 2026-W47."),
    ],
)
def test_what_is_no_week_is_told_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(ReportError) as refused:
        parse_week(text)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("week", "dates"),
    [
        ("2026-W47", "16 to 22 November 2026"),
        ("2026-W44", "26 October to 1 November 2026"),
        ("2026-W53", "28 December 2026 to 3 January 2027"),
    ],
)
def test_the_dates_are_said_without_repeats(week: str, dates: str) -> None:
    assert parse_week(week).dates == dates


def test_a_week_begins_on_a_monday() -> None:
    with pytest.raises(ValueError, match="begins on a Monday"):
        Week(date(2026, 11, 17))
