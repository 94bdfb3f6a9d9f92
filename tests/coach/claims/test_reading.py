"""What is said to be so, what is told to be done, what is only supposed."""

import pytest

from coach.claims.reading import read


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Your notes come early.", ["claim"]),
        ("Play slower, at 60 bpm, for five minutes.", ["instruction"] * 3),
        ("You should slow down, because your timing drifted.", ["instruction", "claim"]),
        ("With the click at 60 bpm, play the scale.", ["instruction", "instruction"]),
        ("Set the click to 60 and you drifted.", ["instruction", "claim"]),
        ("If you rush, stop.", ["supposed", "instruction"]),
        ("After 45 minutes of practice this week, play slower.", ["claim", "instruction"]),
        ("Your timing will improve.", ["future"]),
        ("To play it clean, go slower.", ["supposed", "instruction"]),
        ("Rushing comes from a tense hand.", ["supposed"]),
        ("You can hear that the timing is late.", ["claim"]),
        ("Two thirds were right.", ["claim"]),
    ],
)
def test_kinds(sentence: str, kinds: list[str]) -> None:
    (read_one,) = read(sentence)

    assert [clause.kind for clause in read_one.clauses] == kinds


def test_an_exercise_tells_unless_it_surely_claims() -> None:
    (told, claimed) = read("The hand stays low. You played it late last week.", exercise=True)

    assert told.clauses[0].kind == "instruction"
    assert claimed.clauses[0].kind == "claim"


def test_sentences_lists_and_abbreviations() -> None:
    text = "1. Tune first, e.g. the low string. 2. Play!\n- Then rest. It is 18.5 ms."

    assert [each.text for each in read(text)] == [
        "Tune first, e.g. the low string.",
        "Play!",
        "Then rest.",
        "It is 18.5 ms.",
    ]


def test_signs_digits_and_emphasis_are_made_plain() -> None:
    (sentence,) = read("**F♯4** comes −１８ ms “early”…")

    assert sentence.text == 'F#4 comes -18 ms "early".'


def test_a_sentence_knows_what_was_said_before() -> None:
    assert read("Your pitch rises. It is good.")[1].before.strip() == "your pitch rises."
