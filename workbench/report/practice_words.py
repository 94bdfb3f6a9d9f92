"""What the weekly report says about time: how much, beside what, and what a week of rest is told."""

from datetime import date, tzinfo

import polars as pl

from workbench.report.facts import between
from workbench.report.plain import counted, day_name, duration, what
from workbench.report.week import Week

LEAST_STREAK = 3
"""Days of practice below which a streak is not worth a word."""


def time(
    daily: pl.DataFrame, streaks: pl.DataFrame, past: pl.DataFrame, week: Week, today: date
) -> list[str]:
    """How much was practised; the first sentence is the headline.

    Parameters
    ----------
    daily : frame of `insight.practice_time.daily`, of all days up to the end of the week
    streaks : frame of `insight.streaks.streaks`, as they stand at the end of the week
    past : frame of `queries.sessions`, all finished ones up to the end of the week
    today : the player's date
    """
    this_week = between(past, week, week)
    if this_week.is_empty():
        return rest(daily, past, week, today)
    return practice(daily, int(this_week["total_notes_played"].sum()), week) + streak(streaks)


def practice(daily: pl.DataFrame, notes: int, week: Week) -> list[str]:
    """How much was practised in a week with practice, and how that compares.

    Parameters
    ----------
    daily : as for `time`
    notes : note events heard in the week
    """
    this = daily.filter(pl.col("day").is_between(week.monday, week.sunday))
    minutes, sessions = float(this["minutes"].sum()), int(this["sessions"].sum())
    said = [
        f"{duration(minutes).capitalize()} on {counted(this.height, 'day')}: {counted(sessions, 'session')}, "
        f"{counted(notes, 'note')}."
    ]
    if this.height > 1:
        longest = this.sort("minutes", "day", descending=[True, False]).row(0, named=True)
        said.append(f"Longest on {day_name(longest['day'])}: {duration(longest['minutes'])}.")
    return [*said, _beside(daily, week)]


def _beside(daily: pl.DataFrame, week: Week) -> str:
    """The week before, and a usual week of the month before."""
    before = daily.filter(pl.col("day") < week.monday)
    if before.is_empty():
        return "It is your first week here. Welcome."
    last = float(before.filter(pl.col("day") >= week.before().monday)["minutes"].sum())
    month = float(before.filter(pl.col("day") >= week.before(4).monday)["minutes"].sum()) / 4.0
    if not month:
        return f"You were away before that: the last practice was on {day_name(before['day'].item(-1))}."
    week_before = f"{duration(last)} the week before" if last else "no practice the week before"
    return f"Beside it: {week_before}, and {duration(month)} in a usual week of the four before."


def streak(streaks: pl.DataFrame) -> list[str]:
    """The streak that the week belongs to; nothing below `LEAST_STREAK` days.

    Parameters
    ----------
    streaks : frame of `insight.streaks.streaks`, up to the end of the week
    """
    alive = streaks.filter("alive")
    if alive.is_empty() or alive["days"].item(-1) < LEAST_STREAK:
        return []
    now = alive.row(-1, named=True)
    most = ", your longest" if now["longest"] and streaks.height > 1 else ""
    return [
        f"A streak of {now['days']} days of practice since {day_name(now['first'])}{most}; "
        "two days of rest in a row do not end it."
    ]


def rest(
    daily: pl.DataFrame, past: pl.DataFrame, week: Week, today: date, zone: tzinfo | None = None
) -> list[str]:
    """What a week without practice is told: what there is to come back to.

    Parameters
    ----------
    daily, past, today : as for `time`
    zone : the player's time zone; None = that of this machine
    """
    left = (week.sunday - today).days + 1
    if left > 0:
        to_come = f"{counted(left, 'day')} of it {'is' if left == 1 else 'are'} still to come"
        said = [f"No practice in this week yet, and {to_come}."]
    else:
        said = ["The guitar had a week off. It happens to everybody, and nothing that you played is lost."]
    if past.is_empty():
        return [*said, "Your first session here came after this week."]
    last = past.sort("start_timestamp").row(-1, named=True)
    began = last["start_timestamp"].astimezone(zone).date()
    said.append(
        f"Your last session before it: {what(last)} on {day_name(began)}, "
        f"{duration((last['duration_seconds'] or 0.0) / 60.0)}."
    )
    month = daily.filter(pl.col("day").is_between(week.before(4).monday, week.before().sunday))
    if not month.is_empty():
        many = f"{duration(float(month['minutes'].sum()))} on {counted(month.height, 'day')}"
        said.append(f"In the four weeks before you practised {many}.")
    return [*said, f"Ten minutes of {what(last)} would be an easy way back in."]
