"""Facts of the practice itself: how much, how often, which scales, which tempo."""

from collections.abc import Iterator
from datetime import date, timedelta, tzinfo

import polars as pl

from coach.fact import Fact, Unit
from coach.facts.spoken import number
from workbench.insight import practice_time, repertoire
from workbench.insight.comparable import practised
from workbench.insight.days import with_days
from workbench.insight.streaks import streaks

NAMED_SCALES = 3
"""Scales whose time is told: the favourites."""


def practice_facts(sessions: pl.DataFrame, *, today: date, zone: tzinfo | None) -> Iterator[Fact]:
    """Sessions, minutes, streak and days off; nothing without a finished session.

    Parameters
    ----------
    sessions : frame of `queries.sessions`
    """
    finished = with_days(practised(sessions), zone).filter(pl.col("day") <= today)
    if finished.is_empty():
        return
    n = len(finished)
    yield _count("practice.sessions", n, "count", n, f"you have finished {_sessions(n)}")
    yield from _weeks(finished, today, zone)
    alive = streaks(sessions, today, zone).filter("alive")
    if not alive.is_empty():
        days = alive["days"].item(-1)
        words = f"your streak is {days} {'day' if days == 1 else 'days'}"
        yield _count("practice.streak_days", days, "days", days, words)
    newest: date = finished["day"].item(-1)
    off = (today - newest).days
    when = "today" if off == 0 else "yesterday" if off == 1 else f"{off} days ago"
    yield _count("practice.days_off", off, "days", n, f"your last practice was {when}")
    bpm = finished["bpm"].drop_nulls()
    if not bpm.is_empty():
        words = f"your latest click was {bpm.item(-1):.0f} bpm"
        yield _count("latest.bpm", bpm.item(-1), "bpm", 1, words)


def scale_facts(sessions: pl.DataFrame, zone: tzinfo | None) -> Iterator[Fact]:
    """The scales with the most practice."""
    for k, row in enumerate(repertoire.scales(sessions, zone).head(NAMED_SCALES).iter_rows(named=True), 1):
        words = f"you practised {row['scale']} for {number(row['minutes'])} minutes"
        yield Fact(
            f"repertoire.{k}",
            row["minutes"],
            "minutes",
            row["sessions"],
            words,
            counted="sessions",
            scale=row["scale"],
        )


def _weeks(finished: pl.DataFrame, today: date, zone: tzinfo | None) -> Iterator[Fact]:
    monday = today - timedelta(days=today.weekday())
    weeks = practice_time.weekly(finished.drop("day", "week"), zone)
    this, last = (weeks.filter(week=day) for day in (monday, monday - timedelta(weeks=1)))
    if not this.is_empty():
        minutes, n = this["minutes"].item(), this["sessions"].item()
        words = f"you practised {number(minutes)} minutes this week"
        yield _count("practice.minutes_week", minutes, "minutes", n, words)
        words = f"you finished {_sessions(n)} this week"
        yield _count("practice.sessions_week", n, "count", n, words)
    if not last.is_empty() and last["minutes"].item() > 0.0:
        minutes = last["minutes"].item()
        words = f"you practised {number(minutes)} minutes last week"
        yield _count("practice.minutes_last_week", minutes, "minutes", last["sessions"].item(), words)


def _count(name: str, value: float, unit: Unit, n: int, words: str) -> Fact:
    return Fact(name, value, unit, n, words, counted="days" if unit == "days" else "sessions")


def _sessions(n: int) -> str:
    return "1 session" if n == 1 else f"{n} sessions"
