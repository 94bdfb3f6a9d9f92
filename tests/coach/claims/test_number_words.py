"""Numbers as words."""

import pytest

from coach.claims.number_words import with_digits


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("twenty-five cents early", "25 cents early"),
        ("a hundred and twenty notes", "120 notes"),
        ("one hundred", "100"),
        ("two hundred thirty-one notes", "231 notes"),
        ("eighteen point five ms", "18.5 ms"),
        ("nine in ten", "9 in 10"),
        ("a dozen notes", "12 notes"),
        ("two thousand notes", "2000 notes"),
        ("between twelve and fifteen ms", "between 12 and 15 ms"),
        ("seventy two of a hundred", "72 of 100"),
        ("five and ten", "5 and 10"),
        ("one of ten", "1 of 10"),
        ("one minute", "1 minute"),
        ("one note was wrong", "1 note was wrong"),
    ],
)
def test_words_become_digits(words: str, digits: str) -> None:
    assert with_digits(words) == digits


@pytest.mark.parametrize(
    "words", ["the next one", "one of the things", "this one is good", "someone", "tension", "often"]
)
def test_pronouns_and_other_words_stay(words: str) -> None:
    assert with_digits(words) == words
