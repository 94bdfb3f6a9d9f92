"""What is said about time is what the frames hold."""

from collections.abc import Callable
from datetime import UTC, date, timedelta

import polars as pl

from workbench.insight.practice_time import daily
from workbench.insight.streaks import streaks
from workbench.report.practice_words import practice, rest, streak, time
from workbench.report.week import Week

Sessions = Callable[..., pl.DataFrame]


def test_a_week_with_practice(sessions: Sessions, week: Week) -> None:
    past = sessions(
        (-21, {}), (-7, {"duration_seconds": 600.0}), (0, {}), (0, {}), (3, {"duration_seconds": 720.0})
    )
    said = practice(daily(past, UTC), 300, week)
    assert said == [
        "1 h 12 min on 2 days: 3 sessions, 300 notes.",
        "Longest on Monday 26 October: 1 h.",
        "Beside it: 10 minutes the week before, and 10 minutes in a usual week of the four before.",
    ]


def test_the_first_week_and_the_first_after_long(sessions: Sessions, week: Week) -> None:
    assert practice(daily(sessions((2, {})), UTC), 100, week) == [
        "30 minutes on 1 day: 1 session, 100 notes.",
        "It is your first week here. Welcome.",
    ]
    assert practice(daily(sessions((-60, {}), (2, {})), UTC), 100, week)[-1] == (
        "You were away before that: the last practice was on Thursday 27 August."
    )


def test_no_practice_the_week_before_is_said(sessions: Sessions, week: Week) -> None:
    said = practice(daily(sessions((-14, {}), (1, {})), UTC), 100, week)
    assert said[-1].startswith("Beside it: no practice the week before, and 8 minutes in a usual week")


def test_a_streak_is_told_while_it_lives(sessions: Sessions, week: Week) -> None:
    played = sessions((0, {}), (1, {}), (4, {}))
    assert streak(streaks(played, week.sunday, UTC)) == [
        "A streak of 3 days of practice since Monday 26 October; two days of rest in a row do not end it."
    ]
    assert streak(streaks(played, week.sunday + timedelta(days=9), UTC)) == []
    assert streak(streaks(sessions((5, {}), (6, {})), week.sunday, UTC)) == []
    longer = sessions(*((day, {}) for day in (-60, -59, -58, 3, 4, 5, 6)))
    assert "since Thursday 29 October, your longest;" in streak(streaks(longer, week.sunday, UTC))[0]


def test_a_week_of_rest_is_told_kindly(sessions: Sessions, week: Week) -> None:
    past = sessions((-40, {}), (-10, {"bpm": 84.0}))
    said = rest(daily(past, UTC), past, week, week.sunday + timedelta(days=1), UTC)
    assert said == [
        "The guitar had a week off. It happens to everybody, and nothing that you played is lost.",
        "Your last session before it: A minor at 84 bpm on Friday 16 October, 30 minutes.",
        "In the four weeks before you practised 30 minutes on 1 day.",
        "Ten minutes of A minor at 84 bpm would be an easy way back in.",
    ]


def test_a_week_that_is_not_over_is_not_called_lost(sessions: Sessions, week: Week) -> None:
    past = sessions((-10, {}))
    assert rest(daily(past, UTC), past, week, week.sunday, UTC)[0] == (
        "No practice in this week yet, and 1 day of it is still to come."
    )


def test_a_week_before_the_first_session(sessions: Sessions, week: Week) -> None:
    nothing = sessions()
    said = rest(daily(nothing, UTC), nothing, week, date(2027, 1, 1), UTC)
    assert said[-1] == "Your first session here came after this week."


def test_the_whole_is_one_or_the_other(sessions: Sessions, week: Week) -> None:
    past = sessions((3, {}), (4, {}), (5, {}))
    today = week.sunday
    said = time(daily(past), streaks(past, today), past, week, today)
    assert said[0] == "1 h 30 min on 3 days: 3 sessions, 300 notes."
    assert said[-1].startswith("A streak of 3 days")
    later = Week.of(today + timedelta(days=7))
    assert "a week off" in time(daily(past), streaks(past, today), past, later, date(2027, 1, 1))[0]
