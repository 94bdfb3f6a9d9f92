"""Numbers, days and lists as people say them."""

from datetime import date

import pytest

from workbench.report.plain import counted, day_name, duration, listed, points, what


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0.2, "less than a minute"),
        (1.0, "1 minute"),
        (59.4, "59 minutes"),
        (59.6, "1 h"),
        (68.3, "1 h 8 min"),
        (600.0, "10 h"),
    ],
)
def test_durations(minutes: float, said: str) -> None:
    assert duration(minutes) == said


def test_counts_have_the_right_noun_and_thousands() -> None:
    assert [counted(count, "note") for count in (0, 1, 1204)] == ["0 notes", "1 note", "1,204 notes"]


def test_lists_end_with_and() -> None:
    assert listed(["one"]) == "one"
    assert listed(["one", "two", "three"]) == "one, two and three"


def test_days_and_scores() -> None:
    assert day_name(date(2026, 10, 27)) == "Tuesday 27 October"
    assert points(0.858) == "86"


def test_what_was_practised() -> None:
    session = {"scale_chosen": "A Minor", "scale_type": "pentatonic", "bpm": 84.0}
    assert what(session) == "A minor pentatonic at 84 bpm"
    assert what({**session, "bpm": None}) == "A minor pentatonic"
    assert what({**session, "scale_chosen": "My own", "bpm": None}) == "My own pentatonic"
