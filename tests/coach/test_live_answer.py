"""How long a sentence for somebody who plays may be; what models do with it is tested in `test_live`."""

import pytest

from coach.advice import Advice
from coach.live_answer import MOST_WORDS, too_long


@pytest.mark.parametrize(
    "text",
    [
        "Wait for the click.",
        "Your notes come early. Wait for the click!",
        " ".join(["slow"] * MOST_WORDS) + ".",
        "Let F4 go, e.g. by muting it.",
    ],
)
def test_what_can_be_taken_in_passes(text: str) -> None:
    assert too_long(Advice(text=text, focus="none")) == []


@pytest.mark.parametrize("text", ["Listen. Play. Breathe.", " ".join(["slow"] * (MOST_WORDS + 1))])
def test_what_can_not_is_refused_with_the_limits(text: str) -> None:
    (refusal,) = too_long(Advice(text=text, focus="none"))
    assert refusal.claim == text
    assert "2 and 25 are allowed" in refusal.reason
