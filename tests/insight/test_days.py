"""Days and weeks on the player's own clock."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from workbench.insight.days import with_days


def days_of(*moments: datetime, zone: timezone | ZoneInfo) -> list[tuple[date, date]]:
    frame = pl.DataFrame({"start_timestamp": moments}, schema={"start_timestamp": pl.Datetime("us", "UTC")})
    return with_days(frame, zone).select("day", "week").rows()


def test_late_in_the_evening_is_still_that_day_for_the_player() -> None:
    moment = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
    assert days_of(moment, zone=UTC) == [(date(2026, 3, 2), date(2026, 3, 2))]
    assert days_of(moment, zone=ZoneInfo("America/New_York")) == [(date(2026, 3, 1), date(2026, 2, 23))]


def test_summer_time_is_minded() -> None:
    winter, summer = (datetime(2026, month, 10, 22, 30, tzinfo=UTC) for month in (1, 7))
    berlin = ZoneInfo("Europe/Berlin")
    assert [day for day, _ in days_of(winter, summer, zone=berlin)] == [date(2026, 1, 10), date(2026, 7, 11)]


@pytest.mark.parametrize("day", range(7))
def test_a_week_begins_on_monday(day: int) -> None:
    moment = datetime(2025, 12, 29, 12, tzinfo=UTC) + timedelta(days=day)
    assert days_of(moment, zone=UTC)[0][1] == date(2025, 12, 29)


def test_no_sessions_have_no_days_of_the_right_type() -> None:
    empty = pl.DataFrame(schema={"start_timestamp": pl.Datetime("us", "UTC")})
    assert with_days(empty).schema["day"] == pl.Date
    assert with_days(empty).schema["week"] == pl.Date
