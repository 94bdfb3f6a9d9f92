"""The second opinion: what is so passes, and what is not is found."""

import pytest

from coach.evals.planted.pitch import WrongDegree
from coach.evals.planted.timing import OffBeat
from coach.evals.player import STRONG, SyntheticPlayer
from coach.evals.said import untrue
from coach.evals.truth.whole import Truth

EARLY = Truth(SyntheticPlayer("early", (OffBeat(-38.0), WrongDegree(4)), skill=STRONG))
UNHEARD = Truth(SyntheticPlayer("unheard", sessions=1, notes=5))

BIAS = f"{-EARLY.history['timing.bias_ms']:.0f}"
CENTS = f"{EARLY.history['pitch.cents']:.1f}"
RIGHT = f"{100 * EARLY.history['scale.adherence']:.0f}"


@pytest.mark.parametrize(
    "text",
    [
        f"Your notes come {BIAS} ms early.",
        f"You lead the click by {BIAS} ms.",
        f"Typical notes are {CENTS} cents off, from 8 sessions.",
        f"{RIGHT} of 100 notes are in the scale.",
        "You often miss degree 4 of minor pentatonic scales: 45 of 100 there are wrong, elsewhere 0.",
        "Your notes are neither sharp nor flat.",
        "Am I improving? Ask me for 20 minutes.",
        "Play it for 12 minutes at 70 bpm.",
    ],
)
def test_what_is_so_passes(text):
    assert untrue(text, EARLY, {12.0, 70.0}) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Your notes come 3 ms early.", "nothing is 3 ms"),
        (f"Your notes come {BIAS} ms late.", "nothing is late"),
        ("Your guitar is flat.", "nothing is flat"),
        (f"Typical notes are {CENTS} cents off, between 44 and 55.", "is not in 44 to 55"),
        ("Only 12 of 100 notes are in the scale.", "nothing is 12"),
        ("C2 is outside the scale and came 3 times.", "C2 was never wrong"),
        ("You often miss degree 4: 80 of 100 there are wrong.", "nothing is 80"),
        ("Pitch is your weakest area.", "another metric is weaker"),
        ("Your timing is your strongest side.", "another metric is stronger"),
        ("The notes sit.", "off the click"),
        ("You keep good time.", "off the click"),
    ],
)
def test_what_is_not_so_is_found(text, says):
    assert any(says in fault for fault in untrue(text, EARLY))


@pytest.mark.parametrize("metric", ["pitch", "timing", "overall"])
def test_progress_needs_a_slope_of_its_sign(metric):
    name = {"pitch": "pitch_accuracy", "timing": "timing_stability", "overall": "overall"}[metric]
    rises = EARLY.history[f"trend.{name}"] > 0.0
    assert bool(untrue(f"Your {metric} score rises.", EARLY)) is not rises
    assert bool(untrue(f"Your {metric} score falls.", EARLY)) is rises


@pytest.mark.parametrize("text", ["Well played.", "Nothing asks for repair.", "Your timing is steady."])
def test_who_was_hardly_heard_is_not_praised(text):
    assert untrue(text, UNHEARD)
    assert not untrue(text, Truth(SyntheticPlayer("strong", skill=STRONG)))
