from datetime import date

import polars as pl
import pytest

from dashboards.parts.streak_words import streak_words
from workbench.insight.streaks import STREAKS_SCHEMA

SUNDAY = date(2026, 11, 22)


def told(*rows: tuple[object, ...]) -> str:
    return streak_words(pl.DataFrame(rows, schema=STREAKS_SCHEMA, orient="row"), SUNDAY)


def test_a_living_streak_says_how_long_it_can_wait() -> None:
    said = told(
        (date(2026, 6, 1), date(2026, 6, 30), 25, 30, False, date(2026, 7, 3), True),
        (date(2026, 11, 17), date(2026, 11, 20), 3, 4, True, date(2026, 11, 23), False),
    )
    assert said == (
        "Streak: 3 days with practice since 17 November, your longest had 25 days. A streak forgives 2 "
        "missed days in a row. Practise by tomorrow to keep it."
    )


@pytest.mark.parametrize(
    ("last", "until", "word"),
    [((2026, 11, 19), (2026, 11, 22), "today"), ((2026, 11, 21), (2026, 11, 24), "24 November")],
)
def test_the_last_day_is_named(last: tuple[int, int, int], until: tuple[int, int, int], word: str) -> None:
    said = told((date(2026, 11, 17), date(*last), 2, 3, True, date(*until), True))
    assert said.endswith(f"Practise by {word} to keep it.")


def test_who_has_practised_today_is_left_in_peace() -> None:
    said = told((SUNDAY, SUNDAY, 1, 1, True, date(2026, 11, 25), True))
    assert said == (
        "Streak: 1 day with practice since 22 November, your longest. "
        "A streak forgives 2 missed days in a row."
    )


def test_a_broken_streak_is_no_scolding() -> None:
    said = told((date(2026, 6, 1), date(2026, 6, 30), 25, 30, False, date(2026, 7, 3), True))
    assert said.startswith("No streak now; your longest had 25 days.")


def test_without_practice_nothing_is_said() -> None:
    assert told() == ""
