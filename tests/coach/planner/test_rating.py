"""From what was measured to the four words of FSRS."""

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from coach.planner.rating import EASY_NOTES, rating
from coach.planner.target import Kind

SHARES = st.floats(0.0, 1.0)
KINDS = st.sampled_from(["notes", "intonation", "clean", "degree", "tempo"])


@pytest.mark.parametrize(
    ("kind", "score", "notes", "expected"),
    [
        ("tempo", 0.69, 100, Rating.Again),
        ("tempo", 0.70, 100, Rating.Hard),
        ("tempo", 0.80, 100, Rating.Good),
        ("tempo", 0.90, 100, Rating.Easy),
        ("tempo", 0.90, EASY_NOTES - 1, Rating.Good),
        ("notes", 0.84, 100, Rating.Again),
        ("notes", 0.89, 100, Rating.Hard),
        ("degree", 0.94, 100, Rating.Good),
        ("degree", 1.0, 8, Rating.Good),
        ("degree", 0.95, 100, Rating.Easy),
    ],
)
def test_the_edges(kind: Kind, score: float, notes: int, expected: Rating) -> None:
    assert rating(kind, score, notes) is expected


@given(KINDS, SHARES, SHARES, st.integers(8, 500), st.integers(0, 500))
def test_better_is_never_rated_lower(kind: Kind, one: float, other: float, notes: int, more: int) -> None:
    low, high = sorted((one, other))
    assert rating(kind, low, notes) <= rating(kind, high, notes + more)
