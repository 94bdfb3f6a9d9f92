"""What no instrument hears is refused, and what is told to be done is not."""

import pytest

from coach.checker import check
from coach.fact import Fact, Facts

FACTS = Facts(
    "history",
    "your newest 8 sessions",
    {
        fact.name: fact
        for fact in (
            Fact(
                "timing_stability.score", 0.95, "score", 8, "", metric="timing_stability", counted="sessions"
            ),
            Fact("timing.bias_ms", -18.0, "ms", 8, "", -22.0, -14.0, "early", "timing_stability", "sessions"),
            Fact("practice.streak_days", 5.0, "days", 5, "", counted="days"),
        )
    },
    ("C major",),
)


@pytest.mark.parametrize(
    "text",
    [
        "Your ring finger is too slow.",
        "You used the wrong fingers.",
        "You should stop, your tendons are inflamed.",
        "Your guitar needs new strings.",
        "You are a beginner.",
        "You sound like a pro.",
        "Your timing score is a B+.",
        "Your timing score is LV.",
        "Your timing gets 4 stars.",
        "You fixed degree 4.",
        "You nailed it.",
        "Your timing is on the up.",
        "You could not be more in time.",
        "Congratulations, you reached the goal.",
        "The click was too fast for you.",
        "You practised every day this week.",
        "Your streak is a week.",
        "You rush when you get nervous.",
        "You come early on the off-beats.",
        "You land ahead of the beat when it is slow.",
        "Yes.",
        "Yes, that is right.",
        "You did.",
        "Play it at 500 bpm.",
    ],
)
def test_what_nobody_heard_is_refused(text: str) -> None:
    assert check(text, FACTS)


@pytest.mark.parametrize(
    "text",
    [
        "Your notes come 18 ms early.",
        "Yes, your notes come 18 ms early.",
        "Your streak is 5 days.",
        "Relax each finger before you lift it.",
        "If your hand is tired, rest it.",
        "Play it at 60 bpm, and raise the tempo by 5 bpm when it is easy.",
        "Come in with the click when you are ready.",
    ],
)
def test_what_is_so_or_is_told_to_be_done_passes(text: str) -> None:
    assert check(text, FACTS) == []


@pytest.mark.parametrize("text", ["Your click was 120 bpm.", "You play best at 120 bpm."])
def test_a_tempo_of_the_question_is_no_tempo_that_was_played(text: str) -> None:
    assert check(text, FACTS, also=("120 bpm",))
    assert check("Try it at 120 bpm.", FACTS, also=("120 bpm",)) == []
