"""The streak in words: how long, since when, until when it can wait."""

from datetime import date, timedelta

import polars as pl

from workbench.insight.streaks import REST_DAYS


def streak_words(streaks: pl.DataFrame, today: date) -> str:
    """One or two sentences on a frame of `streaks.streaks`; empty without practice."""
    if streaks.is_empty():
        return ""
    last, longest = streaks.row(-1, named=True), streaks.filter("longest").row(0, named=True)
    record = f"your longest had {_days(longest['days'])}"
    best = "your longest" if last["longest"] else record
    rule = f"A streak forgives {REST_DAYS} missed days in a row."
    if not last["alive"]:
        return f"No streak now; {record}. {rule} Practise today to begin one."
    told = f"Streak: {_days(last['days'])} with practice since {last['first']:%-d %B}, {best}."
    if last["last"] == today:
        return f"{told} {rule}"
    wait = {today: "today", today + timedelta(days=1): "tomorrow"}.get(
        last["until"], f"{last['until']:%-d %B}"
    )
    return f"{told} {rule} Practise by {wait} to keep it."


def _days(count: int) -> str:
    return f"{count} {'day' if count == 1 else 'days'}"
